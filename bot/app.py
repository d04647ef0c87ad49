"""The composition root: settings in, what runs out; the only module besides the command line that sees everything."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.coach.kinds import load_kinds
from bot.coach.review import LONGEST_DRAFT, Coach
from bot.library import Library, builtin_folder
from bot.settings import Settings

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from bot.local.passing import LocalWorkspace
    from bot.slack.desk import Desk
    from bot.store.database import Database
    from bot.store.deliveries import Census, Standing
    from bot.store.subscriptions import Subscriptions
    from bot.tips.clock import Clock, MovableClock
    from bot.tips.drain import Pace
    from bot.tips.mail import Mail
    from bot.tips.meters import Meters
    from bot.tips.worker import Worker


def build_library(settings: Settings, more_folders: Sequence[Path] = ()) -> Library:
    """Return the built-in playbooks with those of `settings` and `more_folders` on top."""
    return Library([builtin_folder(), *settings.playbooks, *more_folders], load_kinds(), settings.cache)


def build_coach(library: Library, longest: int = LONGEST_DRAFT) -> Coach:
    """Return a coach with the newest good playbooks of `library`; raise PlaybookError where there are none."""
    return Coach(library.playbooks(), load_kinds(), longest)


def utc_now() -> datetime:
    """Return the time; the one clock that is not an argument."""
    return datetime.now(UTC)


def build_desk(settings: Settings, database: "Database", clock: Callable[[], datetime] = utc_now) -> "Desk":
    """Return what the listeners share."""
    from bot.slack.desk import Desk
    from bot.store.events import Events
    from bot.store.people import People
    from bot.store.readers import Readers

    remembered = People(database), Events(database), Readers(database), build_subscriptions(settings, database)
    return Desk(build_library(settings), load_kinds(), *remembered, clock)


def build_subscriptions(settings: Settings, database: "Database") -> "Subscriptions":
    """Return who takes the tip; notes are encrypted with the keys of `settings`."""
    from bot.store.subscriptions import Subscriptions
    from bot.store.vault import Vault
    from bot.tips.calendar import due_after

    return Subscriptions(database, Vault(settings.secret_keys), due_after)


def build_slack(settings: Settings, desk: "Desk") -> "AsyncApp":
    """Return the Slack app with all its listeners; requests are always verified."""
    from slack_bolt.async_app import AsyncApp
    from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.blocks import voice
    from bot.slack.listeners import register

    client = AsyncWebClient(token=settings.bot_token, base_url=settings.slack_api_url)
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=2))
    # Over Socket Mode nothing is signed and the secret is not used; an empty one would switch verification off.
    secret = settings.signing_secret or settings.app_token
    app = AsyncApp(
        client=client,
        signing_secret=secret,
        raise_error_for_unhandled_request=True,
        user_facing_authorize_error_message=voice.SLACK_AWAY,
    )
    register(app, desk)
    return app


def build_worker(
    settings: Settings,
    database: "Database",
    desk: "Desk",
    mail: "Mail",
    meters: "Meters",
    pace: "Pace | None" = None,
    clock: "Clock | None" = None,
) -> "Worker":
    """Return what plans and delivers; by the clock of this machine, if no other is given."""
    from functools import partial

    from bot.store.deliveries import Deliveries
    from bot.store.vault import Vault
    from bot.tips.calendar import due_after
    from bot.tips.clock import MachineClock
    from bot.tips.drain import Drain, Pace
    from bot.tips.engine import memory_engine, postgres_engine
    from bot.tips.letters import Letters
    from bot.tips.planner import Planner
    from bot.tips.worker import Worker

    clock, held = clock or MachineClock(), pace or Pace()
    deliveries = Deliveries(database, due_after)
    vault = Vault(settings.secret_keys)
    letters = Letters(lambda: desk.playbooks, desk.professions_of, desk.people, desk.readers, vault)
    drain = Drain(deliveries, letters.write, mail, meters, clock, held, settings.resends_in_doubt)
    open_engine = (
        partial(memory_engine, held.lease)
        if settings.is_embedded
        else partial(postgres_engine, settings.database_url, held.lease)
    )
    return Worker(open_engine, Planner(deliveries, meters, clock), drain, clock, held)


@asynccontextmanager
async def delivering(
    settings: Settings, database: "Database", desk: "Desk", clock: "Clock | None" = None
) -> AsyncIterator["Meters"]:
    """Deliver tips and reminders in the background; yield the meters, and end cleanly."""
    from prometheus_client import start_http_server

    from bot.tips.mail import SlackMail, delivery_session, slack_client
    from bot.tips.meters import Meters

    stopped, meters = asyncio.Event(), Meters()
    async with delivery_session() as session:
        client = slack_client(settings.bot_token, settings.slack_api_url, session)

        async def client_of(_team: str) -> Any:
            return client

        worker = build_worker(settings, database, desk, SlackMail(client_of), meters, clock=clock)
        page = (
            start_http_server(settings.metrics_port, settings.host, meters.registry) if settings.metrics_port else None
        )
        working = asyncio.create_task(worker.run(stopped))
        try:
            yield meters
        finally:
            stopped.set()
            await working
            if page:
                page[0].shutdown()


async def work(settings: Settings) -> None:
    """Deliver tips and reminders until told to stop."""
    from bot.store.database import Database

    database = Database(settings.database_url)
    await database.upgrade()
    desk = build_desk(settings, database)
    async with delivering(settings, database, desk):
        await until_stopped(_for_ever())
    await database.close()


async def standing(settings: Settings) -> tuple["Standing", "Census"]:
    """Return how deliveries stand, from the ledger."""
    from bot.store.database import Database
    from bot.store.deliveries import Deliveries
    from bot.tips.calendar import due_after

    database = Database(settings.database_url)
    deliveries, now = Deliveries(database, due_after), int(utc_now().timestamp())
    try:
        return await deliveries.standing(now), await deliveries.census(now)
    finally:
        await database.close()


async def serve(settings: Settings, delivers: bool) -> None:
    """Run the app until told to stop: over Socket Mode with an app token, over HTTP without; and deliver tips if asked.

    What Slack was told is taken is still worked off. Raise SlackRefusedError where Slack refuses a token.
    """
    await until_stopped(_serve(settings, delivers))


async def _serve(settings: Settings, delivers: bool) -> None:
    from bot.slack.greeting import greet

    async with (
        opened(settings) as (app, database, desk),
        delivering(settings, database, desk) if delivers else nullcontext() as meters,
    ):
        await greet(app.client, manifest()["oauth_config"]["scopes"]["bot"])
        if settings.uses_socket_mode:
            async with connected(settings, app, desk):
                await _for_ever()
        else:
            await _serve_http(settings, app, database, meters)


@asynccontextmanager
async def opened(
    settings: Settings, clock: Callable[[], datetime] = utc_now
) -> AsyncIterator[tuple["AsyncApp", "Database", "Desk"]]:
    """Hand out the Slack app, its database brought up to date and its desk, and close all afterwards."""
    from bot.store.database import Database

    database = Database(settings.database_url)
    try:
        await database.upgrade()
        desk = build_desk(settings, database, clock)
        try:
            yield build_slack(settings, desk), database, desk
        finally:
            await desk.settled()
    finally:
        await database.close()


@asynccontextmanager
async def connected(settings: Settings, app: "AsyncApp", desk: "Desk") -> AsyncIterator[None]:
    """Connect `app` to Slack over Socket Mode."""
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.socket_mode import connection

    client = AsyncWebClient(token=settings.app_token, base_url=settings.slack_api_url)
    async with connection(app, client, desk.running):
        yield


async def _for_ever() -> None:
    await asyncio.Event().wait()


async def until_stopped(work: Coroutine[Any, Any, None]) -> bool:
    """Run `work`, and end it in order at Ctrl-C, SIGTERM or a terminal that closes; return whether that was what ended it."""
    task = asyncio.create_task(work)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        return True
    return False


@asynccontextmanager
async def local_workspace(settings: Settings, program: Path) -> AsyncIterator["LocalWorkspace"]:
    """Run a local Slack and the app in it over Socket Mode, on a database that is gone afterwards and a clock that can be moved."""
    from functools import partial
    from tempfile import TemporaryDirectory

    from cryptography.fernet import Fernet

    from bot.local.gaps import fill_gaps
    from bot.local.page import opened_page
    from bot.local.passing import LocalWorkspace
    from bot.local.server import local_slack
    from bot.local.workspace import APP_TOKEN, BOT_TOKEN, SAM, SAM_ASKS, WITH_SAM, workspace
    from bot.tips.clock import MovableClock

    clock = MovableClock()
    with TemporaryDirectory(prefix="boundary-") as folder:
        async with local_slack(program, workspace()) as slack:
            local = replace(
                settings,
                database_url=f"sqlite:///{folder}/boundary.db",
                bot_token=BOT_TOKEN,
                app_token=APP_TOKEN,
                slack_api_url=slack.api_url,
                secret_keys=(Fernet.generate_key().decode(),),
                metrics_port=0,
            )
            async with opened(local, clock.utc_now) as (app, database, desk):
                app.middleware(fill_gaps)
                async with delivering(local, database, desk, clock), connected(local, app, desk):
                    async with opened_page(slack.url, SAM) as page:
                        await page.types(WITH_SAM, SAM_ASKS)
                        await page.sees_message(SAM_ASKS, by=SAM)
                    yield LocalWorkspace(slack, partial(_move_on, clock, desk), clock.utc_now)


async def _move_on(clock: "MovableClock", desk: "Desk") -> int | None:
    from bot.local.workspace import TEAM

    due = await desk.subscriptions.first_due(TEAM)
    if due is not None:
        clock.move_to(due)
    return due


async def _serve_http(settings: Settings, app: "AsyncApp", database: "Database", meters: "Meters | None") -> None:
    from bot.web.pages import web_app
    from bot.web.server import listen

    web = web_app(app, settings.signing_secret, database.is_up, meters.page if meters else None)
    await listen(web, settings.host, settings.port)


def manifest(url: str = "") -> dict[str, Any]:
    """Return the app's manifest: for Socket Mode, or for HTTP with the public `url` of this app."""
    inside = Path(__file__).parent / "manifest.json"
    path = inside if inside.is_file() else Path(__file__).parents[1] / "manifest.json"
    held: dict[str, Any] = json.loads(path.read_text("utf-8"))
    held["settings"]["socket_mode_enabled"] = not url
    if url:
        address = f"{url.rstrip('/')}/slack/events"
        held["settings"]["event_subscriptions"]["request_url"] = address
        held["settings"]["interactivity"] |= {"request_url": address, "message_menu_options_url": address}
        for command in held["features"]["slash_commands"]:
            command["url"] = address
    return held
