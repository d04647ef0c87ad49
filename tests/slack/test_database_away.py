"""A database that is gone, or that hangs: every door still reviews, in time, and nothing claims to be saved that is not."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.blocks import voice
from bot.slack.desk import Desk
from bot.store.database import Database
from bot.store.people import Person
from tests.slack.person import SlackPerson, find_element
from tests.slack.stand_in import StandInSlack

ANA = Person("T1", "U1")
SLIP = "Hi Sam, since you're a friend I'll do it at half price, just don't mention it to the others."
SLACK_WAITS = 3.0


class SilentEngine:
    """A database behind a network that takes what is sent and answers nothing, until `end` is set."""

    def __init__(self, end: asyncio.Event, real: AsyncEngine) -> None:
        self._end = end
        self.dialect = real.dialect

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[None]:
        await self._end.wait()
        raise OSError("gone after all")
        yield

    begin = connect


class Breaker:
    """Takes the database away in one of three ways, and gives it back."""

    def __init__(self, way: str, database: Database, file: Path) -> None:
        self.way, self._database, self._file = way, database, file
        self._lock: sqlite3.Connection | None = None
        self._silence = asyncio.Event()
        self._real: AsyncEngine | None = None

    async def away(self) -> None:
        if self.way == "gone":
            await self._database.downgrade("base")
        elif self.way == "silent":
            self._real, self._database.engine = (
                self._database.engine,
                SilentEngine(self._silence, self._database.engine),
            )  # type: ignore[assignment]
        else:
            self._lock = sqlite3.connect(self._file, isolation_level=None)
            self._lock.execute("BEGIN IMMEDIATE")

    async def back(self) -> None:
        if self._lock is not None:
            self._lock.rollback()
            self._lock.close()
            self._lock = None
        if self._real is not None:
            self._silence.set()
            self._database.engine, self._real = self._real, None


@pytest.fixture(params=["gone", "locked", "silent"])
async def breaker(request: pytest.FixtureRequest, database: Database, tmp_path: Path) -> AsyncIterator[Breaker]:
    breaker = Breaker(request.param, database, tmp_path / "coach.db")
    yield breaker
    await breaker.back()


def said(call: dict) -> str:
    return json.dumps(call, ensure_ascii=False)


async def test_every_door_reviews_with_what_everybody_starts_with(
    ana: SlackPerson, slack: StandInSlack, breaker: Breaker
) -> None:
    await breaker.away()

    await ana.command(f"check {SLIP}")
    await ana.direct(SLIP)
    await ana.shortcut_on({"text": SLIP})
    read = slack.last("views.update")
    await ana.shortcut()
    answer = await ana.submit(slack.last("views.update")["view"], {"draft_0_0": SLIP, "profession": "lawyer"})
    await breaker.back()

    for review in (slack.last("response"), slack.last("chat.postMessage"), read, answer.json()):
        assert "half price" in said(review) and "wording_use" in said(review)
    assert ana.waited < SLACK_WAITS


async def test_every_button_answers(ana: SlackPerson, slack: StandInSlack, breaker: Breaker) -> None:
    await ana.shortcut()
    view = (await ana.submit(slack.last("views.update")["view"], {"draft_0_0": SLIP})).json()["view"]
    await breaker.away()

    await ana.press(view, "why_open")
    assert slack.last("views.push")["view"]["callback_id"] == "why"
    await ana.press(view, "wording_use", {"draft_0_0": SLIP})
    assert voice.WORDING_USED in said(slack.last("views.update"))
    await ana.press(view, "draft_longer", {"draft_0_0": SLIP})
    assert "draft_0_1" in said(slack.last("views.update"))
    await ana.event({"type": "app_home_opened", "tab": "home", "channel": "D1"})
    assert voice.HOME_ABOUT in said(slack.last("views.publish"))
    for text in ("help", "tip", "principles", "why candour"):
        await ana.command(text)
    assert voice.BROKEN[:20] not in said({"all": slack.transcript})
    assert ana.waited < SLACK_WAITS
    await breaker.back()


async def test_a_modal_opens_before_the_database_is_asked(
    ana: SlackPerson, slack: StandInSlack, breaker: Breaker
) -> None:
    await breaker.away()
    opened: list[float] = []

    await ana.command("")
    await ana.command("settings")
    await ana.shortcut_on({"text": SLIP})
    opened = [at for (name, _), at in zip(slack.transcript, slack.times, strict=True) if name == "views.open"]
    asked = ana.asked[-3:]
    await breaker.back()

    assert len(opened) == 3
    assert all(when - before < 0.5 for before, when in zip(asked, opened, strict=True))


async def test_what_is_not_saved_is_not_called_saved(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, breaker: Breaker
) -> None:
    await ana.shortcut()
    view = (await ana.submit(slack.last("views.update")["view"], {"draft_0_0": SLIP})).json()["view"]
    await ana.press(view, "unhelpful_open")
    unhelpful = slack.last("views.push")["view"]
    await ana.press(view, "why_open")
    why = slack.last("views.push")["view"]
    await ana.command("settings")
    preferences = slack.last("views.update")["view"]
    await breaker.away()

    answers = [
        (await ana.submit(unhelpful, {"reason": "wrong"})).text,
        (await ana.submit(preferences, {"profession": "lawyer"})).text,
    ]
    await ana.press(why, "principle_mute")
    answers.append(said(slack.last("views.update")))
    assert find_element(slack.last("views.update")["view"]["blocks"], "principle_mute")
    await ana.command("forget")
    if breaker.way != "locked":  # what is held can still be read there
        answers.append(said(slack.last("response")))
    await breaker.back()

    for answer in answers:
        held = answer.encode().decode("unicode_escape", "ignore") + answer
        assert voice.NOT_SAVED[:20] in held or voice.MAYBE_SAVED[:20] in held, answer
    assert ana.waited < SLACK_WAITS


async def test_preferences_that_cannot_be_read_are_not_shown_as_if_they_were_empty(
    ana: SlackPerson, slack: StandInSlack, breaker: Breaker
) -> None:
    await breaker.away()

    await ana.command("settings")
    await breaker.back()

    view = slack.last("views.update")["view"]
    if breaker.way == "locked":  # a writer keeps no reader waiting
        assert "submit" in view
    else:
        assert voice.PREFERENCES_AWAY in said(view) and "submit" not in view


async def test_muting_one_line_from_its_page_keeps_what_was_muted_before(
    ana: SlackPerson, slack: StandInSlack, desk: Desk
) -> None:
    await desk.people.mute(ANA, "principle", ["money-ties"])
    await ana.command("")
    await ana.command("why candour-first")
    page = slack.last("response")
    await ana.press(page, "principle_mute")

    held = await desk.people.preferences(ANA, desk.now)
    assert held.principles == {"money-ties", "candour-first"}
    assert voice.MUTED in said(slack.last("response"))


async def test_health_and_readiness_tell_apart_a_process_and_its_database(
    http: httpx.AsyncClient, breaker: Breaker, request: pytest.FixtureRequest
) -> None:
    assert (await http.get("/readyz")).status_code == 200
    await breaker.away()

    if "gone" not in request.node.name:
        answers = [await http.get("/readyz") for _ in range(2)]
        assert [a.status_code for a in answers] == [503, 503]
    assert (await http.get("/healthz")).status_code == 200
    await breaker.back()


async def test_readiness_comes_back_with_the_database(database: Database, tmp_path: Path) -> None:
    lock = sqlite3.connect(tmp_path / "coach.db", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    first = await database.is_up()
    lock.rollback()
    lock.close()

    assert not first
    assert await database.is_up() or await database.is_up()


async def test_an_event_is_answered_once_while_the_database_is_away(
    ana: SlackPerson, slack: StandInSlack, breaker: Breaker
) -> None:
    await breaker.away()

    for _ in range(3):
        await ana.direct(SLIP, event_id="Ev7")
    await breaker.back()

    assert len(slack.calls("chat.postMessage")) == 1
