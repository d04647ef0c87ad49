"""A Slack on loopback that is as strict and as unkind as the real one can be.

It records a message before it answers, so that a client killed in between leaves one that was delivered and not acknowledged.
It allows one message a second in a channel and a burst of so many in a workspace, answers 429 beyond, and sometimes for no reason;
it can be down, and it can drop the connection after it took a message.
"""

import asyncio
import json
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

ME = "BBOT"


@dataclass
class StrictSlack:
    """What was sent, and how it is answered. A workspace is the part of a channel's or person's id before the dash."""

    url: str = ""
    latency: float = 0.05
    per_workspace: float = 10.0
    refuses_one_in: int = 50
    drops_one_in: int = 0
    is_down: bool = False
    knows_history: bool = True
    sent: Counter[str] = field(default_factory=Counter)
    channel_breaches: int = 0
    workspace_breaches: int = 0
    refused: set[str] = field(default_factory=set)
    looked_up: int = 0
    _last: dict[str, float] = field(default_factory=dict)
    _tokens: dict[str, tuple[float, float]] = field(default_factory=dict)
    _history: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    _watchers: list[tuple[Callable[[], bool], asyncio.Event]] = field(default_factory=list)

    @property
    def doubled(self) -> list[str]:
        return [name for name, count in self.sent.items() if count > 1]

    async def until(self, holds: Callable[[], bool], seconds: float = 60) -> None:
        """Wait until something holds, which is looked at after each request."""
        happened = asyncio.Event()
        self._watchers.append((holds, happened))
        self._look()
        async with asyncio.timeout(seconds):
            await happened.wait()

    async def until_sent(self, count: int, seconds: float = 60) -> None:
        await self.until(lambda: len(self.sent) >= count, seconds)

    def _look(self) -> None:
        for holds, happened in self._watchers:
            if holds():
                happened.set()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        arguments = await _arguments(request)
        if self.is_down:
            return web.Response(status=503, text="down")
        method = request.match_info["method"]
        if method == "chat.postMessage":
            return await self._post(request, arguments)
        if method == "auth.test":
            return web.json_response({"ok": True, "bot_id": ME, "user_id": "UBOT", "team_id": "T0"})
        if method == "conversations.open":
            return web.json_response({"ok": True, "channel": {"id": f"D{arguments['users']}"}})
        if method == "conversations.history":
            return self._look_up(arguments)
        return web.json_response({"ok": False, "error": "unknown_method"})

    async def _post(self, request: web.Request, arguments: dict[str, Any]) -> web.StreamResponse:
        to = str(arguments["channel"])
        name = arguments["metadata"]["event_payload"]["delivery"]
        if limited := self._limit(to, name):
            return limited
        channel = to if to[:1] in "CD" else f"D{to}"
        ts = f"{time.time():.6f}"
        self.sent[name] += 1
        self._history[channel].append({"ts": ts, "bot_id": ME, "metadata": arguments["metadata"]})
        self._look()
        if self.drops_one_in and zlib.crc32(name.encode()) % self.drops_one_in == 0 and self.sent[name] == 1:
            assert request.transport
            request.transport.abort()
        await asyncio.sleep(self.latency)  # the time that Slack takes
        return web.json_response({"ok": True, "channel": channel, "ts": ts})

    def _limit(self, to: str, name: str) -> web.Response | None:
        now, team = time.monotonic(), to.partition("-")[0][1:]
        tokens, at = self._tokens.get(team, (self.per_workspace, now))
        tokens = min(self.per_workspace, tokens + (now - at) * self.per_workspace)
        if tokens < 1:
            self.workspace_breaches += 1
            return _limited()
        if now - self._last.get(to, -10) < 1.0:
            self.channel_breaches += 1
            return _limited()
        self._tokens[team] = (tokens - 1, now)
        if self.refuses_one_in and zlib.crc32(name.encode()) % self.refuses_one_in == 0 and name not in self.refused:
            self.refused.add(name)
            return _limited()
        self._last[to] = now
        return None

    def _look_up(self, arguments: dict[str, Any]) -> web.Response:
        self.looked_up += 1
        self._look()
        if not self.knows_history:
            return web.json_response({"ok": False, "error": "missing_scope"})
        since, until = float(arguments["oldest"]), float(arguments["latest"])
        found = [m for m in self._history[str(arguments["channel"])] if since <= float(m["ts"]) <= until]
        newest = found[::-1]
        start, size = int(arguments.get("cursor") or 0), int(arguments["limit"])
        more = str(start + size) if len(newest) > start + size else ""
        messages = newest[start : start + size]
        return web.json_response({"ok": True, "messages": messages, "response_metadata": {"next_cursor": more}})


def _limited() -> web.Response:
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "1"})


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    posted = {**request.query, **(await request.post())}
    return {k: json.loads(v) if str(v)[:1] in "[{" else v for k, v in posted.items()}


@asynccontextmanager
async def strict_slack(**set_up: Any) -> AsyncIterator[StrictSlack]:
    """Run one on a free port of loopback."""
    slack = StrictSlack(**set_up)
    app = web.Application()
    app.router.add_route("*", "/api/{method}", slack.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    yield slack
    await runner.cleanup()
