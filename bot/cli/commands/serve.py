"""`boundary serve`: the Slack app, over Socket Mode with an app token and over HTTP without."""

import asyncio
from typing import Annotated

import typer

from bot.cli.inputs import fail, playbook_mistakes_shown, read_settings
from bot.settings import SettingsError


def command(
    worker: Annotated[
        bool | None,
        typer.Option("--worker/--no-worker", help="Deliver tips and reminders too; on SQLite that is the default."),
    ] = None,
) -> None:
    """Run the Slack app until it is told to stop.

    With SLACK_APP_TOKEN it connects out to Slack (Socket Mode, no public address needed); with SLACK_SIGNING_SECRET it listens
    on HOST and PORT for Slack's requests. README names every setting.
    """
    from bot.app import serve
    from bot.logs import set_up
    from bot.slack.greeting import SlackRefusedError
    from bot.store.database import StoreDownError
    from bot.web.server import NoAddressError

    settings = read_settings()
    try:
        settings.require_slack()
    except SettingsError as error:
        raise fail(str(error)) from None
    set_up(settings.log_level)
    way = "Socket Mode" if settings.uses_socket_mode else f"http://{settings.host}:{settings.port}/slack/events"
    typer.echo(f"Boundary Coach over {way}; Ctrl-C stops it", err=True)
    try:
        with playbook_mistakes_shown():
            asyncio.run(serve(settings, delivers=settings.is_embedded if worker is None else worker))
    except (SlackRefusedError, NoAddressError) as error:
        raise fail(str(error)) from None
    except StoreDownError as error:
        raise fail(f"the database does not answer ({error}); check DATABASE_URL") from None
