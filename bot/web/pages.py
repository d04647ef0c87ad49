"""The HTTP application: Slack's requests, health and readiness."""

from collections.abc import Awaitable, Callable

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

MOST_BYTES = 1_000_000

Check = Callable[[], Awaitable[bool]]


def web_app(slack: AsyncApp, is_ready: Check) -> Starlette:
    """Return the application; `is_ready` says whether the database answers."""
    handler = AsyncSlackRequestHandler(slack)

    async def events(request: Request) -> Response:
        if int(request.headers.get("content-length") or 0) > MOST_BYTES:
            return PlainTextResponse("too large", 413)
        return await handler.handle(request)

    async def health(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def ready(_request: Request) -> Response:
        return PlainTextResponse("ready") if await is_ready() else PlainTextResponse("the database is down", 503)

    routes = [
        Route("/slack/events", events, methods=["POST"]),
        Route("/healthz", health),
        Route("/readyz", ready),
    ]
    return Starlette(routes=routes)
