"""Which tip to show: pure, so that the same question always has the same answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.coach.model import Pair, Playbooks, Principle, Tip

RECALL_WEEKS = range(3, 6)
FRESH_WEEKS = 4
QUESTION_EVERY = 4
NEXT_ROUND = {"later": 0, "tried": 2}
"""Within a family, what was put off comes first in the next round, and what was tried comes last."""


@dataclass(frozen=True)
class Shown:
    """A tip that was shown in a week (see `week_of`), the one that was asked about beside it, and how it was answered.

    The answer is "tried", "later", "another" (swapped for another tip), "opened" (its answer was looked at), or empty.
    """

    tip: str
    week: int
    recalled: str = ""
    reaction: str = ""


@dataclass(frozen=True)
class Reader:
    """What is known of somebody who reads tips: muted principles, the week in which each family last gave trouble, what was shown.

    `shown` is in order, the oldest first.
    """

    muted: frozenset[str] = frozenset()
    struggles: Mapping[str, int] = field(default_factory=dict)
    shown: tuple[Shown, ...] = ()


@dataclass(frozen=True)
class Choice:
    """The tip to show: with its question first and the answer behind a button, or whole; `recall` is an older one to ask about."""

    principle: str
    tip: Tip
    asks_first: bool = False
    recall: Tip | None = None


def next_tip(playbooks: Playbooks, reader: Reader, week: int) -> Choice | None:
    """Return what `reader` has not seen yet; nothing where everything is muted.

    The family last struggled with comes first, but no family twice running; no tip comes again before all were seen. Every
    fourth asks before it tells. A tip that is about three weeks old is asked about, once, unless it was swapped for another.
    """
    deck = _Deck(playbooks, reader)
    if not deck.cards:
        return None
    principle, tip = deck.draw(_troubled(reader, week))
    asks_first = len(reader.shown) % QUESTION_EVERY == QUESTION_EVERY - 1
    return Choice(principle.id, tip, asks_first, deck.recalled(week))


def this_week(playbooks: Playbooks, reader: Reader, week: int) -> Choice | None:
    """Return what was shown in `week` already, else what comes next; to a new reader, the tip that everybody new sees this week."""
    deck = _Deck(playbooks, reader)
    seen = next((s.tip for s in reversed(reader.shown) if s.week == week and s.tip in deck.cards), None)
    if seen:
        return Choice(deck.cards[seen][0].id, deck.cards[seen][1])
    if reader.shown:
        return next_tip(playbooks, reader, week)
    common = [(principle, tip) for principle, tip in _in_turn(playbooks) if principle not in reader.muted]
    return Choice(*common[week % len(common)]) if common else None


def tip_of_week(playbooks: Playbooks, week: int, principle: str = "") -> tuple[str, Tip] | None:
    """Return the tip of calendar `week`, of one `principle` or of all, with the id of its principle.

    Over all principles, neighbouring weeks have different families.
    """
    tips = _in_turn(playbooks) if not principle else _of(playbooks, principle)
    return tips[week % len(tips)] if tips else None


def tip_called(playbooks: Playbooks, tip_id: str) -> tuple[str, Tip] | None:
    """Return a tip by its id, with the id of its principle."""
    return next(((p.id, tip) for p in playbooks.principles for tip in p.tips if tip.id == tip_id), None)


def pair_for(tip: Tip, professions: Sequence[str]) -> Pair:
    """Return the before and after of `tip` in the first of `professions` that it has a version for."""
    return next((tip.professions[p] for p in professions if p in tip.professions), Pair(tip.before, tip.after))


def _troubled(reader: Reader, week: int) -> str:
    """Return the family last struggled with, where that is not long ago."""
    fresh = {family: at for family, at in reader.struggles.items() if week - at <= FRESH_WEEKS}
    return max(fresh, key=lambda family: (fresh[family], family), default="")


class _Deck:
    """The tips that a reader may see, and which of them are left of this round."""

    def __init__(self, playbooks: Playbooks, reader: Reader) -> None:
        self.cards: dict[str, tuple[Principle, Tip]] = {
            tip.id: (principle, tip)
            for principle in playbooks.principles
            if principle.id not in reader.muted
            for tip in principle.tips
        }
        self._families = {tip.id: p.family for p in playbooks.principles for tip in p.tips}
        self._reader = reader

    def draw(self, wanted: str) -> tuple[Principle, Tip]:
        """Return a card of family `wanted` where that can be, else of the family with most left."""
        left = self._left()
        families = [f for f in left if f != self._last_family()] or list(left)
        roomy = [f for f in families if _leaves_room({k: len(v) for k, v in left.items()}, f)] or families
        family = wanted if wanted in roomy else max(roomy, key=lambda f: (len(left[f]), f))
        return self.cards[min(left[family], key=self._last_shown)]

    def recalled(self, week: int) -> Tip | None:
        """Return the oldest tip of about three weeks ago that was not asked about."""
        asked = {shown.recalled for shown in self._reader.shown}
        for shown in self._reader.shown:
            was_read = shown.tip in self.cards and shown.reaction != "another"
            if was_read and week - shown.week in RECALL_WEEKS and shown.tip not in asked:
                return self.cards[shown.tip][1]
        return None

    def _left(self) -> dict[str, list[str]]:
        """Return the ids by family that were not seen since all had been seen."""
        seen: set[str] = set()
        for shown in self._reader.shown:
            seen.add(shown.tip)
            if self.cards.keys() <= seen:
                seen.clear()
        left: dict[str, list[str]] = {}
        for tip_id in self.cards.keys() - seen:
            left.setdefault(self._families[tip_id], []).append(tip_id)
        return left

    def _last_family(self) -> str:
        return self._families.get(self._reader.shown[-1].tip, "") if self._reader.shown else ""

    def _last_shown(self, tip_id: str) -> tuple[int, int, int]:
        """Return what puts first what was put off, then the longest unseen, then the playbooks' own order."""
        last = max((i for i, shown in enumerate(self._reader.shown) if shown.tip == tip_id), default=-1)
        reaction = self._reader.shown[last].reaction if last >= 0 else ""
        return NEXT_ROUND.get(reaction, 1), last, list(self.cards).index(tip_id)


def _leaves_room(left: Mapping[str, int], family: str) -> bool:
    """Tell whether, after one of `family`, the rest can be dealt out without a family twice running."""
    rest = sum(left.values()) - 1
    return all(n <= (rest + 1) // 2 for f, n in left.items() if f != family) and left[family] - 1 <= rest // 2


def _of(playbooks: Playbooks, principle_id: str) -> list[tuple[str, Tip]]:
    principle = playbooks.principle(principle_id)
    return [(principle.id, tip) for tip in principle.tips] if principle else []


def _in_turn(playbooks: Playbooks) -> list[tuple[str, Tip]]:
    """Deal the tips out by family, the family with most left first but never the one before."""
    left: dict[str, list[tuple[str, Tip]]] = {}
    for principle in playbooks.principles:
        left.setdefault(principle.family, []).extend((principle.id, tip) for tip in principle.tips)
    dealt: list[tuple[str, Tip]] = []
    last = ""
    while any(left.values()):
        family = max(
            (f for f in left if left[f] and (f != last or not _others_left(left, f))), key=lambda f: (len(left[f]), f)
        )
        dealt.append(left[family].pop(0))
        last = family
    return dealt


def _others_left(left: dict[str, list[tuple[str, Tip]]], family: str) -> bool:
    return any(tips for other, tips in left.items() if other != family)
