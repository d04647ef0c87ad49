"""Patterns at work: RE2 expressions, compiled when first needed, and where they match the author's own words."""

from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

import re2

from bot.coach.index import Index
from bot.coach.model import Pattern
from bot.coach.needs import are_met
from bot.coach.text import Reading, Stretch

MEMORY_PER_PATTERN = 8 << 20

Owner = TypeVar("Owner")


class Expressions:
    """The RE2 expressions of patterns, each compiled once, on first use."""

    def __init__(self) -> None:
        self._compiled: dict[str, Any] = {}
        self._options = re2.Options()
        self._options.case_sensitive = False
        self._options.log_errors = False
        self._options.max_mem = MEMORY_PER_PATTERN

    def find(self, pattern: Pattern, stretch: Stretch) -> Iterator[Any]:
        """Yield the matches of `pattern` in `stretch`; group 1 holds the words, the groups after it the gaps."""
        compiled = self._compiled.get(pattern.source)
        if compiled is None:
            compiled = self._compiled[pattern.source] = re2.compile(pattern.source, self._options)
        matches: Iterator[Any] = compiled.finditer(stretch.searched)
        return matches

    def is_in(self, pattern: Pattern, stretch: Stretch) -> bool:
        """Tell whether `pattern` matches anywhere in `stretch`."""
        return are_met(pattern.needs, stretch.words) and any(True for _ in self.find(pattern, stretch))


class Finder(Generic[Owner]):
    """Finds patterns in the author's own words, each with its owner."""

    def __init__(self, entries: Iterable[tuple[Owner, Pattern]], expressions: Expressions) -> None:
        self._index = Index([((owner, pattern), (pattern,)) for owner, pattern in entries])
        self._expressions = expressions

    def find(self, reading: Reading) -> Iterator[tuple[Owner, int, int]]:
        """Yield each owner with where in `reading` one of its patterns matches."""
        for sentence in reading.sentences:
            for owner, pattern in self._index.candidates(sentence.words):
                for match in self._expressions.find(pattern, sentence):
                    start, end = match.span(1)
                    if not reading.is_quoted(sentence.start + start, sentence.start + end):
                        yield owner, sentence.start + start, sentence.start + end
