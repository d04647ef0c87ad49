"""`boundary playbooks`: check what you wrote, list what there is, show one, print the schema for editors."""

import json
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from bot.cli.inputs import Folders, fail, open_library, playbook_mistakes_shown
from bot.coach.kinds import load_kinds
from bot.coach.model import Playbooks, Principle, Profession, Rule
from bot.library import builtin_folder, read_folders

app = typer.Typer(help="Check, list and show playbooks; print their schema.", no_args_is_help=True)


@app.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="A folder of your own playbooks; ours if left out.")] = None,
) -> None:
    """Check every playbook as CI does: its shape, its examples against all rules, and that no phrase is untested.

    Prints every problem at once, with file, line and what to write instead. Exit code 0: all is well. 2: it is not.
    """
    from rich.console import Console

    from bot.coach.playbook import load
    from bot.coach.proof import prove, untested
    from bot.coach.robust import fragile

    kinds = load_kinds()
    console = Console(stderr=True)
    with playbook_mistakes_shown():
        files = read_folders([builtin_folder(), *([folder] if folder else [])])
    with console.status("Reading the playbooks"):
        loaded = load(files, kinds)
        problems = list(loaded.problems)
    for name, proof in (
        ("Running every example", prove),
        ("Taking out each phrase in turn", untested),
        ("Typing each flag another way", fragile),
    ):
        if not problems:
            with console.status(name):
                problems = proof(loaded, kinds)
    for problem in sorted(set(problems)):
        typer.echo(str(problem), err=True)
    if problems:
        raise fail(f"{len(set(problems))} problem(s)")
    typer.echo(summary(loaded.playbooks))


@app.command("list")
def list_all(playbooks: Folders = None) -> None:
    """List the principles, their rules and tips, and the professions."""
    held = _open(playbooks)
    for principle in held.principles:
        own = [rule for rule in held.rules if rule.principle == principle.id]
        typer.echo(f"{principle.id:22} {len(own):3} rules {len(principle.tips):3} tips  {principle.title}")
    for profession in held.professions:
        typer.echo(
            f"{profession.id:22} {len([r for r in held.rules if r.profession == profession.id]):3} rules           {profession.title}"
        )
    typer.echo(summary(held))


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="A principle, a rule or a profession.")],
    playbooks: Folders = None,
) -> None:
    """Show all of a principle, a rule or a profession."""
    held = _open(playbooks)
    principle = held.principle(name)
    rule = next((r for r in held.rules if r.id == name), None)
    profession = next((p for p in held.professions if p.id == name), None)
    if principle:
        _show_principle(principle, held)
    elif profession:
        _show_profession(profession)
    elif rule:
        _show_rule(rule)
    else:
        raise fail(f"there is no principle, rule or profession {name}; boundary playbooks list names them")


@app.command()
def schema(
    of: Annotated[str, typer.Argument(help="principles, professions or rules.")] = "principles",
) -> None:
    """Print the JSON Schema of a playbook file, for editors that complete and check as you type."""
    from bot.coach.format import Format
    from bot.coach.playbook import SHAPES

    if of not in SHAPES:
        raise fail(f"there is no such kind of file: {of}; use one of {', '.join(SHAPES)}")
    typer.echo(json.dumps(Format(load_kinds()).schema(SHAPES[of]), indent=1))


def summary(playbooks: Playbooks) -> str:
    """Return the size of `playbooks` in one line."""
    written = sum(len(trigger.patterns) for rule in playbooks.rules for trigger in rule.triggers)
    stands_for = sum(
        pattern.stands_for for rule in playbooks.rules for trigger in rule.triggers for pattern in trigger.patterns
    )
    tips = sum(len(p.tips) for p in playbooks.principles)
    return (
        f"{len(playbooks.principles)} principles, {len(playbooks.professions)} professions, {len(playbooks.rules)} rules, "
        f"{written:,} patterns that stand for {stands_for:,} wordings, {tips} tips"
    )


def _open(folders: list[Path] | None) -> Playbooks:
    with playbook_mistakes_shown():
        return open_library(folders).playbooks()


def _show_principle(principle: Principle, held: Playbooks) -> None:
    typer.echo(
        f"{principle.title}  ({principle.id}, {principle.family})\n\n{principle.idea}\n\nIt never means: {principle.never_means}\n"
    )
    typer.echo(f"Before: “{principle.pair.before}”\nAfter:  “{principle.pair.after}”\n")
    for code in principle.codes:
        typer.echo(f"Source: {code.what} {code.where}, {code.date}")
    typer.echo(f"Seed points: {', '.join(principle.seeds)}\n")
    for rule in held.rules:
        if rule.principle == principle.id:
            typer.echo(f"  {rule.id:32} severity {rule.severity}  {rule.why}")


def _show_profession(profession: Profession) -> None:
    typer.echo(
        f"{profession.title}  ({PurePosixPath(profession.id)})\n\nModel sentence: “{profession.model_sentence}”\n"
    )
    for line in profession.red_lines:
        typer.echo(f"Red line: {line}")
    for post in profession.signposts:
        typer.echo(f"For {post.about}: {post.to}")
    for limit in profession.limits:
        typer.echo(f"Limit on {limit.topic}: {limit.who}, {limit.limit} ({limit.source}, {limit.date})")
    typer.echo(f"\n{profession.policy_note}")


def _show_rule(rule: Rule) -> None:
    typer.echo(f"{rule.id}  ({rule.principle}, {rule.kind}, severity {rule.severity})\n\n{rule.why}\n")
    for name in ("flags", "passes", "near"):
        for line in getattr(rule.examples, name):
            typer.echo(f"{name:7} {line}")
    for rewrite in rule.rewrites:
        typer.echo(f"try     {rewrite}")
