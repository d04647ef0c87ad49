"""The draft modal: opened at once, reviewed in place, a wording used, and everything that can go wrong."""

import json

import pytest

from bot.blocks import voice
from bot.slack.desk import Desk
from bot.store.people import Person
from tests.slack.person import SlackPerson
from tests.slack.stand_in import StandInSlack

SLIP = "Hi Sam, thanks for lunch. Since you're a friend I'll do it at half price, just don't mention it to the others. See you!"


def box(view: dict, block_id: str) -> dict:
    return next(b["element"] for b in view["blocks"] if b.get("block_id") == block_id)


def shown(view: dict) -> str:
    return json.dumps(view, ensure_ascii=False)


async def checked(ana: SlackPerson, slack: StandInSlack, text: str, **values: str) -> dict:
    """Open the modal, type `text`, press Check; return the view that Slack then shows."""
    await ana.shortcut()
    answer = await ana.submit(slack.last("views.update")["view"], {"draft_0_0": text} | values)
    return answer.json()["view"]


async def test_a_message_is_read_with_its_shortcut_and_can_be_edited(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.shortcut_on({"text": SLIP})

    assert [name for name, _ in slack.transcript if name.startswith("views.")] == ["views.open", "views.update"]
    view = slack.last("views.update")["view"]
    assert "half price" in shown(view) and box(view, "draft_0_0")["initial_value"] == SLIP
    assert box(view, "venue")["initial_option"]["value"] == "dm"


async def test_a_draft_is_checked_in_place(ana: SlackPerson, slack: StandInSlack) -> None:
    view = await checked(ana, slack, SLIP)

    assert view["submit"]["text"] == voice.CHECK_AGAIN
    assert "half price" in shown(view) and box(view, "draft_0_0")["initial_value"] == SLIP


async def test_an_empty_box_is_told_at_the_box(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.shortcut()
    answer = await ana.submit(slack.last("views.update")["view"], {"draft_0_0": "  "})

    assert answer.json() == {"response_action": "errors", "errors": {"draft_0_0": voice.EMPTY_DRAFT}}


async def test_a_wording_goes_into_the_box_under_a_new_id(ana: SlackPerson, slack: StandInSlack) -> None:
    view = await checked(ana, slack, SLIP)
    await ana.press(view, "wording_use", {"draft_0_0": SLIP})

    after = slack.last("views.update")["view"]
    written = box(after, "draft_1_0")["initial_value"]
    assert written.startswith("Hi Sam, thanks for lunch. ") and written.endswith(" See you!")
    assert "half price" not in written and voice.WORDING_USED in shown(after)


async def test_a_line_that_was_changed_meanwhile_is_left_alone(ana: SlackPerson, slack: StandInSlack) -> None:
    view = await checked(ana, slack, SLIP)
    await ana.press(view, "wording_use", {"draft_0_0": "Hi Sam, thanks for lunch."})

    after = slack.last("views.update")["view"]
    assert box(after, "draft_0_0")["initial_value"] == "Hi Sam, thanks for lunch."
    assert voice.LINE_CHANGED in shown(after)


async def test_a_long_draft_gets_as_many_boxes_as_it_needs(ana: SlackPerson, slack: StandInSlack) -> None:
    text = ("This is a long note about the garden. " * 180) + SLIP
    await ana.shortcut_on({"text": text})

    view = slack.last("views.update")["view"]
    parts = [b["element"]["initial_value"] for b in view["blocks"] if b.get("block_id", "").startswith("draft_0")]
    assert len(parts) == 3 and "".join(parts) == text and max(map(len, parts)) <= 3000
    assert "half price" in shown(view)


async def test_a_box_can_be_added_by_hand(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.shortcut()
    await ana.press(slack.last("views.update")["view"], "draft_longer", {"draft_0_0": "First part. "})
    view = slack.last("views.update")["view"]
    answer = await ana.submit(view, {"draft_0_0": "First part. ", "draft_0_1": SLIP})

    assert "half price" in shown(answer.json()["view"])


async def test_the_profession_is_remembered_for_next_time(ana: SlackPerson, slack: StandInSlack, desk: Desk) -> None:
    await checked(ana, slack, "Hi Sam, all good.", profession="tax adviser")
    await ana.shortcut()

    assert box(slack.last("views.update")["view"], "profession")["initial_value"] == "tax adviser"


async def test_more_findings_wait_behind_more(ana: SlackPerson, slack: StandInSlack) -> None:
    text = SLIP + "\n\nCan you lend me 500 until Friday?"
    view = await checked(ana, slack, text)
    before = shown(view).count("wording_use")
    await ana.press(view, "review_more", {"draft_0_0": text})

    assert before == 1 and shown(slack.last("views.update")["view"]).count("wording_use") > 1


async def test_why_shows_the_idea_on_top_of_the_modal(ana: SlackPerson, slack: StandInSlack) -> None:
    view = await checked(ana, slack, SLIP)
    await ana.press(view, "why_open")

    pushed = slack.last("views.push")["view"]
    assert pushed["blocks"][0]["type"] == "header" and "never means" in shown(pushed)


async def test_a_muted_principle_is_not_mentioned_again(ana: SlackPerson, slack: StandInSlack) -> None:
    view = await checked(ana, slack, SLIP)
    await ana.press(view, "why_open")
    await ana.press(slack.last("views.push")["view"], "principle_mute")
    again = await checked(ana, slack, SLIP)

    assert voice.MUTED in shown(slack.calls("views.update")[-2]["view"])
    assert "One price" not in shown(again)


@pytest.mark.parametrize("reason", list(voice.REASONS))
async def test_not_helpful_quiets_the_rule_where_the_reason_holds(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, reason: str
) -> None:
    view = await checked(ana, slack, SLIP)
    rule = json.loads(find_value(view, "unhelpful_open"))["rule"]
    await ana.press(view, "unhelpful_open")
    answer = await ana.submit(slack.last("views.push")["view"], {"reason": reason})
    again = await checked(ana, slack, SLIP)

    assert voice.QUIETED in shown(answer.json()["view"])
    assert f'"rule\\": \\"{rule}' not in shown(again).replace('":\\"', '\\": \\"')
    held = await desk.people.preferences(Person("T1", "U1"), desk.now)
    assert len(held.marks) == 1 and "half" not in str(held)


def find_value(view: dict, action_id: str) -> str:
    return next(
        e["value"]
        for b in view["blocks"]
        if b["type"] == "actions"
        for e in b["elements"]
        if e["action_id"] == action_id
    )


async def test_a_muted_recipient_hears_only_serious_lines(ana: SlackPerson, slack: StandInSlack, desk: Desk) -> None:
    await desk.people.mute(Person("T1", "U1"), "person", ["U7"])

    to_sam = await checked(ana, slack, SLIP, recipient="U7")
    to_kim = await checked(ana, slack, SLIP, recipient="U8")

    assert "wording_use" not in shown(to_sam) and "wording_use" in shown(to_kim)


async def test_a_trigger_that_expired_is_told_kindly(ana: SlackPerson, slack: StandInSlack) -> None:
    slack.fail("views.open", "expired_trigger_id")

    answer = await ana.command("")

    assert slack.last("response")["text"] == voice.EXPIRED
    assert answer.status_code == 200 and ana.waited < 1  # Slack adds nothing of its own
