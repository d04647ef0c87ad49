"""Rules over a draft: an index of words finds the rules that could match, RE2 the exact words, in linear time.

Why an index of words and not re2.Filter: a phrase of our own language knows which words it needs, so a draft's words pick the
few candidates, a pattern is compiled only when first picked, and a fresh process answers in a tenth of a second.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.coach.expressions import Expressions
from bot.coach.index import Index
from bot.coach.kind import Kind
from bot.coach.model import Draft, Pattern, Rule, Trigger
from bot.coach.needs import are_met
from bot.coach.negation import holds_negator, is_negated
from bot.coach.text import Reading, Stretch

MOST_HITS = 20
LONGEST_SPAN = 240


@dataclass(frozen=True)
class Hit:
    """A rule that matched plain[start:end]; with `repair` where words near it make it fine."""

    rule: Rule
    start: int
    end: int
    repair: tuple[int, int] | None = None


class Scanner:
    """Finds what the rules of a set of playbooks flag in a draft."""

    def __init__(
        self,
        rules: Sequence[Rule],
        repairs: Mapping[str, Sequence[Pattern]],
        kinds: Mapping[str, Kind],
        expressions: Expressions,
    ) -> None:
        self._repairs = repairs
        self._kinds = kinds
        self._expressions = expressions
        self._indexes = {
            within: Index([((r, t), t.patterns) for r in rules if r.within == within for t in r.triggers])
            for within in ("sentence", "neighbours", "message")
        }

    def scan(self, reading: Reading, draft: Draft, professions: Sequence[str] = ()) -> list[Hit]:
        """Return the hits in `reading`, in order; `draft` and `professions` say which rules apply."""
        hits: dict[str, list[Hit]] = {}
        for within, index in self._indexes.items():
            for window in _windows(reading, within) if within == "sentence" or index.candidates(reading.words) else ():
                for rule, trigger in index.candidates(window.words):
                    found = hits.setdefault(rule.id, [])
                    if len(found) < MOST_HITS and _applies(rule, draft, professions):
                        found += self._hits(rule, trigger, window, reading, found)
        return sorted((h for found in hits.values() for h in found), key=lambda h: (h.start, h.end))

    def _hits(self, rule: Rule, trigger: Trigger, window: Stretch, reading: Reading, known: list[Hit]) -> list[Hit]:
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

    def _spans(self, rule: Rule, trigger: Trigger, window: Stretch, reading: Reading) -> Iterator[tuple[int, int]]:
        if len(trigger.patterns) == 1:
            yield from self._own_spans(rule, trigger.patterns[0], window, reading)
            return
        groups = []
        for pattern in trigger.patterns:
            groups.append(list(self._own_spans(rule, pattern, window, reading)))
            if not groups[-1]:
                return
        chosen = _apart(groups)
        if chosen:
            start, end = min(a for a, _ in chosen), max(b for _, b in chosen)
            yield (start, end) if end - start <= LONGEST_SPAN else chosen[0]

    def _own_spans(self, rule: Rule, pattern: Pattern, window: Stretch, reading: Reading) -> Iterator[tuple[int, int]]:
        for match in itertools.islice(self._expressions.find(pattern, window), MOST_HITS):
            start, end = match.span(1)
            if start == end or reading.is_quoted(window.start + start, window.start + end):
                continue
            if rule.negation == "drops" and (_negated_inside(match) or is_negated(window.text, start)):
                continue
            yield start, end

    def _is_excepted(self, rule: Rule, window: Stretch, reading: Reading) -> bool:
        if any(self._expressions.is_in(pattern, window) for pattern in rule.unless):
            return True
        return any(self._expressions.is_in(pattern, reading.whole) for pattern in rule.unless_said)

    def _repaired(self, hit: Hit, reading: Reading) -> Hit:
        patterns = (*hit.rule.repairs, *self._repairs.get(hit.rule.principle, ()))
        repairs = [p for p in patterns if are_met(p.needs, reading.words)]
        if not repairs:
            return hit
        around = reading.around(hit.start, hit.end)
        for pattern in repairs:
            for match in self._expressions.find(pattern, around):
                at = around.start + match.start(1), around.start + match.end(1)
                if not reading.is_quoted(*at):
                    return Hit(hit.rule, hit.start, hit.end, at)
        return hit


def _windows(reading: Reading, within: str) -> Sequence[Stretch]:
    sentences = reading.sentences
    if within == "sentence":
        return sentences
    if within == "message" or len(sentences) < 2:
        return (reading.whole,)
    return [reading.stretch(first, second) for first, second in itertools.pairwise(sentences)]


def _applies(rule: Rule, draft: Draft, professions: Sequence[str]) -> bool:
    if rule.profession and rule.profession not in professions:
        return False
    known = {"relationship": (draft.relationship,), "venue": (draft.venue,), "profession": professions}
    return all(any(value in wanted for value in known[key]) for key, wanted in rule.when.items())


def _negated_inside(match: Any) -> bool:
    gaps = (gap for gap in match.groups()[1:] if gap)
    return any(holds_negator(gap.decode() if isinstance(gap, bytes) else gap) for gap in gaps)


def _apart(groups: list[list[tuple[int, int]]]) -> list[tuple[int, int]] | None:
    """Choose a match from each group so that no two overlap."""
    chosen: list[tuple[int, int]] = []
    for spans in sorted(groups, key=len):
        free = [(a, b) for a, b in spans if all(b <= c or d <= a for c, d in chosen)]
        if not free:
            return None
        chosen.append(min(free, key=lambda s: min((abs(s[0] - c) for c, _ in chosen), default=s[0])))
    return chosen
