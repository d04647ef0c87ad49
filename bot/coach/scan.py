"""Rules over a draft: an index of words finds the rules that could match, RE2 the exact words, in linear time.

Why an index of words and not re2.Filter: a phrase of our own language knows which words it needs, so a draft's words pick the
few candidates, a pattern is compiled only when first picked, and a fresh process answers in a tenth of a second.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import re2

from bot.coach.kind import Kind
from bot.coach.model import Draft, Pattern, Rule, Trigger
from bot.coach.negation import holds_negator, is_negated
from bot.coach.phrase import weight
from bot.coach.text import Reading

MOST_HITS = 20
MEMORY_PER_PATTERN = 8 << 20
LONGEST_SPAN = 240


@dataclass(frozen=True)
class Hit:
    """A rule that matched plain[start:end]; with `repair` where words near it make it fine."""

    rule: Rule
    start: int
    end: int
    repair: tuple[int, int] | None = None


@dataclass(frozen=True)
class _Window:
    start: int
    text: str
    words: frozenset[str]


class Scanner:
    """Finds what the rules of a set of playbooks flag in a draft."""

    def __init__(
        self, rules: Sequence[Rule], repairs: Mapping[str, Sequence[Pattern]], kinds: Mapping[str, Kind]
    ) -> None:
        self._repairs = repairs
        self._kinds = kinds
        self._compiled: dict[str, Any] = {}
        self._options = re2.Options()
        self._options.case_sensitive = False
        self._options.log_errors = False
        self._options.max_mem = MEMORY_PER_PATTERN
        self._indexes = {
            within: _Index([r for r in rules if r.within == within]) for within in ("sentence", "neighbours", "message")
        }

    def scan(self, reading: Reading, draft: Draft, professions: Sequence[str] = ()) -> list[Hit]:
        """Return the hits in `reading`, in order; `draft` and `professions` say which rules apply."""
        hits: dict[str, list[Hit]] = {}
        for within, index in self._indexes.items():
            for window in _windows(reading, within) if index.is_filled else ():
                for rule, trigger in index.candidates(window.words):
                    found = hits.setdefault(rule.id, [])
                    if len(found) < MOST_HITS and _applies(rule, draft, professions):
                        found += self._hits(rule, trigger, window, reading, found)
        return sorted((h for found in hits.values() for h in found), key=lambda h: (h.start, h.end))

    def matches(self, pattern: Pattern, reading: Reading) -> Iterator[tuple[int, int]]:
        """Yield where `pattern` matches the author's own words."""
        for sentence in reading.sentences:
            if _could_match(pattern, sentence.words):
                for match in self._regexp(pattern).finditer(sentence.text):
                    start, end = match.span(1)
                    if not reading.is_quoted(sentence.start + start, sentence.start + end):
                        yield sentence.start + start, sentence.start + end

    def _hits(self, rule: Rule, trigger: Trigger, window: _Window, reading: Reading, known: list[Hit]) -> list[Hit]:
        hits: list[Hit] = []
        for start, end in self._spans(rule, trigger, window, reading):
            overlaps = any(h.start < window.start + end and window.start + start < h.end for h in (*known, *hits))
            if overlaps or not self._counts(rule, window.text[start:end], reading):
                continue
            if self._is_excepted(rule, window, reading):
                break
            hits.append(self._repaired(Hit(rule, window.start + start, window.start + end), reading))
        return hits[:MOST_HITS]

    def _counts(self, rule: Rule, match: str, reading: Reading) -> bool:
        counts = self._kinds[rule.kind].counts
        return counts is None or counts(rule, match, reading)

    def _spans(self, rule: Rule, trigger: Trigger, window: _Window, reading: Reading) -> Iterator[tuple[int, int]]:
        spans = [list(self._own_spans(rule, pattern, window, reading)) for pattern in trigger.patterns]
        if len(spans) == 1:
            yield from spans[0]
        elif all(spans):
            chosen = _apart(spans)
            if chosen:
                start, end = min(a for a, _ in chosen), max(b for _, b in chosen)
                yield (start, end) if end - start <= LONGEST_SPAN else chosen[0]

    def _own_spans(self, rule: Rule, pattern: Pattern, window: _Window, reading: Reading) -> Iterator[tuple[int, int]]:
        for count, match in enumerate(self._regexp(pattern).finditer(window.text)):
            if count >= MOST_HITS:
                return
            start, end = match.span(1)
            if start == end or reading.is_quoted(window.start + start, window.start + end):
                continue
            if rule.negation == "drops" and (_negated_inside(match) or is_negated(window.text, start)):
                continue
            yield start, end

    def _is_excepted(self, rule: Rule, window: _Window, reading: Reading) -> bool:
        if any(_could_match(p, window.words) and self._regexp(p).search(window.text) for p in rule.unless):
            return True
        return any(_could_match(p, reading.words) and self._regexp(p).search(reading.plain) for p in rule.unless_said)

    def _repaired(self, hit: Hit, reading: Reading) -> Hit:
        repairs = [
            p for p in (*hit.rule.repairs, *self._repairs.get(hit.rule.principle, ())) if _could_match(p, reading.words)
        ]
        if not repairs:
            return hit
        start, end = reading.window(hit.start, hit.end)
        for pattern in repairs:
            for match in self._regexp(pattern).finditer(reading.plain[start:end]):
                at = start + match.start(1), start + match.end(1)
                if not reading.is_quoted(*at):
                    return Hit(hit.rule, hit.start, hit.end, at)
        return hit

    def _regexp(self, pattern: Pattern) -> Any:
        compiled = self._compiled.get(pattern.source)
        if compiled is None:
            compiled = self._compiled[pattern.source] = re2.compile(pattern.source, self._options)
        return compiled


