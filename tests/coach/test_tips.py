"""Which tip comes next: by trouble, by turn, never again before all were seen, and an older one asked about."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coach.model import Playbooks
from bot.coach.schedule import Schedule, week_of
from bot.coach.tips import FRESH_WEEKS, Choice, Reader, Shown, next_tip, this_week, tip_called

START = 2_960


def families(playbooks: Playbooks) -> dict[str, str]:
    return {tip.id: p.family for p in playbooks.principles for tip in p.tips}


def read_on(playbooks: Playbooks, weeks: int, **known: object) -> list[Choice]:
    """Return what a reader is shown, week after week."""
    choices: list[Choice] = []
    shown: tuple[Shown, ...] = ()
    for week in range(START, START + weeks):
        choice = next_tip(playbooks, Reader(shown=shown, **known), week)
        assert choice
        choices.append(choice)
        shown = (*shown, Shown(choice.tip.id, week, choice.recall.id if choice.recall else ""))
    return choices


def test_no_tip_comes_again_before_all_were_seen(playbooks: Playbooks) -> None:
    count = len(families(playbooks))

    first, second = (read_on(playbooks, 2 * count)[i * count : (i + 1) * count] for i in (0, 1))

    assert len({c.tip.id for c in first}) == len({c.tip.id for c in second}) == count


def test_neighbours_are_of_different_families_over_rounds(playbooks: Playbooks) -> None:
    family = families(playbooks)

    assert all(family[a.tip.id] != family[b.tip.id] for a, b in pairwise(read_on(playbooks, 150)))


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_trouble_of_any_kind_breaks_neither_rule(playbooks: Playbooks, data: st.DataObject) -> None:
    family = families(playbooks)
    troubles = st.dictionaries(st.sampled_from(sorted(set(family.values()))), st.integers(START - 2, START + 60))

    choices = read_on(playbooks, len(family), struggles=data.draw(troubles))

    assert len({c.tip.id for c in choices}) == len(family)
    assert all(family[a.tip.id] != family[b.tip.id] for a, b in pairwise(choices))


def test_the_family_last_struggled_with_comes_next_but_not_two_weeks_running(playbooks: Playbooks) -> None:
    family = families(playbooks)
    trouble = {"D Discretion": START - 1, "A Advice & roles": START - 2}

    got = [family[c.tip.id] for c in read_on(playbooks, 3, struggles=trouble)]

    assert got[0] == "D Discretion" != got[1] and got[2] == "D Discretion"


def test_trouble_of_long_ago_is_left_alone(playbooks: Playbooks) -> None:
    old = {"D Discretion": START - FRESH_WEEKS - 1}

    assert read_on(playbooks, 5, struggles=old) == read_on(playbooks, 5)


def test_a_muted_principle_has_no_tips(playbooks: Playbooks) -> None:
    muted = frozenset({"money-ties", "no-leverage"})

    choices = read_on(playbooks, 70, muted=muted)

    assert not muted & {c.principle for c in choices}
    assert not any(c.recall and tip_called(playbooks, c.recall.id)[0] in muted for c in choices)


def test_who_muted_everything_gets_nothing(playbooks: Playbooks) -> None:
    muted = frozenset(p.id for p in playbooks.principles)

    assert next_tip(playbooks, Reader(muted), START) is None and this_week(playbooks, Reader(muted), START) is None


def test_with_one_family_left_it_may_come_twice_running(playbooks: Playbooks) -> None:
    muted = frozenset(p.id for p in playbooks.principles if p.family != "D Discretion")

    assert len({c.tip.id for c in read_on(playbooks, 6, muted=muted)}) == 6


def test_every_fourth_tip_asks_before_it_tells(playbooks: Playbooks) -> None:
    asks = [c.asks_first for c in read_on(playbooks, 9)]

    assert asks == [False, False, False, True, False, False, False, True, False]


def test_each_tip_is_asked_about_once_three_weeks_later(playbooks: Playbooks) -> None:
    choices = read_on(playbooks, 12)

    assert [c.recall.id if c.recall else "" for c in choices] == ["", "", "", *(c.tip.id for c in choices[:9])]


def test_a_monthly_reader_is_asked_about_the_last_one(playbooks: Playbooks) -> None:
    choice = next_tip(playbooks, Reader(shown=(Shown("W01", START - 5),)), START)

    assert choice and choice.recall and choice.recall.id == "W01"


def test_what_was_shown_this_week_is_shown_again_this_week(playbooks: Playbooks) -> None:
    reader = Reader(shown=(Shown("W01", START - 1), Shown("W05", START)))

    again = this_week(playbooks, reader, START)
    following = this_week(playbooks, reader, START + 1)

    assert again and again.tip.id == "W05" and following == next_tip(playbooks, reader, START + 1)


def test_somebody_new_sees_another_tip_each_week(playbooks: Playbooks) -> None:
    seen = {this_week(playbooks, Reader(), START + n).tip.id for n in range(20)}

    assert len(seen) == 20


def test_weeks_begin_on_monday() -> None:
    sunday = 1_764_547_199  # 2025-11-30 23:59:59

    assert week_of(sunday + 1) == week_of(sunday) + 1 == week_of(sunday + 7 * 86_400)


@pytest.mark.parametrize(
    "wrong", [(7, 0, "UTC"), (-1, 0, "UTC"), (0, 1440, "UTC"), (0, -1, "UTC"), (0, 0, "UTC", "day")]
)
def test_a_schedule_that_makes_no_sense_is_refused(wrong: tuple) -> None:
    with pytest.raises(ValueError, match="no such"):
        Schedule(*wrong)


def answered(playbooks: Playbooks, reaction: str) -> Reader:
    """Return somebody who saw all tips, far apart, and answered the second of each principle's with `reaction`."""
    tips = [(number, tip) for p in playbooks.principles for number, tip in enumerate(p.tips)]
    answers = {tip.id: reaction if number == 1 else "" for number, tip in tips}
    return Reader(
        shown=tuple(Shown(tip, START - 900 + 8 * n, "", said) for n, (tip, said) in enumerate(answers.items()))
    )


def test_what_was_put_off_comes_first_in_the_next_round_and_what_was_tried_last(playbooks: Playbooks) -> None:
    seconds = {p.tips[1].id for p in playbooks.principles if len(p.tips) > 1}

    put_off = next_tip(playbooks, answered(playbooks, "later"), START)
    tried = next_tip(playbooks, answered(playbooks, "tried"), START)

    assert put_off and put_off.tip.id in seconds
    assert tried and tried.tip.id not in seconds


def test_a_tip_that_was_swapped_for_another_is_not_asked_about(playbooks: Playbooks) -> None:
    choice = next_tip(playbooks, Reader(shown=(Shown("W01", START - 3, "", "another"),)), START)

    assert choice and choice.recall is None
