"""The HTTP application: Slack's requests, health, readiness and metrics."""

from collections.abc import Awaitable, Callable

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

MOST_BYTES = 1_000_000
METRICS_TYPE = "text/plain; version=0.0.4"

Check = Callable[[], Awaitable[bool]]


def web_app(slack: AsyncApp, is_ready: Check, metrics: Callable[[], bytes] | None = None) -> Starlette:
    """Return the application; `is_ready` says whether the database answers, `metrics` what Prometheus reads."""
    handler = AsyncSlackRequestHandler(slack)

    async def events(request: Request) -> Response:
        if int(request.headers.get("content-length") or 0) > MOST_BYTES:
            return PlainTextResponse("too large", 413)
        return await handler.handle(request)

    async def health(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def ready(_request: Request) -> Response:
        return PlainTextResponse("ready") if await is_ready() else PlainTextResponse("the database is down", 503)

    async def measured(_request: Request) -> Response:
        return Response(metrics() if metrics else b"", media_type=METRICS_TYPE)

    routes = [
        Route("/slack/events", events, methods=["POST"]),
        Route("/healthz", health),
        Route("/readyz", ready),
    ]
    if metrics:
        routes.append(Route("/metrics", measured))
    return Starlette(routes=routes)
