"""What could make a figure flatter is counted: copies across authors, and readers who disagree."""

import pytest

from bot.training.audit import SecondReading, agreement, near_duplicates
from bot.training.corpus import Example
from tests.conftest import corpus_folder

LONG = "the boiler part came in and I can fit it on Thursday between eight and ten if somebody is home to sign for it"


def test_a_copy_by_another_author_is_found_and_a_twin_by_the_same_is_not() -> None:
    rows = [
        Example("a1", LONG, author="a"),
        Example("a2", LONG + " please", author="a"),
        Example("b1", LONG + " thanks", author="b"),
        Example("b2", "something else altogether about the garden and the wall behind it", author="b"),
    ]

    assert sorted(near_duplicates(rows)) == [("a1", "b1"), ("a2", "b1")]


def test_readers_who_agree_on_all_have_kappa_one_and_on_half_less() -> None:
    rows = [Example(f"r{n}", "x", ("money-ties",) if n % 2 else ()) for n in range(10)]
    same = [SecondReading(r.id, r.labels) for r in rows]
    half = [SecondReading(r.id, ("money-ties",)) for r in rows]

    assert agreement(rows, same, {"money-ties": "C"})["speak at all"].kappa == 1.0
    assert agreement(rows, half, {"money-ties": "C"})["C"].kappa == pytest.approx(0.0)


def test_no_two_authors_of_the_corpus_wrote_the_same_message() -> None:
    from bot.training.corpus import read_corpus

    assert near_duplicates(read_corpus(corpus_folder())) == []


def test_every_row_of_the_corpus_is_what_it_says() -> None:
    from bot.training.corpus import read_corpus

    rows = read_corpus(corpus_folder())
    by_id = {row.id: row for row in rows}

    assert len(by_id) == len(rows)
    for row in rows:
        assert bool(row.labels) == (row.kind == "violation"), row.id
        assert all(span in row.text for span in row.spans), row.id
        assert (1 <= row.severity <= 3) == bool(row.labels), row.id
        assert row.pair is None or by_id[row.pair].pair == row.id, row.id
