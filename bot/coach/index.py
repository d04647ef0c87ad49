"""An index of patterns by what they need, so that a text's words pick the few that could match it."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from bot.coach.model import Pattern
from bot.coach.needs import Need

Owner = TypeVar("Owner")


_Entry = tuple[int, Owner, tuple[Need, ...]]


class Index(Generic[Owner]):
    """Owners of patterns, found by the rarest thing that all their patterns need."""

    def __init__(self, entries: Iterable[tuple[Owner, tuple[Pattern, ...]]]) -> None:
        self._by_key: dict[str, list[_Entry[Owner]]] = {}
        self._keyless: list[_Entry[Owner]] = []
        self._count = 0
        for owner, patterns in entries:
            self._add(owner, patterns)

    def _add(self, owner: Owner, patterns: tuple[Pattern, ...]) -> None:
        rarest_first = sorted(patterns, key=lambda p: p.commonness)
        needs = [need for pattern in rarest_first for need in pattern.needs]
        entry = (self._count, owner, tuple(needs[1:]))
        self._count += 1
        if not needs:
            self._keyless.append(entry)
        for key in needs[0] if needs else ():
            self._by_key.setdefault(key, []).append(entry)

    def candidates(self, words: frozenset[str]) -> list[Owner]:
        """Return the owners whose patterns could match a text with these `words`, each once, in order."""
        picked = {number: owner for number, owner, _ in self._keyless}
        for key in words & self._by_key.keys():
            for number, owner, needs in self._by_key[key]:
                for need in needs:
                    if need.isdisjoint(words):
                        break
                else:
                    picked[number] = owner
        return [picked[number] for number in sorted(picked)]
