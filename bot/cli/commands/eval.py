"""`boundary eval`: the figures of labelled drafts, and what differs between two runs."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.progress import track

from bot.cli.inputs import Folders, ReadWith, fail, open_coach, read_bytes
from bot.evaluation import Figures, Judged, Labelled, Share, compare, figures, judge


class Run(msgspec.Struct):
    """A saved run: what --json prints."""

    figures: Figures
    judged: list[Judged]


def command(
    files: Annotated[
        list[str], typer.Argument(help="Labelled drafts (JSON lines); with --compare, two runs saved with --json.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the run as JSON, to be saved and compared.")] = False,
    two_runs: Annotated[
        bool, typer.Option("--compare", help="Show which drafts changed between two saved runs.")
    ] = False,
    layer: ReadWith = "both",
    playbooks: Folders = None,
) -> None:
    """Measure reviews against labelled drafts: precision and recall of speaking, the right principle, the right words, pairs, false alarms.

    Example: boundary eval drafts_a.jsonl drafts_b.jsonl --json > before.json
    """
    if two_runs:
        _show_changes(files)
        return
    rows = [row for file in files for row in _rows(file)]
    judged = _judge_all(rows, playbooks, layer)
    run = Run(figures(judged), judged)
    if as_json:
        typer.echo(msgspec.json.encode(run).decode())
    else:
        _show(run)


def _rows(file: str) -> list[Labelled]:
    rows = []
    for number, line in enumerate(read_bytes(file).splitlines(), 1):
        if line.strip():
            try:
                rows.append(msgspec.json.decode(line, type=Labelled))
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                raise fail(f"{file}:{number}: not a labelled draft: {error}") from None
    return rows


def _judge_all(rows: list[Labelled], playbooks: list[Path] | None, layer: str) -> list[Judged]:
    coach = open_coach(playbooks, layer)
    shown = track(rows, "Reviewing", transient=True, console=Console(stderr=True))
    return judge(shown, coach.review)


def _show(run: Run) -> None:
    held = run.figures
    typer.echo(f"speak: precision {_share(held.precision)}  recall {_share(held.recall)}")
    typer.echo(
        f"principle right {_share(held.principle)}  micro F1 {held.micro_f1:.3f}  span {_share(held.span)}  pairs {_share(held.pairs)}"
    )
    typer.echo("false alarms: " + "  ".join(f"{kind} {_share(share)}" for kind, share in held.false_alarms.items()))
    typer.echo(f"\n{'principle':22} {'recall':>18} {'named':>18} {'precision':>18}")
    for name, shares in held.by_principle.items():
        typer.echo(
            f"{name:22} {_share(shares['recall']):>18} {_share(shares['named']):>18} {_share(shares['precision']):>18}"
        )
    typer.echo(f"\n{'relationship':22} {'recall':>18} {'false alarms':>18}")
    for name, shares in held.by_relationship.items():
        typer.echo(f"{name:22} {_share(shares['recall']):>18} {_share(shares['false alarms']):>18}")


def _share(share: Share) -> str:
    return f"{share.value:.3f} ({share.count}/{share.total})"


def _show_changes(files: list[str]) -> None:
    if len(files) != 2:
        raise fail("--compare takes two saved runs")
    try:
        before, after = (msgspec.json.decode(read_bytes(file), type=Run) for file in files)
    except msgspec.MsgspecError as error:
        raise fail(f"not a saved run: {error}") from None
    changes = compare(before.judged, after.judged)
    for change in changes:
        typer.echo(f"{change.id}  {change.what}")
    lost = sum(change.what.startswith("lost") for change in changes)
    typer.echo(f"{len(changes)} drafts changed, {lost} true positives lost")
