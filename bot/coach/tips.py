"""Which tip to show: pure, so that the same question always has the same answer."""

from collections.abc import Sequence

from bot.coach.model import Pair, Playbooks, Tip


def tip_of_week(playbooks: Playbooks, week: int, principle: str = "") -> tuple[str, Tip] | None:
    """Return the tip of calendar `week`, of one `principle` or of all, with the id of its principle.

    Over all principles, neighbouring weeks have different families.
    """
    tips = _in_turn(playbooks) if not principle else _of(playbooks, principle)
    return tips[week % len(tips)] if tips else None


def pair_for(tip: Tip, professions: Sequence[str]) -> Pair:
    """Return the before and after of `tip` in the first of `professions` that it has a version for."""
    return next((tip.professions[p] for p in professions if p in tip.professions), Pair(tip.before, tip.after))


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
