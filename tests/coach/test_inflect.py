"""Any form of a word."""

import pytest

from bot.coach.inflect import forms


@pytest.mark.parametrize(
    ("word", "some"),
    [
        ("give", {"gives", "gave", "given", "giving"}),
        ("share", {"shares", "shared", "sharing"}),
        ("drop", {"drops", "dropped", "dropping"}),
        ("worry", {"worries", "worried", "worrying"}),
        ("play", {"plays", "played", "playing"}),
        ("box", {"boxes"}),
        ("cancel", {"cancels", "cancelled", "cancelling"}),
        ("tie", {"ties", "tied", "tying"}),
        ("agree", {"agrees", "agreed", "agreeing"}),
        ("child", {"children"}),
        ("be", {"am", "is", "are", "was", "been"}),
        ("Pay", {"pays", "paid", "paying"}),
    ],
)
def test_the_forms_of_a_word_are_those_people_use(word: str, some: set[str]) -> None:
    assert some | {word.lower()} <= forms(word)
