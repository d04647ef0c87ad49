"""`boundary check`: a draft in, its review out; rows in, rows out with --jsonl."""

import sys
import time
from collections.abc import Iterator
from enum import IntEnum
from typing import Annotated, Any, Literal

import msgspec
import typer

from bot.cli.inputs import (
    Folders,
    Profession,
    ReadWith,
    Relationship,
    Venue,
    fail,
    one_of,
    open_coach,
    read_bytes,
    read_text,
)
from bot.coach.model import RELATIONSHIPS, VENUES, Draft, Review
from bot.coach.review import Coach


class Exit(IntEnum):
    """What the exit code says."""

    SILENT = 0
    SPEAKS = 1
    COULD_NOT_JUDGE = 2


class Row(msgspec.Struct, forbid_unknown_fields=False):
    """A row of --jsonl."""

    id: str | int
    text: str
    relationship: Literal["client", "friend", "family", "neighbour", "ex-client", "prospect", "unknown"] | None = None
    venue: Literal["dm", "email", "shared-channel", "internal-channel", "public", "unknown"] | None = None
    profession: str | None = None


def command(
    file: Annotated[str, typer.Argument(help="The draft: a file, or - for standard input.")] = "-",
    to: Relationship = "unknown",
    venue: Venue = "unknown",
    profession: Profession = "",
    output: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    jsonl: Annotated[
        str,
        typer.Option(
            "--jsonl", metavar="FILE", help='Review every row {"id","text",...} of FILE (or -), a row out for each.'
        ),
    ] = "",
    layer: ReadWith = "both",
    playbooks: Folders = None,
) -> None:
    """Review a draft before it is sent.

    Exit code 0: nothing to say. 1: it speaks. 2: it could not judge, or bad use.
    """
    if jsonl:
        _review_rows(jsonl, open_coach(playbooks, layer))
        return
    relationship, place = one_of(to, RELATIONSHIPS, "--to"), one_of(venue, VENUES, "--venue")
    one_of(output, ("text", "json"), "--format")
    draft = Draft(read_text(file), relationship, place, profession)
    review = open_coach(playbooks, layer).review(draft)
    if output == "json":
        typer.echo(msgspec.json.encode(as_row(None, review, 0.0)).decode())
    else:
        _show(draft, review)
    raise typer.Exit(exit_code(review))


def exit_code(review: Review) -> Exit:
    """Return what the shell is told about `review`."""
    if review.findings:
        return Exit.SPEAKS
    return Exit.SILENT if review.unread is None else Exit.COULD_NOT_JUDGE


def as_row(row_id: str | int | None, review: Review, milliseconds: float) -> dict[str, Any]:
    """Return `review` as a row of --jsonl."""
    row = {
        "speaks": bool(review.findings),
        "findings": [
            {
                "principle": f.principle,
                "rule": f.rule,
                "severity": f.severity,
                "start": f.span.start,
                "end": f.span.end,
                "text": f.span.text,
                "layer": f.layer,
                "reminder": f.reminder,
                "why": f.why,
                "question": f.question,
                "rewrite": f.rewrite,
            }
            for f in review.findings
        ],
        "praise": [
            {"principle": p.principle, "start": p.span.start, "end": p.span.end, "text": p.span.text, "say": p.say}
            for p in review.praise
        ],
        "unread": review.unread,
        "ms": round(milliseconds, 3),
    }
    return row if row_id is None else {"id": row_id, **row}


def _show(draft: Draft, review: Review) -> None:
    from rich.console import Console

    from bot.cli.render import show_review

    show_review(Console(highlight=False, soft_wrap=not sys.stdout.isatty()), draft, review)


def _review_rows(source: str, coach: Coach) -> None:
    lines = read_bytes(source).splitlines()
    bad = 0
    for out in _rows(lines, coach):
        bad += "error" in out
        typer.echo(msgspec.json.encode(out).decode("utf-8", "replace"))
    if bad:
        raise fail(f"{bad} of {len(lines)} rows could not be read; the others were reviewed")


def _rows(lines: list[bytes], coach: Coach) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line, type=Row)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            yield {"line": number, "error": f"not a row: {error}"}
            continue
        start = time.perf_counter()
        review = coach.review(
            Draft(row.text, row.relationship or "unknown", row.venue or "unknown", row.profession or "")
        )
        yield as_row(row.id, review, (time.perf_counter() - start) * 1000)
