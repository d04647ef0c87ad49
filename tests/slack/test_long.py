"""Drafts beyond what one box or one button of Slack holds have a way in at every door, and no word is lost on the way."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks import voice
from bot.blocks.carry import Carry, Form, unpacked
from bot.blocks.draft import MOST_CHARACTERS, MOST_PARTS, parts_of
from bot.blocks.limits import BUTTON_VALUE, INPUT_TEXT
from bot.slack.payloads import form_of
from tests.slack.person import SlackPerson, find_element, with_state
from tests.slack.stand_in import StandInSlack

SLIP = "Since you're a friend I'll do it at half price, just don't mention it to the others."


def draft_of(length: int) -> str:
    """Return a draft of exactly `length` characters with a slip at its very end."""
    filling = "This is a long note about the garden. " * (length // 38 + 1)
    return f"{filling[: length - len(SLIP) - 1]} {SLIP}"


def said(held: Any) -> str:
    return json.dumps(held, ensure_ascii=False)


def boxes(view: dict[str, Any]) -> list[str]:
    return [
        b["element"].get("initial_value", "") for b in view["blocks"] if b.get("block_id", "").startswith("draft_0_")
    ]


@pytest.mark.parametrize("length", [2_999, 3_000, 3_001, 6_001, 8_000, 11_990, 12_000])
async def test_a_message_of_any_length_up_to_the_limit_is_in_the_boxes_whole(
    ana: SlackPerson, slack: StandInSlack, length: int
) -> None:
    text = draft_of(length)
    await ana.shortcut_on({"text": text})

    view = slack.last("views.update")["view"]
    assert "".join(boxes(view)) == text and max(map(len, boxes(view))) <= INPUT_TEXT
    assert "wording_use" in said(view)


async def test_of_a_longer_message_the_beginning_is_read_and_it_says_so(ana: SlackPerson, slack: StandInSlack) -> None:
    text = f"{SLIP} " + draft_of(30_000 - len(SLIP) - 1)
    await ana.shortcut_on({"text": text})

    view = slack.last("views.update")["view"]
    assert voice.CUT_SHORT.format(length=30_000, longest=12_000) in said(view)
    assert len("".join(boxes(view))) == MOST_CHARACTERS and "wording_use" in said(view)


async def test_a_long_draft_after_the_command_is_reviewed(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.command(f"check {draft_of(8_000)}")
    answer = slack.last("response")
    await ana.press(answer, "wording_use")

    assert "half price" in said(answer)
    assert voice.TOO_LONG_TO_CARRY in said(slack.last("views.update"))


async def test_a_long_draft_in_a_direct_message_is_reviewed(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.direct(draft_of(11_000))

    assert "half price" in said(slack.last("chat.postMessage"))


@pytest.mark.parametrize("door", ["command", "direct"])
async def test_what_is_too_long_to_read_is_never_called_fine(ana: SlackPerson, slack: StandInSlack, door: str) -> None:
    await (ana.command if door == "command" else ana.direct)(draft_of(12_001))

    answer = said(slack.last("response" if door == "command" else "chat.postMessage"))
    assert "too long" in answer and voice.FINE not in answer


async def test_a_long_draft_is_typed_into_several_boxes(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.shortcut()
    typed: dict[str, str] = {"draft_0_0": "x" * 3_000}
    for index in range(1, MOST_PARTS):
        await ana.press(slack.last("views.update")["view"], "draft_longer", typed)
        typed[f"draft_0_{index}"] = "Some more words. " * 100
    typed["draft_0_3"] = SLIP
    view = slack.last("views.update")["view"]
    answer = await ana.submit(view, typed)

    assert len(boxes(view)) == MOST_PARTS and "draft_longer" not in said(view)
    assert "wording_use" in said(answer.json())


async def test_everything_chosen_stays_when_the_modal_is_shown_again(ana: SlackPerson, slack: StandInSlack) -> None:
    chosen = {"relationship": "family", "venue": "email", "recipient": "U7", "profession": "lawyer"}
    await ana.shortcut()
    view = (await ana.submit(slack.last("views.update")["view"], {"draft_0_0": SLIP} | chosen)).json()["view"]
    again = []
    for action in ("draft_longer", "wording_use", "unhelpful_open"):
        await ana.press(view, action, {"draft_0_0": SLIP} | chosen)
        again.append(slack.last("views.update")["view"])

    for shown in [view, *again]:
        form = form_of(with_state(shown, {}))
        assert (form.relationship, form.venue, form.recipient, form.profession) == ("family", "email", "U7", "lawyer")


async def test_each_wording_comes_in_a_new_box(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.shortcut()
    text, view = f"{SLIP}\n\nCan you lend me 500 until Friday?", slack.last("views.update")["view"]
    view = (await ana.submit(view, {"draft_0_0": text})).json()["view"]
    for turn in (0, 1):
        await ana.press(view, "wording_use", {f"draft_{turn}_0": text} if turn == 0 else {})
        view = slack.last("views.update")["view"]

    assert any(b.get("block_id") == "draft_2_0" for b in view["blocks"])


async def test_the_modal_remembers_no_words(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.shortcut_on({"text": SLIP})
    view = slack.last("views.update")["view"]

    assert set(json.loads(view["private_metadata"])) == {"turn", "parts", "expanded", "told"}
    assert "half" not in view["private_metadata"] and find_element(view["blocks"], "wording_use")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=300), st.integers(1, 60))
def test_boxes_hold_every_character(piece: str, times: int) -> None:
    text = (piece * times)[:MOST_CHARACTERS]
    parts = parts_of(text)

    assert "".join(parts) == text
    assert len(parts) <= MOST_PARTS and all(len(part) <= INPUT_TEXT for part in parts)


@given(st.integers(11_000, 12_000), st.integers(1, 40))
def test_boxes_hold_every_character_up_to_the_last_that_fits(length: int, word: int) -> None:
    text = ("w" * word + " ") * (length // (word + 1) + 1)

    assert "".join(parts_of(text[:length])) == text[:length]


@pytest.mark.parametrize("trim", [str, str.strip], ids=["as it was", "with the spaces at the ends of boxes gone"])
def test_boxes_read_back_hold_the_same_words(trim: Any) -> None:
    text = draft_of(11_000)
    form = Form(tuple(trim(part) for part in parts_of(text)))

    assert form.text.split() == text.split()


def test_boxes_that_people_fill_are_paragraphs_and_a_cut_word_stays_whole() -> None:
    assert Form(("One.", "Two.", "")).text == "One.\nTwo."
    assert Form(("x" * INPUT_TEXT, "yz")).text == "x" * INPUT_TEXT + "yz"
    assert Form(("", "Two.")).text == "Two."


@given(st.text(max_size=2_600), st.text(max_size=400), st.sampled_from(["client", "unknown"]))
def test_what_a_button_carries_fits_and_comes_back(text: str, words: str, relationship: str) -> None:
    carry = Carry("some-rule", words, text, relationship, "dm")
    packed = carry.packed()
    back = unpacked(packed)

    assert len(packed) <= BUTTON_VALUE
    assert (back.rule, back.relationship, back.venue) == ("some-rule", relationship, "dm")
    assert back.text in {text, ""} and words.startswith(back.words)
