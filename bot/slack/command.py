"""`/boundary`: finds the subcommand by its first word; one subcommand per file of `commands`, found by file name."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import voice
from bot.blocks.carry import Form
from bot.blocks.notices import notice
from bot.blocks.words import escaped
from bot.slack import commands
from bot.slack.desk import Desk
from bot.slack.door import DraftModal
from bot.slack.messages import readable
from bot.slack.payloads import Payload, person_of
from bot.store.people import Person

FEWEST_WORDS_OF_A_DRAFT = 3


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
        """Answer so that only the person sees it."""
        await self.respond(text=text, blocks=blocks or notice(text), response_type="ephemeral")


@dataclass(frozen=True)
class Subcommand:
    """A subcommand: how it is used, what it does, and what runs."""

    usage: str
    about: str
    run: Callable[[Call], Awaitable[None]]


def load_subcommands() -> dict[str, Subcommand]:
    """Return every subcommand of the folder by its name."""
    modules = {m.name: import_module(f"{commands.__name__}.{m.name}") for m in iter_modules(commands.__path__)}
    return {name: Subcommand(module.USAGE, module.ABOUT, module.run) for name, module in sorted(modules.items())}


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
        text = readable(command.get("text") or "").strip()
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
        """Return the subcommand and its words: a known first word, a draft of three words or more, or nothing known."""
        first, _, rest = text.partition(" ")
        if first.lower() in self._subcommands:
            return first.lower(), rest.strip()
        if len(text.split()) >= FEWEST_WORDS_OF_A_DRAFT:
            return "check", text
        return "", text


def unknown_line(word: str, known: list[str]) -> str:
    """Return the line for a `word` that is no subcommand, with the nearest one."""
    nearest = get_close_matches(word.lower(), known, 1)
    said = voice.UNKNOWN_COMMAND.format(word=escaped(word, 60).replace("`", ""))
    return said + (voice.DID_YOU_MEAN.format(nearest=nearest[0]) if nearest else "")
