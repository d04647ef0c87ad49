"""A labelled draft becomes windows whose targets stand on the marked words, and twins stay together."""

import random

from bot.coach.meaning.wordpiece import WordPiece
from bot.training.corpus import Example
from bot.training.samples import batches, samples_of

WORDS = "[PAD] [UNK] [CLS] [SEP] half price for you see on monday . dm friend the list".split()
PIECES = WordPiece(WORDS)
BAD = Example("v", "See you Monday. Half price for you.", ("equal-treatment",), 2, ("Half price",), "violation", "g")
GOOD = Example("g", "See you Monday. The list price for you.", kind="good-form", pair="v")


def test_the_marked_words_and_no_others_are_targets() -> None:
    (sample,) = samples_of(BAD, PIECES)

    marked = [WORDS[i] for i, target in zip(sample.ids, sample.pieces, strict=True) if target == 1]
    assert marked == ["half", "price"]
    assert sample.bad and sample.principles == ("equal-treatment",) and sample.severity == 2


def test_context_comes_before_the_message_and_can_be_left_out() -> None:
    example = Example("o", "See you Monday.", relationship="friend", venue="dm")

    (told,), (untold,) = samples_of(example, PIECES), samples_of(example, PIECES, with_context=False)

    assert [WORDS[i] for i in told.ids[1:3]] == ["friend", "dm"]
    assert "friend" not in [WORDS[i] for i in untold.ids]


def test_only_the_window_with_the_marked_words_is_bad() -> None:
    long = Example("l", "See you on Monday. " * 120 + "Half price for you.", ("equal-treatment",), 2, ("Half price",))

    samples = samples_of(long, PIECES)

    assert len(samples) > 1
    assert [s.bad for s in samples] == [*[False] * (len(samples) - 1), True]


def test_twins_are_always_in_one_batch() -> None:
    twins = [s for e in (BAD, GOOD) for s in samples_of(e, PIECES)]
    others = [s for n in range(60) for s in samples_of(Example(f"o{n}", "See you on Monday. " * (1 + n % 9)), PIECES)]

    made = batches([*others[:30], twins[0], *others[30:], twins[1]], 4, random.Random(1))

    assert sum(map(len, made)) == 62
    assert [sum(s.pair == "g~v" for s in batch) for batch in made if any(s.pair for s in batch)] == [2]
