"""`boundary tip`: the tip of the week, of all principles or of one."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.cli.inputs import Folders, fail, open_library, playbook_mistakes_shown
from bot.coach.tips import tip_of_week


def command(
    principle: Annotated[
        str, typer.Option("--principle", metavar="ID", help="Only tips of this principle, such as equal-treatment.")
    ] = "",
    week: Annotated[int | None, typer.Option(help="Another week of the year than this one.")] = None,
    playbooks: Folders = None,
) -> None:
    """Show the tip of the week: one behaviour, a before and an after, an if-then plan, two minutes of practice."""
    with playbook_mistakes_shown():
        held = open_library(playbooks).playbooks()
    if principle and held.principle(principle) is None:
        raise fail(f"there is no principle {principle}; boundary playbooks list names them all")
    chosen = tip_of_week(held, datetime.now(UTC).isocalendar().week if week is None else week, principle)
    if chosen is None:
        raise fail("these playbooks hold no tips")
    principle_id, tip = chosen
    typer.echo(f"{tip.title}  ({principle_id})\n\n{tip.text}\n")
    typer.echo(f"Before: “{tip.before}”\nAfter:  “{tip.after}”\n")
    typer.echo(f"Plan: {tip.plan}\nTwo minutes: {tip.practice}")
