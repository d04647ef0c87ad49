"""The little language of phrases."""

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.needs import words_of
from bot.coach.phrase import LONGEST_GAP, Phrasebook, PhraseError

BOOK = Phrasebook(
    {"friend": ["mate+", "old pal"], "tie": ["<friend>", "family"], "loop": ["<loop2>"], "loop2": ["<loop>"]}
)
OPTIONS = re2.Options()
OPTIONS.case_sensitive = False


def found(phrase: str, text: str) -> str | None:
    """Return what `phrase` matches in `text`, after the check of words that the scan makes."""
    pattern = BOOK.compile(phrase)
    if any(need.isdisjoint(words_of(text.lower())) for need in pattern.needs):
        return None
    match = re2.compile(pattern.source, OPTIONS).search(text)
    return match.group(1) if match else None


@pytest.mark.parametrize(
    ("phrase", "text", "match"),
    [
        ("half price", "It is Half-Price today", "Half-Price"),
        ("half price", "half, price", "half, price"),
        ("half price", "halfprice", None),
        ("give+ you", "she gave u", "gave u"),
        ("give+ you", "giving you", "giving you"),
        ("don't tell", "do not tell", "do not tell"),
        ("don't tell", "dont tell", "dont tell"),
        ("I'll pay", "I will pay", "I will pay"),
        ("I'll pay", "ill pay", None),
        ("it's free", "its free", "its free"),
        ("going to pay", "gonna pay", "gonna pay"),
        ("a favour", "a favor", "a favor"),
        ("salt and pepper", "salt & pepper", "salt & pepper"),
        ("<friend> rate", "mate's rate", "mate's rate"),
        ("<tie> rate", "old pal rate", "old pal rate"),
        ("(big|very large) deal", "very large deal", "very large deal"),
        ("a (really)? good deal", "a good deal", "a good deal"),
        ("a (really)? good deal", "a really good deal", "a really good deal"),
        ("(really)? good deal", "good deal", "good deal"),
        ("good deal (today|now)?", "good deal now", "good deal now"),
        ("pay ... later", "pay me a bit later", "pay me a bit later"),
        ("pay ...2 later", "pay me a bit later", None),
        ("(rate|fee)+ up", "fees up", "fees up"),
        ("^ leave him", "So, leave him", "leave him"),
        ("^ leave him", "don't leave him", None),
        ("you up $", "you up?", "you up"),
        ("you up $", "you up the price", None),
        ("lend <money>", "lend 50 quid", "lend 50 quid"),
        ("lend <money>", "lend $1,200", "lend $1,200"),
        ("<percent> off", "twenty per cent off", "twenty per cent off"),
        ("at <time>", "at 22:40", "at 22:40"),
        ("on <day>", "on Sundays", "on Sundays"),
        ("ask <name>", "ask Priya", "ask Priya"),
        ("ask <name>", "ask them", None),
        ("regex: ab{2}c", "abbc", "abbc"),
        ("for old times' sake", "for old times’ sake".replace("’", "'"), "for old times' sake"),
    ],
)
def test_a_phrase_matches_what_people_write(phrase: str, text: str, match: str | None) -> None:
    assert found(phrase, text) == match


@pytest.mark.parametrize(
    ("phrase", "says"),
    [
        ("half (price", "never closed"),
        ("half price)", "bracket"),
        ("(a|) b", "empty"),
        ("", "empty"),
        ("<nobody> rate", "there is no list <nobody>"),
        ("<loop>", "contains itself"),
        ("... price", "between two words"),
        ("price ...", "between two words"),
        ("pay ... ...3 later", "between two words"),
        ("pay ...99 later", f"{LONGEST_GAP} at most"),
        ("(really)? (very)?", "must always be there"),
        ("what? now", "'?' follows a bracket"),
        ("rate +", "give+"),
        ("half ; price", "punctuation"),
        ("((((((((((a))))))))))", "nested"),
    ],
)
def test_a_phrase_that_cannot_be_read_says_what_to_write(phrase: str, says: str) -> None:
    with pytest.raises(PhraseError, match=says.replace("(", r"\(").replace("?", r"\?").replace("+", r"\+")):
        BOOK.compile(phrase)


WORDS = st.lists(
    st.sampled_from(["pay", "me", "don't", "give+", "<friend>", "(a|b c)", "(x)?", "...", "favour", "I'll"]),
    min_size=1,
    max_size=7,
)


@given(WORDS)
def test_every_phrase_compiles_in_linear_time_engine_or_is_refused(words: list[str]) -> None:
    try:
        pattern = BOOK.compile(" ".join(words))
    except PhraseError:
        return

    assert re2.compile(pattern.source, OPTIONS)


@given(WORDS, st.text(alphabet="abcdefgimnopxyv' ", max_size=60))
def test_the_words_that_a_pattern_needs_are_in_every_match(words: list[str], text: str) -> None:
    try:
        pattern = BOOK.compile(" ".join(words))
    except PhraseError:
        return
    match = re2.compile(pattern.source, OPTIONS).search(text)

    if match:
        assert all(not need.isdisjoint(words_of(text)) for need in pattern.needs)
