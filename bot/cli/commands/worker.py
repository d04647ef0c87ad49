"""`boundary worker`: delivers tips and reminders; `boundary worker status` says how that stands."""

import asyncio

import typer

from bot.cli.inputs import fail, playbook_mistakes_shown, read_settings

app = typer.Typer(help="Deliver tips and reminders.", invoke_without_command=True, rich_markup_mode=None)


@app.callback()
def run(context: typer.Context) -> None:
    """Deliver tips and reminders until told to stop: as many of these as you like on Postgres; on SQLite one, or `boundary serve`."""
    if context.invoked_subcommand:
        return
    from bot.app import work
    from bot.logs import set_up
    from bot.store.database import StoreDownError

    settings = read_settings()
    if not settings.bot_token:
        raise fail("not set: SLACK_BOT_TOKEN (OAuth & Permissions, starts with xoxb-)")
    set_up(settings.log_level)
    typer.echo("Boundary Coach delivers; Ctrl-C stops it", err=True)
    try:
        with playbook_mistakes_shown():
            asyncio.run(work(settings))
    except StoreDownError as error:
        raise fail(f"the database does not answer ({error}); check DATABASE_URL") from None


@app.command()
def status() -> None:
    """Say how deliveries stand: what is due, open, in doubt, dead, and why."""
    from bot.app import standing
    from bot.store.database import StoreDownError

    try:
        now, census = asyncio.run(standing(read_settings()))
    except StoreDownError as error:
        raise fail(f"the database does not answer ({error}); check DATABASE_URL") from None
    for name, count in (
        ("subscriptions", census.active),
        ("due, not planned yet", now.due),
        ("planned, not sent yet", now.open),
        ("  of these in doubt", now.in_doubt),
        ("  of these tried before", now.retrying),
        ("  the oldest is late by", f"{now.oldest_seconds} s"),
        ("sent in 24 hours", census.sent_in_a_day),
        *((f"given up: {why}", count) for why, count in sorted(now.dead.items())),
        *((f"ended: {why}", count) for why, count in sorted(census.ended.items())),
    ):
        typer.echo(f"{name:<28}{count:>12}")
