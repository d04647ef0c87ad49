"""Reminders: a note that the person typed, and a draft to look at again; never the draft itself."""

import json
from dataclasses import replace
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from bot.app import build_desk, build_slack
from bot.blocks import voice
from bot.settings import Settings
from bot.slack.desk import Desk
from bot.store.database import Database
from bot.store.people import Person
from bot.store.subscriptions import MOST_REMINDERS
from bot.store.tables import METADATA
from bot.web.pages import web_app
from tests.slack.conftest import Clock, Post
from tests.slack.person import SECRET, SlackPerson, find_element
from tests.slack.stand_in import StandInSlack

ANA = Person("T1", "U1")
SLIP = "Hi Sam, since you're a friend I'll do it at half price, just don't mention it to the others."


def shown(held: Any) -> str:
    return json.dumps(held, ensure_ascii=False)


async def answer(ana: SlackPerson, slack: StandInSlack, text: str) -> dict:
    await ana.command(text)
    return slack.last("response")


async def everything_in(database: Database) -> str:
    async with database.begin() as connection:
        return str([(await connection.execute(select(table))).all() for table in METADATA.sorted_tables])


async def test_a_note_comes_back_at_its_hour_in_a_direct_message(
    ana: SlackPerson, slack: StandInSlack, clock: Clock, post: Post, database: Database
) -> None:
    slack.zones["U1"] = "Europe/Berlin"
    set_ = await answer(ana, slack, "remind me to ring Sam <!here> tomorrow 9:00")
    kept = await everything_in(database)
    clock.move(hours=21, minutes=59)
    early = await post.deliver()
    clock.move(minutes=1)

    assert "Thursday 26 November at 9:00: “ring Sam &lt;!here&gt;”" in set_["text"]
    assert (early, await post.deliver()) == (0, 1)
    assert slack.last("chat.postMessage")["channel"] == "U1" and "ring Sam &lt;!here&gt;" in shown(
        slack.last("chat.postMessage")
    )
    assert "Sam" not in kept and "gAAAA" in kept
    assert "gAAAA" not in await everything_in(database)


async def test_a_reminder_is_taken_back(ana: SlackPerson, slack: StandInSlack, clock: Clock, post: Post) -> None:
    await ana.press(await answer(ana, slack, "remind ring Sam in 2 hours"), "reminder_cancel")
    said = slack.last("response")
    clock.move(hours=3)

    assert said["text"] == voice.REMIND_CANCELLED and said["replace_original"]
    assert await post.deliver() == 0


async def test_only_the_owner_takes_a_reminder_back(
    ana: SlackPerson, ben: SlackPerson, slack: StandInSlack, desk: Desk
) -> None:
    await ben.press(await answer(ana, slack, "remind ring Sam in 2 hours"), "reminder_cancel")

    assert len(await desk.subscriptions.of_person(ANA)) == 1


async def test_alone_it_lists_what_is_waiting_the_soonest_first(ana: SlackPerson, slack: StandInSlack) -> None:
    nothing = await answer(ana, slack, "remind")
    await answer(ana, slack, "remind send the invoice in 3 days")
    await answer(ana, slack, "remind ring Sam in 2 hours")
    listed = shown(await answer(ana, slack, "remind"))

    assert voice.REMIND_NONE in shown(nothing)
    assert 0 < listed.index("ring Sam") < listed.index("send the invoice")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("ring Sam", "no moment"),
        ("tomorrow 9:00", "no note"),
        ("ring Sam tomorrow 9:00", "no zone"),
        ("ring Sam 2025-12-01 UTC/UTC", "no moment"),
    ],
)
async def test_what_is_unclear_gets_a_kind_sentence(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, said: str, why: str
) -> None:
    slack.fail("users.info", "missing_scope")

    assert (await answer(ana, slack, f"remind {said}"))["text"] == voice.REMIND_UNCLEAR[why]
    assert await desk.subscriptions.of_person(ANA) == []


async def test_a_timezone_said_once_is_remembered(ana: SlackPerson, slack: StandInSlack) -> None:
    slack.fail("users.info", "missing_scope")
    await answer(ana, slack, "remind ring Sam tomorrow 9:00 Asia/Kathmandu")

    assert "Friday 27 November at 9:00" in (await answer(ana, slack, "remind ring Kim friday"))["text"]


async def test_a_draft_is_too_long_for_a_note(ana: SlackPerson, slack: StandInSlack, desk: Desk) -> None:
    said = await answer(ana, slack, f"remind {SLIP * 4} in 2 hours")

    assert said["text"] == voice.REMIND_TOO_LONG.format(most=300)
    assert await desk.subscriptions.of_person(ANA) == []


