"""Direct messages: a review in the thread, once, and a quiet word after an edit."""

import asyncio
import json

import httpx
from sqlalchemy import select

from bot.app import build_desk, build_slack
from bot.blocks import voice
from bot.settings import Settings
from bot.slack.desk import Desk
from bot.store.database import Database
from bot.store.tables import seen_events
from bot.web.pages import web_app
from tests.slack.conftest import Clock
from tests.slack.person import SECRET, SlackPerson
from tests.slack.stand_in import StandInSlack

SLIP = "Hi Sam, since you're a friend I'll do it at half price, just don't mention it to the others."
FINE = "Hi Sam, I keep one price for everybody, so it is the listed fee."


def said(slack: StandInSlack) -> list[str]:
    return [json.dumps(call, ensure_ascii=False) for call in slack.calls("chat.postMessage")]


async def test_a_draft_gets_its_review_in_the_thread(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.direct(SLIP, ts="100.7")

    call = slack.last("chat.postMessage")
    assert call["thread_ts"] == "100.7" and "half price" in json.dumps(call)
    assert voice.HEADINGS[2] in call["text"]


async def test_help_is_answered(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.direct("Help!")

    assert "/boundary check" in slack.last("chat.postMessage")["text"]


async def test_an_event_that_slack_sends_again_is_answered_once(ana: SlackPerson, slack: StandInSlack) -> None:
    for _ in range(3):
        await ana.direct(SLIP, event_id="Ev42")

    assert len(said(slack)) == 1


async def test_an_event_whose_answer_failed_is_answered_when_slack_sends_it_again(
    ana: SlackPerson, slack: StandInSlack
) -> None:
    slack.fail("chat.postMessage", status=500)
    await ana.direct(SLIP, event_id="Ev42")
    slack.failing.clear()
    await ana.direct(SLIP, event_id="Ev42")

    assert "half price" in said(slack)[-1]


async def test_an_edit_that_mends_the_line_gets_a_quiet_word(ana: SlackPerson, slack: StandInSlack) -> None:
    await edit(ana, SLIP, FINE)

    assert len(said(slack)) == 1 and "Nice edit" in said(slack)[0]


async def test_an_edit_that_changes_nothing_about_it_gets_silence(ana: SlackPerson, slack: StandInSlack) -> None:
    await edit(ana, SLIP, SLIP + " See you soon.")
    await edit(ana, SLIP, SLIP)

    assert not said(slack)


async def edit(ana: SlackPerson, before: str, after: str) -> None:
    await ana.event(
        {
            "type": "message",
            "subtype": "message_changed",
            "channel": "D1",
            "channel_type": "im",
            "ts": "101.1",
            "user": None,
            "message": {"type": "message", "user": "U1", "text": after, "ts": "100.1"},
            "previous_message": {"type": "message", "user": "U1", "text": before, "ts": "100.1"},
        }
    )


async def test_bots_and_channels_are_never_read(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.direct(SLIP, bot_id="B7")
    await ana.event({"type": "message", "channel": "C1", "channel_type": "channel", "text": SLIP, "ts": "1.1"})

    assert not said(slack)


async def test_a_message_without_text_is_told(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.direct("", subtype="file_share")

    assert slack.last("chat.postMessage")["text"] == voice.NO_TEXT


async def test_the_messages_tab_offers_prompts_and_lives_without_that_scope(
    ana: SlackPerson, slack: StandInSlack
) -> None:
    slack.fail("assistant.threads.setSuggestedPrompts", "missing_scope")

    await ana.event({"type": "app_home_opened", "tab": "messages", "channel": "D1"})

    assert len(slack.last("assistant.threads.setSuggestedPrompts")["prompts"]) == 3
    assert not said(slack)


async def test_an_event_that_comes_twice_at_the_same_moment_is_answered_once(
    ana: SlackPerson, slack: StandInSlack
) -> None:
    await asyncio.gather(*(ana.direct(SLIP, event_id="Ev42") for _ in range(4)))

    assert len(said(slack)) == 1


async def test_an_event_is_answered_once_by_two_processes(
    ana: SlackPerson, slack: StandInSlack, settings: Settings, database: Database, clock: Clock
) -> None:
    other = build_desk(settings, database, clock)
    web = web_app(build_slack(settings, other), SECRET, database.is_up)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://other") as client:
        twin = SlackPerson(client, slack)
        await asyncio.gather(*(one.direct(SLIP, event_id="Ev42") for one in (ana, twin)))

    assert len(said(slack)) == 1


async def test_an_event_is_known_for_days_and_then_let_go(
    ana: SlackPerson, desk: Desk, clock: Clock, database: Database
) -> None:
    await ana.direct(SLIP, event_id="Ev42")
    clock.move(days=4)
    await ana.direct(SLIP, event_id="Ev43")

    async with database.begin() as connection:
        kept = (await connection.execute(select(seen_events.c.event_id, seen_events.c.state))).all()
    assert [tuple(row) for row in kept] == [("Ev43", "done")]
