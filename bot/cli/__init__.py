"""The doors for people at a terminal: the only package that prints; one subcommand per file of `commands`, found by file name."""

import sys
from importlib import import_module
from pathlib import Path

import typer

ABOUT = """Reads a draft to a client who is also a friend, and says where a line blurs.

Examples:

  echo "Half price for you, just don't tell the others." | boundary check --to friend

  boundary check reply.txt --venue email --profession lawyer

  boundary tip --principle equal-treatment

  boundary playbooks list
"""


def main() -> None:
    """Run the command line."""
    app_for(sys.argv[1:])()


def app_for(arguments: list[str]) -> typer.Typer:
    """Return the command line; with the name of a subcommand first, only that one is loaded, which makes it start at once."""
    app = typer.Typer(
        help=ABOUT, no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
    )
    app.callback(invoke_without_command=True)(_version)
    names = command_names()
    for name in [n for n in names if n == arguments[0]] or names if arguments else names:
        module = import_module(f"bot.cli.commands.{name}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command(name=name)(module.command)
    return app


def command_names() -> list[str]:
    """Return the subcommands: the file names of `commands`."""
    return sorted(path.stem for path in (Path(__file__).parent / "commands").glob("*.py") if path.stem != "__init__")


def _version(version: bool = typer.Option(False, "--version", help="Say which version this is, and leave.")) -> None:
    if version:
        from importlib.metadata import version as version_of

        from bot.reading import reads_with

        typer.echo(f"boundary-coach {version_of('boundary-coach')}, reading with {reads_with()}")
        raise typer.Exit
