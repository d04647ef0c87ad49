"""The coach does not tire people: one thought at a time, small things once a week, quiet where asked, praise only when true."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.blocks import voice
from bot.coach.model import Draft
from bot.coach.preferences import DEFAULTS
from bot.coach.quiet import marks_of
from bot.slack.desk import Desk
from bot.store.people import Person
from tests.slack.conftest import Clock
from tests.slack.person import SlackPerson, find_element
from tests.slack.stand_in import StandInSlack

ANA = Person("T1", "U1")
SLIP = "Hi Sam, since you're a friend I'll do it at half price, just don't mention it to the others."
LOAN = "Can you lend me 500 until Friday?"
FINE = "Hi Sam, the logo is attached, have a good week."


def said(held: Any) -> str:
    return json.dumps(held, ensure_ascii=False)


def example(desk: Desk, severity: int) -> str:
    """Return a draft that holds one finding, of `severity`, and nothing else to say."""
    for rule in desk.playbooks.rules:
        for flag in rule.examples.flags:
            text = flag.replace("[[", "").replace("]]", "")
            review = desk.review(Draft(text), DEFAULTS)
            if [f.severity for f in review.findings] == [severity] and not review.praise:
                return text
    raise AssertionError(f"no example of severity {severity}")


def one_rule_speaks(desk: Desk) -> tuple[str, str]:
    """Return a draft about which a single rule has something to say, and the principle of that rule."""
    for rule in desk.playbooks.rules:
        for flag in rule.examples.flags:
            text = flag.replace("[[", "").replace("]]", "")
            policy = frozenset({marks_of(rule.id, "", Draft(""), "")["policy"]})
            quiet = desk.review(Draft(text), replace(DEFAULTS, marks=policy))
            speaking = desk.review(Draft(text), DEFAULTS)
            if [(f.rule, f.severity) for f in speaking.findings] == [(rule.id, 2)] and not quiet.findings:
                return text, rule.principle
    raise AssertionError("no draft about which a single rule speaks")


async def in_modal(ana: SlackPerson, slack: StandInSlack, text: str, **values: Any) -> dict[str, Any]:
    await ana.shortcut()
    view = slack.last("views.update")["view"]
    return (await ana.submit(view, {"draft_0_0": text} | values)).json()["view"]  # type: ignore[no-any-return]


async def by_command(ana: SlackPerson, slack: StandInSlack, text: str) -> dict[str, Any]:
    await ana.command(f"check {text}")
    return slack.last("response")


async def by_message(ana: SlackPerson, slack: StandInSlack, text: str) -> dict[str, Any]:
    await ana.direct(text)
    return slack.last("chat.postMessage")


async def by_shortcut(ana: SlackPerson, slack: StandInSlack, text: str) -> dict[str, Any]:
    await ana.shortcut_on({"text": text})
    return slack.last("views.update")["view"]


DOORS = [by_command, by_message, in_modal, by_shortcut]


@pytest.mark.parametrize("door", DOORS)
async def test_one_thought_leads_and_two_more_wait(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, door: Any
) -> None:
    answer = await door(ana, slack, "\n\n".join([SLIP, LOAN, example(desk, 3)]))

    assert said(answer).count('"why_open"') == 1
    assert find_element(answer["blocks"], "review_more")["text"]["text"] == voice.MORE.format(count=2)


@pytest.mark.parametrize("door", DOORS)
async def test_what_is_serious_looks_different(ana: SlackPerson, slack: StandInSlack, desk: Desk, door: Any) -> None:
    serious = await door(ana, slack, example(desk, 3))
    usual = await door(ana, slack, example(desk, 2))

    assert serious["blocks"][0]["type"] == "header" and voice.MARKS[3] in said(serious["blocks"][0])
    assert usual["blocks"][0]["type"] == "section" and voice.MARKS[2] in said(usual["blocks"][0])


@pytest.mark.parametrize("second", DOORS)
@pytest.mark.parametrize("first", DOORS)
async def test_a_small_thing_is_said_once_a_week_whatever_the_door(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, clock: Clock, first: Any, second: Any
) -> None:
    small = example(desk, 1)

    before, after = said(await first(ana, slack, small)), said(await second(ana, slack, small))
    clock.move(days=8)
    a_week_later = said(await second(ana, slack, small))

    assert "wording_use" in before and "wording_use" in a_week_later
    assert "wording_use" not in after and voice.HELD_BACK in after and voice.FINE not in after


async def test_checking_the_same_draft_again_says_the_small_thing_again(
    ana: SlackPerson, slack: StandInSlack, desk: Desk
) -> None:
    small = example(desk, 1)
    view = await in_modal(ana, slack, small)

    again = (await ana.submit(view, {"draft_0_0": small})).json()["view"]
    third = (await ana.submit(again, {"draft_0_0": small})).json()["view"]

    assert all("wording_use" in said(v) for v in (view, again, third))


async def test_the_wording_for_a_small_thing_can_be_used_where_it_was_shown(
    ana: SlackPerson, slack: StandInSlack, desk: Desk
) -> None:
    small = example(desk, 1)
    view = await in_modal(ana, slack, small)
    await ana.press(view, "wording_use", {"draft_0_0": small})

    assert voice.WORDING_USED in said(slack.last("views.update"))


@pytest.mark.parametrize("button", ["wording_use", "draft_edit"])
@pytest.mark.parametrize("door", [by_command, by_message])
async def test_the_buttons_under_a_small_thing_still_know_it(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, door: Any, button: str
) -> None:
    await ana.press(await door(ana, slack, example(desk, 1)), button)

    view = said(slack.last("views.update"))
    assert voice.LINE_CHANGED not in view
    assert (voice.WORDING_USED in view) == (button == "wording_use")


async def test_mending_a_small_thing_is_noticed(ana: SlackPerson, slack: StandInSlack, desk: Desk) -> None:
    small = example(desk, 1)
    await ana.direct(small, ts="5.1")
    await edit(ana, small, FINE)

    assert "Nice edit" in slack.last("chat.postMessage")["text"]


async def edit(ana: SlackPerson, before: str, after: str) -> None:
    held = {"type": "message", "user": "U1", "ts": "5.1"}
    changed = {"subtype": "message_changed", "user": None, "ts": "5.2", "channel": "D1", "channel_type": "im"}
    await ana.event(
        {"type": "message", "message": held | {"text": after}, "previous_message": held | {"text": before}} | changed
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (SLIP, "Hola Sam, mañana te mando la factura del proyecto que hablamos, un abrazo fuerte"),
        (SLIP, "> quoted"),
        (SLIP, LOAN),
    ],
    ids=["another language", "nothing of one's own", "another line instead"],
)
async def test_an_edit_is_praised_only_when_that_is_true(
    ana: SlackPerson, slack: StandInSlack, before: str, after: str
) -> None:
    await edit(ana, before, after)

    assert "Nice edit" not in said(slack.transcript)


async def test_an_edit_that_adds_a_small_thing_uses_it_up(ana: SlackPerson, slack: StandInSlack, desk: Desk) -> None:
    small = example(desk, 1)
    await edit(ana, FINE, small)
    told = said(slack.last("chat.postMessage"))
    again = said(await by_command(ana, slack, small))

    assert "wording_use" in told and "wording_use" not in again


@pytest.mark.parametrize("door", DOORS)
async def test_a_snooze_is_named_at_every_door_and_never_called_all_clear(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, door: Any
) -> None:
    await desk.people.change(ANA, snoozed_until=desk.start_of("2026-12-03"))

    answer = said(await door(ana, slack, SLIP))

    assert voice.SNOOZED.format(day="2026-12-03") in answer
    assert "wording_use" not in answer and voice.FINE not in answer


@pytest.mark.parametrize("door", DOORS)
async def test_a_snooze_lets_serious_lines_through(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, door: Any
) -> None:
    await desk.people.change(ANA, snoozed_until=desk.start_of("2026-12-03"))

    assert "wording_use" in said(await door(ana, slack, example(desk, 3)))


async def test_each_kind_of_mute_is_set_and_undone_in_slack(ana: SlackPerson, slack: StandInSlack, desk: Desk) -> None:
    async def preferences(**chosen: Any) -> None:
        await ana.command("settings")
        await ana.submit(slack.last("views.update")["view"], chosen)

    async def speaks(**values: Any) -> bool:
        return "wording_use" in said(await in_modal(ana, slack, draft, **values))

    draft, principle = one_rule_speaks(desk)
    assert await speaks()
    await preferences(muted_principles=[principle])
    assert not await speaks()
    await preferences(muted_principles=[])
    assert await speaks()

    await preferences(muted_people=["U7"])
    assert not await speaks(recipient="U7")
    await preferences(muted_people=[])
    assert await speaks(recipient="U7")

    await ana.press(await in_modal(ana, slack, draft), "unhelpful_open")
    await ana.submit(slack.last("views.push")["view"], {"reason": "policy"})
    assert not await speaks()
    await preferences(marks=["clear"])
    assert await speaks()


@pytest.mark.parametrize("reason", list(voice.REASONS))
async def test_what_was_not_helpful_is_not_said_by_a_sibling_of_its_rule_either(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, reason: str
) -> None:
    words = desk.review(Draft(SLIP), DEFAULTS).findings[0]
    await ana.press(await in_modal(ana, slack, SLIP), "unhelpful_open")
    await ana.submit(slack.last("views.push")["view"], {"reason": reason})
    held = await desk.people.preferences(ANA, desk.now)

    again = desk.review(Draft(SLIP), held)
    overlapping = [f for f in again.findings if f.span.start < words.span.end and words.span.start < f.span.end]
    assert [f.rule for f in overlapping if f.principle == words.principle] == []


async def test_a_snooze_is_undone_in_slack(ana: SlackPerson, slack: StandInSlack, desk: Desk) -> None:
    await desk.people.change(ANA, snoozed_until=desk.start_of("2026-12-03"))
    await ana.command("settings")
    view = slack.last("views.update")["view"]
    for block in view["blocks"]:
        block.get("element", {}).pop("initial_date", None)  # what Slack sends once the day was cleared
    await ana.submit(view, {})

    assert not (await desk.people.preferences(ANA, desk.now)).is_snoozed(desk.now)


async def test_praise_is_not_given_for_a_line_that_is_kept_back(desk: Desk) -> None:
    principle = desk.review(Draft(SLIP), DEFAULTS).findings[0].principle
    praised = next(p for p in desk.playbooks.principles if p.id == principle).praise_examples[0]
    review = desk.review(Draft(f"{praised} {SLIP}"), replace(DEFAULTS, principles=frozenset({principle})))

    assert review.held_back and principle not in {p.principle for p in review.praise}


async def test_not_helpful_quiets_a_long_passage_too(ana: SlackPerson, slack: StandInSlack, desk: Desk) -> None:
    from bot.blocks.carry import Carry, unpacked

    words = "half price for you, " * 40
    carried = unpacked(Carry("r", words, "x" * 3_000).packed())

    assert marks_of("r", carried.words, Draft(""), "s") == marks_of("r", words, Draft(""), "s")
