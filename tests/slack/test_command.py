"""`/boundary`: a review that only its author sees."""

import json

import pytest

from bot.blocks import voice
from bot.slack.command import load_subcommands
from tests.slack.person import SlackPerson, find_element
from tests.slack.stand_in import StandInSlack

SLIP = "Hi Sam, since you're a friend I'll do it at half price, just don't mention it to the others."


def words(call: dict) -> str:
    return json.dumps(call, ensure_ascii=False)


@pytest.mark.parametrize("text", [f"check {SLIP}", SLIP])
async def test_a_draft_is_reviewed_with_or_without_check(ana: SlackPerson, slack: StandInSlack, text: str) -> None:
    answer = await ana.command(text)

    said = slack.last("response")
    assert answer.status_code == 200
    assert said["response_type"] == "ephemeral"
    assert "half price" in words(said) and voice.USE in words(said)


async def test_a_fine_draft_gets_one_line(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.command("check Hi Sam, the logo is attached, have a good week.")

    assert [b["text"]["text"] for b in slack.last("response")["blocks"]] == [voice.FINE]


async def test_nothing_is_posted_where_others_can_see_it(ana: SlackPerson, slack: StandInSlack) -> None:
    for text in (SLIP, "help", "tip", "principles", "why candour", "forget", "nonsense"):
        await ana.command(text)

    assert not slack.calls("chat.postMessage")
    assert {call["response_type"] for call in slack.calls("response")} == {"ephemeral"}


async def test_alone_it_opens_the_draft_modal(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.command("")

    assert slack.last("views.open")["trigger_id"].startswith("tr")
    assert find_input(slack.last("views.update")["view"], "draft_0_0")["max_length"] == 3000


def find_input(view: dict, block_id: str) -> dict:
    return next(b["element"] for b in view["blocks"] if b.get("block_id") == block_id)


@pytest.mark.parametrize("name", list(load_subcommands()))
async def test_every_subcommand_answers_and_is_named_in_help(ana: SlackPerson, slack: StandInSlack, name: str) -> None:
    await ana.command(name)
    answered = [*slack.calls("response"), *slack.calls("views.open")]
    await ana.command("help")

    assert answered and f"/boundary {name}" in slack.last("response")["text"]


async def test_help_shows_its_angle_brackets_and_makes_no_links_of_them(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.command("help")
    await ana.direct("help")

    for said in (slack.last("response")["text"], slack.last("chat.postMessage")["text"]):
        assert "`/boundary check &lt;draft&gt;`" in said and "<" not in said


async def test_an_unknown_word_gets_the_nearest_subcommand(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.command("princples")

    assert "Did you mean `/boundary principles`?" in slack.last("response")["text"]


@pytest.mark.parametrize("text", ["why equal-treatment", "why equal treatment", "why candour", "why one price"])
async def test_a_principle_is_found_by_its_id_or_a_word_of_its_name(
    ana: SlackPerson, slack: StandInSlack, text: str
) -> None:
    await ana.command(text)

    assert slack.last("response")["blocks"][0]["type"] == "header"


async def test_what_is_quoted_back_notifies_nobody(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.command(
        "check <!channel> <@U1> since you're a friend I'll do it at half price, don't tell <!here> the others"
    )

    said = words(slack.last("response")["blocks"])
    shown = [b["text"]["text"] for b in slack.last("response")["blocks"] if "text" in b]
    assert "half price" in said
    assert not any("<!" in text or "<@" in text for text in shown)


async def test_forgetting_shows_what_is_held_deletes_it_and_says_so(
    ana: SlackPerson, slack: StandInSlack, desk
) -> None:  # type: ignore[no-untyped-def]
    from bot.store.people import Person

    await desk.people.change(Person("T1", "U1"), profession="lawyer")
    await ana.command("forget")
    asked = slack.last("response")
    await ana.press(asked, "forget_everything")

    assert "your preferences" in asked["text"]
    assert slack.last("response")["text"] == voice.FORGOTTEN
    assert set((await desk.people.held(Person("T1", "U1"))).values()) == {0}


async def test_using_the_wording_from_an_answer_opens_the_modal_with_it(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.command(SLIP)
    answer = slack.last("response")
    await ana.press(answer, "wording_use")

    box = find_input(slack.last("views.update")["view"], "draft_1_0")["initial_value"]
    assert ("half price" not in box and box.startswith("I keep one price")) or "price" in box
    assert find_element(answer["blocks"], "wording_use")["value"]


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("chek foo", "check"),
        ("tipp", "tip"),
        ("princples", "principles"),
        ("setings please", "settings"),
        ("Hlep", "help"),
    ],
)
async def test_a_slip_of_the_pen_gets_help_with_the_nearest_subcommand(
    ana: SlackPerson, slack: StandInSlack, typed: str, nearest: str
) -> None:
    await ana.command(typed)

    said = slack.last("response")["text"]
    assert f"Did you mean `/boundary {nearest}`?" in said and "/boundary check &lt;draft&gt;" in said


async def test_a_word_that_is_like_nothing_gets_help(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.command("xyzzy")

    assert voice.UNKNOWN_COMMAND.format(word="xyzzy") in slack.last("response")["text"]
    assert "Did you mean" not in slack.last("response")["text"]


SLIPPING = "I'll do it at half price for you as a friend, just don't mention it to the others."


@pytest.mark.parametrize(
    "draft",
    [
        f"check with Sam first: {SLIPPING}",
        f"Check: {SLIPPING}",
        f"check\n{SLIPPING}",
        f"check\t{SLIPPING}",
        f"tip: {SLIPPING}",
        f"Tip for you, Sam. {SLIPPING}",
        f"why don't we keep it simple? {SLIPPING}",
        f"Help me with the move and {SLIPPING}",
        f"settings are all done, {SLIPPING}",
        f"Principles aside, {SLIPPING}",
        f"Forget the invoice, {SLIPPING}",
        f"Tips are welcome, Sam. {SLIPPING}",
        f"chek {SLIPPING}",
    ],
)
async def test_a_draft_that_begins_with_a_subcommand_is_still_a_draft(
    ana: SlackPerson, slack: StandInSlack, draft: str
) -> None:
    await ana.command(draft)

    assert "wording_use" in words(slack.last("response"))


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("help me", voice.HELP_INTRO),
        ("tip please", voice.TIP_TITLE),
        ("TIP", voice.TIP_TITLE),
        ("help:", voice.HELP_INTRO),
        ("why candour?", "Say the hard thing early"),
        ("why own it the same day", "Own it the same day"),
        ("why scope", "Keep extras inside the agreement"),
        ("why xyzzy", "I don't know the line `xyzzy`"),
        ("Sounds good!", voice.FINE),
    ],
)
async def test_few_words_do_what_is_most_likely_meant(
    ana: SlackPerson, slack: StandInSlack, typed: str, answer: str
) -> None:
    await ana.command(typed)

    assert answer in words(slack.last("response"))


async def test_an_answer_that_slack_refuses_is_noticed(
    ana: SlackPerson, slack: StandInSlack, caplog: pytest.LogCaptureFixture
) -> None:
    slack.fail("response", status=500)

    await ana.command(SLIP)

    assert any(r.getMessage() == "failed" for r in caplog.records)
