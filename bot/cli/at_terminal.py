"""The reviews of a few bundled drafts at the terminal, for machines where no local Slack runs."""

from pathlib import Path

import msgspec
import typer
from rich.console import Console
from rich.rule import Rule

from bot.cli.render import show_review
from bot.coach.model import Draft
from bot.coach.review import Coach

DRAFTS = Path(__file__).parent / "drafts.jsonl"
YOUR_TURN = 'Your turn:  echo "your draft" | boundary check --to friend'


def show_drafts(coach: Coach) -> None:
    """Print the bundled drafts with what `coach` says to each."""
    console = Console(highlight=False)
    for line in DRAFTS.read_text("utf-8").splitlines():
        row = msgspec.json.decode(line, type=dict[str, str])
        draft = Draft(row["text"], row["relationship"], row["venue"], row["profession"])
        console.print(Rule(f"{draft.profession} to {draft.relationship}, {draft.venue}", style="dim"))
        review = coach.review(draft)
        show_review(console, draft, review)
        if review.unread is not None:
            console.print(draft.text, style="dim", markup=False)
    typer.echo(f"\n{YOUR_TURN}")
