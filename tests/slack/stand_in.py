"""A stand-in for Slack on loopback: answers the Web API over real HTTP, keeps a transcript, and fails when told to."""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class StandInSlack:
    """What the app said to Slack, and how Slack answers."""

    url: str = ""
    transcript: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    zones: dict[str, str] = field(default_factory=dict)
    failing: dict[str, tuple[int, dict[str, Any], dict[str, str]]] = field(default_factory=dict)
    held: dict[str, asyncio.Event] = field(default_factory=dict)
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    acknowledged: list[str] = field(default_factory=list)
    scopes: str = "commands,chat:write,im:history"
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)
    _socket: web.WebSocketResponse | None = None
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def calls(self, method: str) -> list[dict[str, Any]]:
        """Return the arguments of every call of `method`, in order."""
        return [arguments for name, arguments in self.transcript if name == method]

    def last(self, method: str) -> dict[str, Any]:
        return self.calls(method)[-1]

    def fail(self, method: str, error: str = "", status: int = 200, headers: dict[str, str] | None = None) -> None:
        """Make every further call of `method` fail, with Slack's `error` or an HTTP `status`."""
        self.failing[method] = (status, {"ok": False, "error": error or "internal_error"}, headers or {})

    def hold(self, method: str) -> asyncio.Event:
        """Let calls of `method` wait for the event that is returned; they are in the transcript once it is set."""
        self.held[method] = asyncio.Event()
        return self.held[method]

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        """Be the other end of Socket Mode."""
        self._socket = web.WebSocketResponse()
        await self._socket.prepare(request)
        await self._socket.send_json({"type": "hello", "connection_info": {"app_id": "A1"}, "num_connections": 1})
        self.connected.set()
        async for message in self._socket:
            async with self._news:
                self.acknowledged.append(json.loads(message.data)["envelope_id"])
                self._news.notify_all()
        return self._socket

    async def acknowledged_all(self, count: int) -> None:
        """Wait until `count` envelopes were acknowledged."""
        async with self._news:
            await self._news.wait_for(lambda: len(self.acknowledged) >= count)

    async def push(self, kind: str, payload: dict[str, Any], envelope: str) -> None:
        """Send an envelope over Socket Mode."""
        assert self._socket is not None
        await self._socket.send_json(
            {"type": kind, "envelope_id": envelope, "payload": payload, "accepts_response_payload": True}
        )

    async def answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        if method in self.held:
            await self.held[method].wait()
        self.transcript.append((method, arguments))
        self.times.append(time.perf_counter())
        if method in self.failing:
            status, body, headers = self.failing[method]
            return web.json_response(body, status=status, headers=headers)
        return web.json_response({"ok": True} | self._body(method, arguments), headers={"x-oauth-scopes": self.scopes})

    def _body(self, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        if method.startswith("views."):
            view = arguments.get("view") or {}
            return {"view": {"id": arguments.get("view_id") or f"V{next(self._numbers)}", "hash": "h", **view}}
        if method == "auth.test":
            return {"user_id": "UBOT", "bot_id": "BBOT", "team_id": "T1", "url": "https://example.slack.com/"}
        if method == "apps.connections.open":
            return {"url": f"{self.url.replace('http', 'ws', 1)}/socket"}
        if method == "users.info":
            return {"user": {"id": arguments["user"], "tz": self.zones.get(arguments["user"], "")}}
        return {"ts": f"{next(self._numbers)}.000100", "channel": arguments.get("channel", "")}


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    posted = {**request.query, **(await request.post())}
    return {key: _value(str(value)) for key, value in posted.items()}


def _value(text: str) -> Any:
    try:
        return json.loads(text) if text[:1] in "[{" else text
    except ValueError:
        return text


@asynccontextmanager
async def stand_in_slack() -> AsyncIterator[StandInSlack]:
    """Run a stand-in on a free port of loopback."""
    slack = StandInSlack()
    app = web.Application()
    app.router.add_route("*", "/api/{method}", slack.answer)
    app.router.add_get("/socket", slack.socket)
    app.router.add_route("*", "/{method:response}/{any}", slack.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield slack
    await runner.cleanup()
