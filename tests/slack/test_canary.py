"""A planted word goes through every door, with everything failing that can: it reaches its author, and nothing else ever holds it."""

import io
import json
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from slack_sdk.http_retry.builtin_interval_calculators import BackoffRetryIntervalCalculator

from bot.blocks import voice
from bot.coach.problems import PlaybookError
from bot.coach.review import Coach
from bot.coach.scan import Scanner
from bot.logs import set_up
from bot.slack.desk import Desk
from bot.store.database import Database
from bot.store.patience import Patience
from tests.slack.conftest import Clock
from tests.slack.person import FORM, SlackPerson, signed_headers
from tests.slack.stand_in import StandInSlack

CANARY = "quokka7431"
DRAFT = (
    f"Hi Sam, since you're a friend I'll do the {CANARY} at half price, just don't mention the {CANARY} to the others."
    f"\n\nCan you lend me 500 for the {CANARY} until Friday?"
)


@dataclass(eq=False)
class Leaks(logging.Handler):
    """Everything that is logged at any level, as our formatter writes it, and the exceptions that came with it."""

    stream: io.StringIO = field(default_factory=io.StringIO)
    errors: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.DEBUG)

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        while error is not None and error not in self.errors:
            self.errors.append(error)
            error = error.__cause__ or error.__context__

    def of_exceptions(self) -> list[str]:
        return [repr(error) for error in self.errors if CANARY in repr(error)]


