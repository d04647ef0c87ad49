"""The composition root: settings in, what runs out; the only module besides the command line that sees everything."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
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

    from bot.local.server import LocalSlack
    from bot.slack.desk import Desk
    from bot.store.database import Database


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

    return Desk(build_library(settings), load_kinds(), People(database), Events(database), clock)


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


async def serve(settings: Settings) -> None:
    """Run the app until it is told to stop: over Socket Mode with an app token, over HTTP without.

    What Slack was told is taken is still worked off. Raise SlackRefusedError where Slack refuses a token.
    """
    await until_stopped(_serve(settings))


async def _serve(settings: Settings) -> None:
    from bot.slack.greeting import greet

    async with opened(settings) as (app, desk, database):
        await greet(app.client, manifest()["oauth_config"]["scopes"]["bot"])
        if settings.uses_socket_mode:
            async with connected(settings, app, desk):
                await asyncio.Event().wait()
        else:
            await _serve_http(settings, app, database)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[tuple["AsyncApp", "Desk", "Database"]]:
    """Hand out the Slack app on a database that is up to date, and close that afterwards."""
    from bot.store.database import Database

    database = Database(settings.database_url)
    try:
        await database.upgrade()
        desk = build_desk(settings, database)
        try:
            yield build_slack(settings, desk), desk, database
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
async def local_workspace(settings: Settings, program: Path) -> AsyncIterator["LocalSlack"]:
    """Run a local Slack and the app in it over Socket Mode, on a database that is gone afterwards."""
    from tempfile import TemporaryDirectory

    from bot.local.gaps import fill_gaps
    from bot.local.page import opened_page
    from bot.local.server import local_slack
    from bot.local.workspace import APP_TOKEN, BOT_TOKEN, SAM, SAM_ASKS, WITH_SAM, workspace

    with TemporaryDirectory(prefix="boundary-") as folder:
        async with local_slack(program, workspace()) as slack:
            local = replace(
                settings,
                database_url=f"sqlite:///{folder}/boundary.db",
                bot_token=BOT_TOKEN,
                app_token=APP_TOKEN,
                slack_api_url=slack.api_url,
            )
            async with opened(local) as (app, desk, _database):
                app.middleware(fill_gaps)
                async with connected(local, app, desk):
                    async with opened_page(slack.url, SAM) as page:
                        await page.types(WITH_SAM, SAM_ASKS)
                        await page.sees_message(SAM_ASKS, by=SAM)
                    yield slack


async def _serve_http(settings: Settings, app: "AsyncApp", database: "Database") -> None:
    from bot.web.pages import web_app
    from bot.web.server import listen

    web = web_app(app, settings.signing_secret, database.is_up)
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
        held["settings"]["interactivity"]["request_url"] = address
        for command in held["features"]["slash_commands"]:
            command["url"] = address
    return held
