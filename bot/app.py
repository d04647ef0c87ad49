"""The composition root: settings in, what runs out; the only module besides the command line that sees everything."""

import asyncio
import json
import signal
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.coach.kinds import load_kinds
from bot.coach.review import LONGEST_DRAFT, Coach
from bot.library import Library, builtin_folder
from bot.settings import Settings

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

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
    """Run the app until SIGTERM or SIGINT: over Socket Mode with an app token, over HTTP without.

    What was answered before the stop is still worked off. Raise SlackRefusedError where Slack refuses a token.
    """
    from bot.slack.greeting import greet
    from bot.store.database import Database

    database = Database(settings.database_url)
    await database.upgrade()
    try:
        desk = build_desk(settings, database)
        app = build_slack(settings, desk)
        stopped = _stop_signal()
        await greet(app.client, manifest()["oauth_config"]["scopes"]["bot"])
        if settings.uses_socket_mode:
            await _serve_socket(settings, app, desk, stopped)
        else:
            await _serve_http(settings, app, database, stopped)
        await desk.settled()
    finally:
        await database.close()


def _stop_signal() -> asyncio.Event:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    return stopped


async def _serve_socket(settings: Settings, app: "AsyncApp", desk: "Desk", stopped: asyncio.Event) -> None:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.socket_mode import stay_connected

    client = AsyncWebClient(token=settings.app_token, base_url=settings.slack_api_url)
    await stay_connected(app, client, desk.running, stopped)


async def _serve_http(settings: Settings, app: "AsyncApp", database: "Database", stopped: asyncio.Event) -> None:
    from bot.web.pages import web_app
    from bot.web.server import listen

    web = web_app(app, settings.signing_secret, database.is_up)
    await listen(web, settings.host, settings.port, stopped)


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
