"""What a message says: references as people see them, and the words of blocks where the text is short of them."""

import pytest

from bot.slack.messages import readable, words_of


@pytest.mark.parametrize(
    ("mrkdwn", "seen"),
    [
        ("Tom &amp; Ana &lt;3", "Tom & Ana <3"),
        ("see <https://x.y/a?b=1&amp;c=2>", "see https://x.y/a?b=1&c=2"),
        ("see <https://x.y|our prices>", "see our prices"),
        ("<mailto:a@b.de|a@b.de> and <tel:+491|+491>, <mailto:c@d.de>", "a@b.de and +491, c@d.de"),
        ("Hi <@U1|sam> in <#C1|garden>", "Hi @sam in #garden"),
        ("Hi <@U1> in <#C1>", "Hi @U1 in #C1"),
        ("<!here> and <!subteam^S1|@designers>", "@here and @designers"),
        ("by <!date^1392734382^{date}|18 Feb>", "by 18 Feb"),
        ("&lt;@U1&gt; was typed", "<@U1> was typed"),
        ("5 < 6 and 7 > 3, <b>bold</b>", "5 < 6 and 7 > 3, <b>bold</b>"),
        ("", ""),
    ],
)
def test_references_are_as_people_see_them(mrkdwn: str, seen: str) -> None:
    assert readable(mrkdwn) == seen


def rich(*elements: dict) -> list[dict]:
    return [{"type": "rich_text", "elements": list(elements)}]


def piece(kind: str, **held: object) -> dict:
    return {"type": kind, **held}


RICH = rich(
    piece(
        "rich_text_section",
        elements=[
            piece("text", text="Half price for you "),
            piece("user", user_id="U1"),
            piece("emoji", name="wink"),
            piece("link", url="https://x.y", text=" (list)"),
            piece("text", text=" x=1", style={"code": True}),
        ],
    ),
    piece(
        "rich_text_list", style="bullet", elements=[piece("rich_text_section", elements=[piece("text", text="one")])]
    ),
    piece("rich_text_quote", elements=[piece("text", text="you said\nso")]),
    piece("rich_text_preformatted", elements=[piece("text", text="code")]),
)


def test_the_words_of_blocks_are_read_where_there_is_no_text() -> None:
    said = "Half price for you @U1:wink: (list)` x=1`\n• one\n> you said\n> so\n```code```"

    assert words_of({"blocks": RICH}) == said
    assert words_of({"text": None, "blocks": RICH}) == said


def test_the_words_of_blocks_are_read_where_the_text_is_cut_short() -> None:
    assert words_of({"text": "Half price…", "blocks": RICH}).endswith("```code```")


def test_the_text_is_read_where_it_says_as_much() -> None:
    blocks = rich(piece("rich_text_section", elements=[piece("text", text="bold words")]))

    assert words_of({"text": "*bold* words", "blocks": blocks}) == "*bold* words"


def test_buttons_and_pictures_say_nothing() -> None:
    blocks = [{"type": "actions", "elements": []}, {"type": "image", "alt_text": "a cat"}, {"type": "divider"}]

    assert words_of({"text": "", "blocks": blocks}) == ""


def test_the_text_of_other_blocks_is_read() -> None:
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": "Tom &amp; <@U1|sam>"}},
        {"type": "markdown", "text": "**half**"},
        {"type": "section", "fields": []},
    ]

    assert words_of({"blocks": blocks}) == "Tom & @sam\n**half**"
