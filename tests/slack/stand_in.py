"""A stand-in for Slack on loopback: answers the Web API over real HTTP, keeps a transcript, and fails when told to."""

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
    failing: dict[str, tuple[int, dict[str, Any], dict[str, str]]] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def calls(self, method: str) -> list[dict[str, Any]]:
        """Return the arguments of every call of `method`, in order."""
        return [arguments for name, arguments in self.transcript if name == method]

    def last(self, method: str) -> dict[str, Any]:
        return self.calls(method)[-1]

    def fail(self, method: str, error: str = "", status: int = 200, headers: dict[str, str] | None = None) -> None:
        """Make every further call of `method` fail, with Slack's `error` or an HTTP `status`."""
        self.failing[method] = (status, {"ok": False, "error": error or "internal_error"}, headers or {})

    async def answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        self.transcript.append((method, arguments))
        self.times.append(time.perf_counter())
        if method in self.failing:
            status, body, headers = self.failing[method]
            return web.json_response(body, status=status, headers=headers)
        return web.json_response({"ok": True} | self._body(method, arguments))

    def _body(self, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        if method.startswith("views."):
            view = arguments.get("view") or {}
            return {"view": {"id": arguments.get("view_id") or f"V{next(self._numbers)}", "hash": "h", **view}}
        if method == "auth.test":
            return {"user_id": "UBOT", "bot_id": "BBOT", "team_id": "T1", "url": "https://example.slack.com/"}
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
    app.router.add_route("*", "/{method:response}/{any}", slack.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield slack
    await runner.cleanup()
