"""`/boundary`: finds the subcommand by its first word; one subcommand per file of `commands`, found by file name."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from difflib import get_close_matches
from http import HTTPStatus
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import voice
from bot.blocks.carry import Form
from bot.blocks.notices import notice
from bot.blocks.words import escaped, unescaped
from bot.slack import commands
from bot.slack.desk import Desk
from bot.slack.door import DraftModal
from bot.slack.payloads import Payload, person_of
from bot.store.people import Person

FEWEST_WORDS_OF_A_DRAFT = 3


class AnswerLostError(Exception):
    """Slack did not take an answer; holds the HTTP status."""


@dataclass(frozen=True)
class Call:
    """One use of `/boundary`: who, where, the words after the subcommand, and the ways to answer."""

    desk: Desk
    person: Person
    text: str
    channel: str
    trigger_id: str
    client: AsyncWebClient
    respond: AsyncRespond
    subcommands: "dict[str, Subcommand]"

    async def answer(self, text: str, blocks: list[dict[str, Any]] | None = None) -> None:
        """Answer so that only the person sees it; raise AnswerLostError where Slack does not take it."""
        said = await self.respond(text=text, blocks=blocks or notice(text), response_type="ephemeral")
        if said.status_code != HTTPStatus.OK:
            raise AnswerLostError(said.status_code)


@dataclass(frozen=True)
class Subcommand:
    """A subcommand: how it is used, what it does, and what runs."""

    usage: str
    about: str
    run: Callable[[Call], Awaitable[None]]
    takes: Callable[[str, Desk], bool]  # whether these words are meant for it, or begin a draft

    @property
    def line(self) -> str:
        """How it is used and what it does, as a line of help."""
        return f"`/boundary {escaped(self.usage)}`  {self.about}"


def load_subcommands() -> dict[str, Subcommand]:
    """Return every subcommand of the folder by its name."""
    modules = {m.name: import_module(f"{commands.__name__}.{m.name}") for m in iter_modules(commands.__path__)}
    return {name: _subcommand(module) for name, module in sorted(modules.items())}


def _subcommand(module: ModuleType) -> Subcommand:
    """Return the subcommand of a file; one whose usage names words takes them, unless its own `takes` knows better."""
    takes = getattr(module, "takes", takes_words if " " in module.USAGE else takes_none)
    return Subcommand(module.USAGE, module.ABOUT, module.run, takes)


class BoundaryCommand:
    """The listener of `/boundary`."""

    def __init__(self, desk: Desk, modal: DraftModal) -> None:
        self._desk = desk
        self._modal = modal
        self._subcommands = load_subcommands()

    def register(self, app: AsyncApp) -> None:
        """Tell Bolt what is listened to."""
        app.command("/boundary")(self.run)

    async def run(self, ack: AsyncAck, command: Payload, client: AsyncWebClient, respond: AsyncRespond) -> None:
        """Acknowledge, then do what the first word says; a draft without `check` is checked as well."""
        await ack()
        text = unescaped(command.get("text") or "").strip()
        person = person_of(command)
        if not text:
            await self._modal.open(client, command["trigger_id"], person, Form(), is_read=False)
            return
        name, rest = self._split(text)
        known = self._subcommands
        call = Call(self._desk, person, rest, command["channel_id"], command["trigger_id"], client, respond, known)
        if name in known:
            await known[name].run(call)
        else:
            await known["help"].run(call)

    def _split(self, text: str) -> tuple[str, str]:
        """Return the subcommand that is most likely meant, and its words; no name for what makes no sense.

        `help`, `tip` and the like stand alone, or with one word more ("tip please"); with a whole sentence behind them they began a
        draft ("help me with the move, and I'll do it at half price"). A word or two that look like a slip of the pen get help.
        """
        first, rest = [*text.split(maxsplit=1), ""][:2]
        words = len(text.split())
        subcommand = self._subcommands.get(first.lower().rstrip(":"))
        if subcommand and (subcommand.takes(rest, self._desk) or words < FEWEST_WORDS_OF_A_DRAFT):
            return first.lower().rstrip(":"), "" if subcommand.takes is takes_none else rest.strip()
        if words >= FEWEST_WORDS_OF_A_DRAFT or (words > 1 and not nearest_of(first, list(self._subcommands))):
            return "check", text
        return "", text


def takes_words(_words: str, _desk: Desk) -> bool:
    """Say of a subcommand that whatever follows it is meant for it."""
    return True


def takes_none(words: str, _desk: Desk) -> bool:
    """Say of a subcommand that it stands alone."""
    return not words


def nearest_of(word: str, known: list[str]) -> str:
    """Return the subcommand that `word` was probably meant to be; empty where none is near."""
    return next(iter(get_close_matches(word.lower(), known, 1)), "")


def unknown_line(words: str, known: list[str]) -> str:
    """Return the line for `words` that are no subcommand, with the nearest one to the first of them."""
    nearest = nearest_of(words.split()[0], known)
    said = voice.UNKNOWN_COMMAND.format(word=escaped(words, 60).replace("`", ""))
    return said + (voice.DID_YOU_MEAN.format(nearest=nearest) if nearest else "")
