"""Reading a draft: the author's own words, each at its place."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.text import SENTENCE_CAP, read

MESSY = st.text(
    alphabet=st.sampled_from(list("abc AB.!?,;'\"`*_~>\n\t-:<@#&|/()’“”—…\u200b\u00ad\u202e😀שלוםßİ1 ")), max_size=300
) | st.lists(
    st.sampled_from(
        [
            "<@U123>",
            "<https://a.b/c|the page>",
            "&amp;",
            ":pray:",
            "```x\ny```",
            "`code`",
            "> said\n",
            "half price",
            "don’t",
            "*bold*",
            "\u200b",
            " ",
            "\n",
            "Dr. No.",
            "“so he said”",
        ]
    ),
    max_size=30,
).map(" ".join)


@given(MESSY)
def test_every_span_is_the_originals_slice(text: str) -> None:
    reading = read(text)

    for sentence in reading.sentences:
        span = reading.span(sentence.start, sentence.end)

        assert text[span.start : span.end] == span.text
        assert 0 <= span.start < span.end <= len(text)


@given(MESSY)
def test_letters_that_are_read_stand_at_their_place_in_the_original(text: str) -> None:
    reading = read(text)

    for index, letter in enumerate(reading.plain):
        if letter.isalpha():
            assert reading.span(index, index + 1).text == letter


@given(MESSY)
def test_sentences_are_in_order_apart_and_short(text: str) -> None:
    sentences = read(text).sentences

    assert all(a.end <= b.start for a, b in itertools.pairwise(sentences))
    assert all(s.end - s.start <= SENTENCE_CAP for s in sentences)


@given(MESSY)
def test_no_letter_is_left_out_of_the_sentences(text: str) -> None:
    reading = read(text)
    covered = {i for s in reading.sentences for i in range(s.start, s.end)}

    assert all(i in covered for i, c in enumerate(reading.plain) if c.isalpha())


@pytest.mark.parametrize(
    "text",
    [
        "`half price`",
        "```\nhalf price\n```",
        "```half price",
        "> half price",
        "&gt; half price",
        "<https://example.com/half price>",
        "https://example.com/half-price",
        "<@UHALFPRICE>",
        "<!subteam^S1>",
        ":half-price:",
        "half.price@example.com",
        "-----Original Message-----\nhalf price",
        "On Tue, 3 Nov 2026, Sam Reid wrote:\nhalf price",
        "From: Sam\nSent: Tuesday\nhalf price",
    ],
)
def test_what_is_not_the_authors_is_not_read(text: str) -> None:
    assert "half" not in read(text).plain.lower()


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("*half* _price_", "half price"),
        ("<https://a.b|half price>", "half price"),
        ("half &amp; half", "half & half"),
        ("ha\u200blf pri\u00adce", "half price"),
        ("don’t", "don't"),
        ("half\u00a0price", "half price"),
        ("שלום half price", "שלום half price"),
        ("half price 👍🏽", "half price"),
    ],
)
def test_what_people_type_is_read_as_words(text: str, reads: str) -> None:
    assert " ".join(read(text).plain.split()) == reads


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ("Dr. Ortiz and Mr. Bell, e.g. both.", 1),
        ("No. 5 is due at 5 p.m. today.", 1),
        ("so cheap... really cheap", 1),
        ("So cheap... Really.", 2),
        ("a list:\n- first\n- second", 3),
        ("a line that\nwraps in mail", 1),
        ("a part\n\nanother", 2),
        ("half price. dont tell", 2),
        ("1. first\n2. second", 2),
    ],
)
def test_sentences_end_where_people_end_them(text: str, count: int) -> None:
    assert len(read(text).sentences) == count


@pytest.mark.parametrize(
    ("text", "words", "quoted"),
    [
        ('He wrote "do it off the books"', "off the books", True),
        ("He said 'it's off the books, we're mates'", "off the books", True),
        ("Sam asked: “mates rates”", "mates rates", True),
        ('a "special" price', "special", False),
        ("it's Sam's and it isn't Ana's", "and it isn", False),
        ("the boys' and girls' price", "and girls", False),
    ],
)
def test_quotations_are_told_from_scare_quotes_and_apostrophes(text: str, words: str, quoted: bool) -> None:
    reading = read(text)
    start = reading.plain.index(words)

    assert reading.is_quoted(start, start + len(words)) is quoted


def test_forty_thousand_characters_are_read() -> None:
    reading = read("A line, and it's fine. " * 1740)

    assert len(reading.sentences) == 1740