async def test_nobody_has_more_than_fifty(ana: SlackPerson, slack: StandInSlack, desk: Desk) -> None:
    for _ in range(MOST_REMINDERS):
        await desk.subscriptions.remind(ANA, desk.now + 60, "UTC", desk.now)
    await ana.command(SLIP)
    review = slack.last("response")
    await ana.press(review, "review_later")

    assert slack.last("response")["text"] == voice.REMIND_TOO_MANY
    assert (await answer(ana, slack, "remind ring Sam in 2 hours"))["text"] == voice.REMIND_TOO_MANY


async def test_without_a_key_a_note_is_refused_kindly_and_a_review_can_still_be_put_off(
    settings: Settings, database: Database, clock: Clock, slack: StandInSlack
) -> None:
    keyless = replace(settings, secret_keys=())
    desk = build_desk(keyless, database, clock)
    web = web_app(build_slack(keyless, desk), SECRET, database.is_up)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://coach") as http:
        ana = SlackPerson(http, slack)
        refused = await answer(ana, slack, "remind ring Sam in 2 hours")
        await ana.press(await answer(ana, slack, SLIP), "review_later")

    assert refused["text"] == voice.REMIND_NO_KEY
    assert [held.sealed_note for held in await desk.subscriptions.of_person(ANA)] == [""]


async def review_in(door: str, ana: SlackPerson, slack: StandInSlack) -> dict:
    """Return the review of SLIP, as a message or as a view."""
    if door == "command":
        return await answer(ana, slack, SLIP)
    if door == "direct":
        await ana.direct(SLIP)
        return slack.last("chat.postMessage")
    await ana.interact({"type": "shortcut", "callback_id": "check_draft"})
    checked = await ana.submit(slack.last("views.update")["view"], {"draft_0_0": SLIP})
    return checked.json()["view"]


@pytest.mark.parametrize("door", ["command", "direct", "modal"])
async def test_a_review_is_asked_about_again_tomorrow_without_the_draft(
    ana: SlackPerson, slack: StandInSlack, clock: Clock, post: Post, database: Database, door: str
) -> None:
    slack.zones["U1"] = "Europe/Berlin"
    await ana.press(await review_in(door, ana, slack), "review_later")
    told = slack.last("views.push") if door == "modal" else slack.last("response")
    kept = await everything_in(database)
    clock.move(days=1)

    assert "Thursday 26 November at 9:00" in shown(told)
    assert "half" not in kept and "Sam" not in kept
    assert await post.deliver() == 1
    asked = slack.last("chat.postMessage")
    assert voice.REMINDER_BARE in shown(asked) and "half" not in shown(asked)
    assert find_element(asked["blocks"], "draft_open") and find_element(asked["blocks"], "review_later")


async def test_pressed_twice_it_is_one_reminder(ana: SlackPerson, slack: StandInSlack, desk: Desk) -> None:
    slack.zones["U1"] = "Europe/Berlin"
    review = await answer(ana, slack, SLIP)
    for _ in range(2):
        await ana.press(review, "review_later")

    assert len(await desk.subscriptions.of_person(ANA)) == 1


async def test_where_no_timezone_is_known_tomorrow_is_in_a_day(
    ana: SlackPerson, slack: StandInSlack, desk: Desk
) -> None:
    slack.fail("users.info", "missing_scope")
    await ana.press(await answer(ana, slack, SLIP), "review_later")

    assert [held.next_due_at for held in await desk.subscriptions.of_person(ANA)] == [desk.now + 86_400]
    assert await desk.last_zone(ANA) == ""


async def test_in_the_window_a_reminder_is_taken_back_too(ana: SlackPerson, slack: StandInSlack, desk: Desk) -> None:
    await ana.press(await review_in("modal", ana, slack), "review_later")
    await ana.press(slack.last("views.push")["view"], "reminder_cancel")

    assert voice.REMIND_CANCELLED in shown(slack.last("views.update")) and not await desk.subscriptions.of_person(ANA)


async def test_a_fine_draft_needs_no_second_look(ana: SlackPerson, slack: StandInSlack) -> None:
    assert "review_later" not in shown(
        await answer(ana, slack, "check Hi Sam, the logo is attached, have a good week.")
    )


async def test_a_note_whose_key_is_gone_is_listed_as_such(
    ana: SlackPerson, slack: StandInSlack, database: Database, clock: Clock, settings: Settings, desk: Desk
) -> None:
    from cryptography.fernet import Fernet

    other = build_desk(replace(settings, secret_keys=(Fernet.generate_key().decode(),)), database, clock)
    await other.subscriptions.remind(ANA, desk.now + 60, "", desk.now, "ring Sam")

    assert voice.REMIND_UNREADABLE in shown(await answer(ana, slack, "remind"))
