"""What people hand to the command line: files, standard input, settings; every mistake ends in one sentence and exit code 2."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot.app import build_coach, build_library
from bot.coach.model import RELATIONSHIPS, VENUES
from bot.coach.problems import PlaybookError
from bot.coach.review import Coach
from bot.library import Library
from bot.settings import Settings, SettingsError, from_environment

BAD_USE = 2
MOST_BYTES = 64_000_000

Folders = Annotated[
    list[Path] | None,
    typer.Option("--playbooks", help="A folder of playbooks of your own, on top of ours; may be given again."),
]
Relationship = Annotated[str, typer.Option("--to", help=f"Who it goes to: {', '.join(RELATIONSHIPS)}.")]
Venue = Annotated[str, typer.Option("--venue", help=f"Where it will stand: {', '.join(VENUES)}.")]
Profession = Annotated[
    str, typer.Option("--profession", help="The author's profession in your own words, such as 'tax adviser'.")
]


def fail(sentence: str) -> typer.Exit:
    """Say what is wrong in one sentence, on standard error; return what ends the program."""
    typer.echo(f"boundary: {sentence}", err=True)
    return typer.Exit(BAD_USE)


def read_settings() -> Settings:
    """Return the settings of the environment; end in one sentence where they make no sense."""
    try:
        return from_environment(os.environ)
    except SettingsError as error:
        raise fail(str(error)) from None


def forget_proxies() -> None:
    """Let this process talk to its own machine: Slack's SDK sends that to a proxy of the environment as well."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        os.environ.pop(name, None)


@contextmanager
def playbook_mistakes_shown() -> Iterator[None]:
    """Turn the mistakes of a playbook's author into lines on standard error and exit code 2."""
    try:
        yield
    except PlaybookError as error:
        for problem in error.problems:
            typer.echo(str(problem), err=True)
        raise fail(f"{len(error.problems)} problem(s) in the playbooks") from None


def open_library(folders: list[Path] | None) -> Library:
    """Return the library of playbooks that the environment and `folders` ask for."""
    return build_library(read_settings(), folders or ())


def open_coach(folders: list[Path] | None) -> Coach:
    """Return a coach, or end with the problems of its playbooks."""
    with playbook_mistakes_shown():
        return build_coach(open_library(folders))


def read_bytes(source: str) -> bytes:
    """Return what `source` holds, a file or '-' for standard input."""
    if source == "-":
        return sys.stdin.buffer.read(MOST_BYTES)
    path = Path(source)
    if path.is_dir():
        raise fail(f"{source} is a folder; name a file, or - for standard input")
    try:
        return path.read_bytes()
    except OSError as error:
        raise fail(f"{source} can't be read: {(error.strerror or 'unknown reason').lower()}") from None


def read_text(source: str) -> str:
    """Return the text of `source`; what is not UTF-8 text ends with one sentence."""
    held = read_bytes(source)
    try:
        text = held.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise fail(f"{source} is not UTF-8 text") from None
    if "\x00" in text:
        raise fail(f"{source} is a binary file, not text")
    return text


def one_of(value: str, known: tuple[str, ...], option: str) -> str:
    """Return `value` if it is one of `known`."""
    if value not in known:
        raise fail(f"{option} {value} is unknown; use one of {', '.join(known)}")
    return value