class _Index:
    """Triggers by the rarest words that they need."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._by_word: dict[str, list[int]] = {}
        self._wordless: list[int] = []
        self._triggers: list[tuple[Rule, Trigger, tuple[frozenset[str], ...]]] = []
        for rule in rules:
            for trigger in rule.triggers:
                self._add(rule, trigger)

    @property
    def is_filled(self) -> bool:
        return bool(self._triggers)

    def _add(self, rule: Rule, trigger: Trigger) -> None:
        needs = sorted((need for pattern in trigger.patterns for need in pattern.needs), key=weight)
        number = len(self._triggers)
        self._triggers.append((rule, trigger, tuple(needs[1:])))
        if not needs:
            self._wordless.append(number)
        for word in needs[0] if needs else ():
            self._by_word.setdefault(word, []).append(number)

    def candidates(self, words: frozenset[str]) -> list[tuple[Rule, Trigger]]:
        """Return the triggers that could match a text with these `words`, each once, in order."""
        found = set(self._wordless)
        for word in words & self._by_word.keys():
            found.update(self._by_word[word])
        rows = [self._triggers[number] for number in sorted(found)]
        return [(rule, trigger) for rule, trigger, needs in rows if not any(need.isdisjoint(words) for need in needs)]


def _windows(reading: Reading, within: str) -> Iterator[_Window]:
    sentences = reading.sentences
    if within == "sentence":
        yield from (_Window(s.start, s.text, s.words) for s in sentences)
    elif within == "message" or len(sentences) < 2:
        yield _Window(0, reading.plain, reading.words)
    else:
        for first, second in itertools.pairwise(sentences):
            yield _Window(first.start, reading.plain[first.start : second.end], first.words | second.words)


def _applies(rule: Rule, draft: Draft, professions: Sequence[str]) -> bool:
    if rule.profession and rule.profession not in professions:
        return False
    known: dict[str, Callable[[tuple[str, ...]], bool]] = {
        "relationship": lambda wanted: draft.relationship in wanted,
        "venue": lambda wanted: draft.venue in wanted,
        "profession": lambda wanted: any(p in wanted for p in professions),
    }
    return all(known[key](wanted) for key, wanted in rule.when.items())


def _could_match(pattern: Pattern, words: frozenset[str]) -> bool:
    return not any(need.isdisjoint(words) for need in pattern.needs)


def _negated_inside(match: Any) -> bool:
    return any(gap and holds_negator(gap) for gap in match.groups()[1:])


def _apart(groups: list[list[tuple[int, int]]]) -> list[tuple[int, int]] | None:
    """Choose a match from each group so that no two overlap."""
    chosen: list[tuple[int, int]] = []
    for spans in sorted(groups, key=len):
        free = [(a, b) for a, b in spans if all(b <= c or d <= a for c, d in chosen)]
        if not free:
            return None
        chosen.append(min(free, key=lambda s: min((abs(s[0] - c) for c, _ in chosen), default=s[0])))
    return chosen
