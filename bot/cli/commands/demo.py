"""`boundary demo`: the reviews of a few bundled drafts, to see what this does in ten seconds."""

from pathlib import Path

import msgspec
import typer
from rich.console import Console
from rich.rule import Rule

from bot.cli.inputs import Folders, open_coach
from bot.cli.render import show_review
from bot.coach.model import Draft

DRAFTS = Path(__file__).parents[1] / "drafts.jsonl"
YOUR_TURN = 'Your turn:  echo "your draft" | boundary check --to friend'


def command(playbooks: Folders = None) -> None:
    """Show the reviews of a few bundled drafts."""
    coach = open_coach(playbooks)
    console = Console(highlight=False)
    for line in DRAFTS.read_text("utf-8").splitlines():
        row = msgspec.json.decode(line, type=dict[str, str])
        draft = Draft(row["text"], row["relationship"], row["venue"], row["profession"])
        console.print(Rule(f"{draft.profession} to {draft.relationship}, {draft.venue}", style="dim"))
        show_review(console, draft, coach.review(draft))
        if coach.review(draft).unread is not None:
            console.print(draft.text, style="dim", markup=False)
    typer.echo(f"\n{YOUR_TURN}")
