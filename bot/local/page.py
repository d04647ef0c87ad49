"""The page of the local Slack as one person uses it: what they do goes out, what they then see comes in."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp

from bot.local.forms import state_of
from bot.local.transcript import text_of

SECONDS_TO_SEE = 15.0
FOR_THE_APP = {"slash_commands", "interactive", "events_api"}
ACKNOWLEDGED = FOR_THE_APP | {"ack"}  # over HTTP the answer to a request, over Socket Mode a frame of its own

Json = dict[str, Any]


class NotSeenError(Exception):
    """Something that should have come did not; the message says what, and what came instead."""


class Page:
    """The browser page of `user`; each deed starts anew what is looked for, so that nothing old is taken for an answer."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, user: str, patience: float) -> None:
        self._socket = socket
        self._patience = patience
        self._seen: list[Json] = []
        self._since = 0
        self._news = asyncio.Event()
        self.user = user

    async def read(self) -> None:
        """Take in what the server sends until it ends."""
        async for frame in self._socket:
            self._seen.append(frame.json())
            self._news.set()

    async def types(self, channel: str, text: str) -> None:
        """Send a message, or a command where it begins with a slash."""
        if text.startswith("/"):
            command, _, rest = text.partition(" ")
            await self._do("slash_command", channel=channel, command=command, text=rest)
        else:
            await self._do("post_message", channel=channel, text=text)

    async def edits(self, message: Json, text: str) -> None:
        """Change a message of one's own."""
        await self._do("edit_message", channel=message["channel"], ts=message["ts"], text=text)

    async def presses(self, shown: Json, action_id: str) -> None:
        """Press a button of a message or of Home; the page has no working buttons inside modals."""
        block, element = _element(shown, action_id)
        keys = ("type", "action_id", "value", "text")
        action = {key: element[key] for key in keys if key in element} | {"block_id": block["block_id"]}
        await self._do("block_action", channel=shown.get("channel", ""), messageTs=shown.get("ts", ""), action=action)

    async def submits(self, view: Json, typed: Mapping[str, str] | None = None) -> None:
        """Submit a modal with `typed` texts and choices by block id."""
        await self._do("view_submit", values=state_of(view, typed or {}))

    def looks_from_now_on(self) -> None:
        """Look only for what is still to come, as after a deed."""
        self._since = len(self._seen)

    async def sees_changed(self, holds: str) -> Json:
        """Return the next message that was changed and now holds some words."""

        def found(frame: Json) -> Json | None:
            message: Json = frame.get("message") or {}
            return message if frame["t"] == "message_update" and holds in text_of(message) else None

        return await self._until(f"a changed message with “{holds}”", found)

    async def opens_home(self) -> None:
        """Open the app's Home."""
        await self._do("open_home")

    async def sees_app_online(self) -> None:
        """Wait until the app is connected over Socket Mode."""
        await self._until("the app connected", _is_online)

    async def sees_message(self, holds: str, by: str = "") -> Json:
        """Return the next message that holds some words, of the app or of the person named in `by`."""

        def found(frame: Json) -> Json | None:
            message: Json = frame.get("message") or {}
            is_theirs = message.get("user") == by if by else bool(message.get("bot_id"))
            return message if frame["t"] == "message" and is_theirs and holds in text_of(message) else None

        return await self._until(f"a message with “{holds}”", found)

    async def sees_modal(self, holds: str) -> Json:
        """Return the next modal that holds some words."""

        def found(frame: Json) -> Json | None:
            view = (frame.get("stack") or [None])[-1] if frame["t"] == "view" else None
            return view if view and holds in text_of(view) else None

        return await self._until(f"a modal with “{holds}”", found)

    async def sees_errors(self) -> Json:
        """Return the next errors at the boxes of the modal, by block id."""
        return await self._until("errors in the modal", lambda f: f.get("errors") if f["t"] == "view_errors" else None)

    async def sees_home(self, holds: str) -> Json:
        """Return the next Home of this person that holds some words."""

        def found(frame: Json) -> Json | None:
            is_mine = frame["t"] == "home" and frame["user"] == self.user
            return frame["view"] if is_mine and holds in text_of(frame["view"]) else None

        return await self._until(f"Home with “{holds}”", found)

    async def sees_traffic(self, summary: str) -> Json:
        """Return the next line of the traffic between Slack and the app whose summary holds some words."""

        def found(frame: Json) -> Json | None:
            entry: Json = frame.get("entry") or {}
            return entry if summary in entry.get("summary", "") else None

        return await self._until(f"traffic with “{summary}”", found)

    async def sees_all_acknowledged(self) -> None:
        """Wait until the app has acknowledged all that was sent to it."""
        self._since = 0
        await self._until("an acknowledgement of everything", lambda f: None if self._unacknowledged() else f)

    def _unacknowledged(self) -> int:
        traffic: list[tuple[str, str]] = [
            (frame["entry"]["direction"], frame["entry"]["kind"]) for frame in self._seen if frame["t"] == "log"
        ]
        sent = sum(way == "to_bot" and kind in FOR_THE_APP for way, kind in traffic)
        return sent - sum(way == "from_bot" and kind in ACKNOWLEDGED for way, kind in traffic)

    def said_aloud(self) -> list[Json]:
        """Return the app's messages that everybody in a channel can see."""
        messages = [frame["message"] for frame in self._seen if frame["t"] == "message"]
        return [m for m in messages if m.get("bot_id") and m.get("subtype") != "ephemeral" and m["channel"][0] != "D"]

    async def _do(self, deed: str, **more: Any) -> None:
        self.looks_from_now_on()
        await self._socket.send_str(json.dumps({"t": deed, "user": self.user} | more))

    async def _until(self, what: str, found: Callable[[Json], Json | None]) -> Json:
        try:
            async with asyncio.timeout(self._patience):
                index = self._since
                while True:
                    for frame in self._seen[index:]:
                        if (held := found(frame)) is not None:
                            return held
                    index = len(self._seen)
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise NotSeenError(f"{what} did not come within {self._patience:g} seconds") from None


@asynccontextmanager
async def opened_page(url: str, user: str, patience: float = SECONDS_TO_SEE) -> AsyncIterator[Page]:
    """Open the page of the local Slack at `url` as `user`."""
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{url}/ui") as socket:
        page = Page(socket, user, patience)
        reading = asyncio.create_task(page.read())
        try:
            yield page
        finally:
            reading.cancel()
            with suppress(asyncio.CancelledError):
                await reading


def _element(shown: Json, action_id: str) -> tuple[Json, Json]:
    for block in shown["blocks"]:
        for element in block.get("elements") or ():
            if element.get("action_id") == action_id:
                return block, element
    raise NotSeenError(f"there is no button {action_id} to press")


def _is_online(frame: Json) -> Json | None:
    online = [app.get("connected") for app in (frame.get("state") or {}).get("apps", ())]
    return frame if any(online) or (frame.get("t") == "socket_status" and frame.get("connected")) else None
