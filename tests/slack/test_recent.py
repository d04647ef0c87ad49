"""What was seen a short while ago is known, for as long as asked and in a bounded memory."""

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.recent import Recent


def test_a_key_is_new_once_until_its_time_is_over() -> None:
    now = [0.0]
    recent = Recent(10, 100, lambda: now[0])

    first, second = recent.is_new("a"), recent.is_new("a")
    now[0] = 9.9
    still = recent.is_new("a")
    now[0] = 10.0

    assert (first, second, still, recent.is_new("a")) == (True, False, False, True)


def test_a_key_that_is_forgotten_is_new_again() -> None:
    recent = Recent(10, 100, lambda: 0.0)
    recent.is_new("a")
    recent.forget("a")
    recent.forget("b")

    assert recent.is_new("a")


@given(st.lists(st.integers(0, 50), max_size=300), st.integers(1, 20))
def test_the_newest_are_known_and_memory_is_bounded(keys: list[int], most: int) -> None:
    recent = Recent(1_000, most, lambda: 0.0)
    for key in keys:
        recent.is_new(str(key))

    assert len(recent._seen) <= most
    assert not keys or not recent.is_new(str(keys[-1]))


def test_a_full_memory_still_knows_its_oldest() -> None:
    recent = Recent(1_000, 3, lambda: 0.0)
    for key in "abc":
        recent.is_new(key)

    assert not any(recent.is_new(key) for key in "abc")