@pytest.fixture
def leaks() -> Iterator[Leaks]:
    """Set our logs up as `boundary serve` does, then let every logger there is speak at DEBUG."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    held = Leaks()
    set_up("DEBUG", held.stream)
    root.addHandler(held)
    loggers = [root, *(logging.getLogger(name) for name in logging.root.manager.loggerDict)]
    levels = [(logger, logger.level, logger.disabled) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
        logger.disabled = False
    yield held
    for logger, before, disabled in levels:
        logger.setLevel(before)
        logger.disabled = disabled
    root.handlers, root.level = handlers, level


@dataclass
class World:
    """Everything that a test of leaks may break."""

    ana: SlackPerson
    slack: StandInSlack
    http: httpx.AsyncClient
    desk: Desk
    database: Database
    file: Path
    patch: pytest.MonkeyPatch
    clock: Clock
    undo: list[Callable[[], object]] = field(default_factory=list)


@pytest.fixture
async def world(
    leaks: Leaks,
    ana: SlackPerson,
    slack: StandInSlack,
    http: httpx.AsyncClient,
    desk: Desk,
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    clock: Clock,
) -> AsyncIterator[World]:
    world = World(ana, slack, http, desk, database, tmp_path / "coach.db", monkeypatch, clock)
    # What is waited for before another attempt says nothing about leaks.
    monkeypatch.setattr(desk, "_patience", Patience(0.05))
    monkeypatch.setattr("random.random", lambda: 0.0)
    monkeypatch.setattr(BackoffRetryIntervalCalculator, "calculate_sleep_duration", lambda *_: 0.0)
    yield world
    for step in world.undo:
        step()


async def nothing(world: World) -> None:
    """Leave all well."""


async def database_gone(world: World) -> None:
    await world.database.downgrade("base")


async def database_hangs(world: World) -> None:
    lock = sqlite3.connect(world.file, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    world.undo.append(lock.close)


def slack_fails(error: str = "", status: int = 200, headers: dict[str, str] | None = None) -> Any:
    async def fail(world: World) -> None:
        for method in ("views.open", "views.update", "views.push", "views.publish", "chat.postMessage", "response"):
            world.slack.fail(method, error, status, headers)

    return fail


async def slack_refuses_connections(world: World) -> None:
    world.patch.setattr(world.slack, "url", "http://127.0.0.1:9")

    async def refuse(*_: object, **__: object) -> None:
        raise ConnectionRefusedError(111, "refused")

    world.patch.setattr("slack_sdk.web.async_client.AsyncWebClient.api_call", refuse)


async def a_rule_fails(world: World) -> None:
    def fail(_self: Scanner, reading: Any, *_: object) -> None:
        raise ValueError(reading.original)  # the worst message that an exception can have

    world.patch.setattr(Scanner, "scan", fail)


async def the_answer_fails(world: World) -> None:
    def fail(_self: Coach, draft: Any, *_: object) -> None:
        held = {draft.text: 1}
        try:
            held["x"]
        except KeyError as error:
            raise RuntimeError(draft) from error

    world.patch.setattr(Coach, "review", fail)


async def playbooks_break(world: World) -> None:
    from bot.coach.problems import Problem

    def fail(_self: object) -> None:
        raise PlaybookError([Problem("a.yaml", 1, "broken", "mend it")])

    world.patch.setattr("bot.library.load_folders", fail)
    world.patch.setattr("bot.library._stamp", lambda _folder: object())
    world.clock.move(seconds=10)
    assert world.desk.playbooks


FAILURES = {
    "nothing": nothing,
    "database gone": database_gone,
    "database hangs": database_hangs,
    "500": slack_fails(status=500),
    "429": slack_fails("ratelimited", 429, {"Retry-After": "0"}),
    "expired trigger": slack_fails("expired_trigger_id"),
    "not in channel": slack_fails("not_in_channel"),
    "refused": slack_refuses_connections,
    "a rule": a_rule_fails,
    "the answer": the_answer_fails,
    "playbooks": playbooks_break,
}
# An exception that a test makes of the draft holds it; that the log does not is what is shown.
WITH_THE_DRAFT = {"a rule", "the answer"}


def last_view(world: World) -> dict[str, Any] | None:
    shown = [a["view"] for name, a in world.slack.transcript if name.startswith("views.") and "view" in a]
    return next((v for v in reversed(shown) if v.get("callback_id") == "draft" and "submit" in v), None)


async def through_every_door(world: World, modal: dict[str, Any]) -> list[httpx.Response]:
    """Use the app in every way that takes a draft; return what Slack was answered."""
    ana, answers = world.ana, []
    commands = (
        f"check {DRAFT}",
        DRAFT,
        f"why {CANARY} {DRAFT}",
        CANARY,
        f"chek {CANARY}",
        f"why {CANARY}",
        "tip",
        "",
    )
    answers += [await ana.command(text) for text in commands]
    answers.append(await ana.shortcut_on({"text": DRAFT}))
    answers.append(await ana.shortcut_on({"text": DRAFT * 300}))
    answers.append(await ana.shortcut())
    typed = {"draft_0_0": DRAFT, "profession": "designer"}
    answers.append(await ana.submit(modal, typed))
    buttons = ("wording_use", "review_more", "draft_longer", "why_open", "unhelpful_open")
    answers += [await ana.press(modal, action, typed) for action in buttons]
    pushed = [a["view"] for name, a in world.slack.transcript if name == "views.push" and "reason" in json.dumps(a)]
    answers += [await ana.submit(view, {"reason": "wrong"}) for view in pushed[-1:]]
    answers.append(await ana.direct(DRAFT, ts="7.1"))
    answers.append(await ana.direct(DRAFT, ts="7.1", event_id="Ev1"))
    held = {"type": "message", "user": "U1", "ts": "7.1"}
    changed = {"subtype": "message_changed", "user": None, "ts": "7.2", "channel": "D1", "channel_type": "im"}
    both = {"message": held | {"text": f"{CANARY}!"}, "previous_message": held | {"text": DRAFT}}
    answers.append(await ana.event({"type": "message"} | changed | both))
    answers.append(await ana.event({"type": "app_home_opened", "tab": "home", "channel": "D1"}))
    answers.append(await ana.command("forget"))
    answers += await junk(world)
    return answers


async def junk(world: World) -> list[httpx.Response]:
    """Send what nobody can read, and what nobody signed."""
    bodies = [f'{{"type": "{CANARY}", "x": ', f'{{"type": "event_callback", "event": "{CANARY}"}}', f"payload={CANARY}"]
    bodies.append(json.dumps({"type": "block_actions", "actions": [{"action_id": CANARY, "value": CANARY}]}))
    bodies.append(f"command=%2F{CANARY}&text={CANARY}")
    answers = [
        await world.http.post("/slack/events", content=b, headers=signed_headers(b) | {"content-type": FORM})
        for b in bodies
    ]
    return [*answers, await world.http.post("/slack/events", content=CANARY)]


async def prepared(world: World) -> dict[str, Any]:
    """Return the modal with a review in it, from before anything fails."""
    await world.ana.shortcut()
    view = last_view(world)
    assert view
    answer = await world.ana.submit(view, {"draft_0_0": DRAFT})
    held: dict[str, Any] = answer.json()["view"]
    await world.ana.press(held, "unhelpful_open", {"draft_0_0": DRAFT})
    return held


@pytest.mark.parametrize("failure", list(FAILURES))
async def test_a_planted_word_is_nowhere_but_before_its_author(
    world: World, leaks: Leaks, failure: str, capfd: pytest.CaptureFixture[str]
) -> None:
    modal = await prepared(world)
    before = len(world.slack.transcript)
    await FAILURES[failure](world)
    answers = await through_every_door(world, modal)
    pages = [await world.http.get(path) for path in ("/healthz", "/readyz", "/metrics", "/")]
    for step in world.undo:
        step()
    world.undo.clear()
    await world.desk.settled()

    assert leaks.stream.getvalue().count("\n") > 30  # every logger there is had its say
    assert CANARY not in leaks.stream.getvalue()
    assert failure in WITH_THE_DRAFT or leaks.of_exceptions() == []
    assert CANARY not in "".join(capfd.readouterr())
    assert files_with_it(world.file) == []
    assert CANARY not in "".join(page.text for page in pages)
    assert_only_the_author_sees_it(world.slack.transcript[before:], answers)
    if failure == "nothing":
        assert CANARY in json.dumps(world.slack.transcript)


def files_with_it(file: Path) -> list[str]:
    """Return the files of the database, its write-ahead log too, that hold the word."""
    found = sorted(file.parent.glob(f"{file.name}*"))
    assert found
    return [path.name for path in found if CANARY.encode() in path.read_bytes()]


def assert_only_the_author_sees_it(transcript: list[tuple[str, dict[str, Any]]], answers: list[httpx.Response]) -> None:
    broken, expired = voice.BROKEN[:30], voice.EXPIRED
    for name, said in transcript:
        words = json.dumps(said, ensure_ascii=False)
        if CANARY in words:
            assert broken not in words and expired not in words, name
            assert (
                name.startswith("views.")
                or (name == "response" and said["response_type"] == "ephemeral")
                or (name == "chat.postMessage" and said["channel"] == "D1")
            ), name
    for answer in answers:
        if CANARY in answer.text:
            assert answer.json()["response_action"] == "update" and broken not in answer.text


async def test_a_leak_would_be_caught(
    world: World, leaks: Leaks, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    real = Coach.review

    def leaky(self: Coach, draft: Any, *rest: Any) -> Any:
        logging.getLogger("bot.slack.leak").debug("read %s", draft.text)
        return real(self, draft, *rest)

    world.patch.setattr(Coach, "review", leaky)
    await world.ana.command(DRAFT)

    assert CANARY in leaks.stream.getvalue()


async def test_a_leak_into_the_database_would_be_caught(world: World) -> None:
    from bot.store.people import Person

    await world.desk.people.mute(Person("T1", "U1"), "mark", [CANARY])

    assert files_with_it(world.file)


def test_a_leak_through_another_librarys_logger_is_stopped(leaks: Leaks) -> None:
    names = ("slack_bolt.AsyncApp", "slack_sdk.web", "asyncio", "aiosqlite", "sqlalchemy.engine", "uvicorn.access")
    for name in names:
        logging.getLogger(name).error("body: %s", DRAFT)
    try:
        raise ValueError(DRAFT)
    except ValueError:
        logging.getLogger("bot.slack.errors").exception("failed")

    assert all(f'"from": "{name}"' in leaks.stream.getvalue() for name in (*names, "bot.slack.errors"))
    assert CANARY not in leaks.stream.getvalue()
