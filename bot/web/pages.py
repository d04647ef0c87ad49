"""The HTTP application: Slack's requests, health, readiness and metrics."""

from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.web.door import SlackDoor

METRICS_TYPE = "text/plain; version=0.0.4"

Check = Callable[[], Awaitable[bool]]


def web_app(
    slack: AsyncApp, signing_secret: str, is_ready: Check, metrics: Callable[[], bytes] | None = None
) -> Starlette:
    """Return the application; `is_ready` says whether the database answers, `metrics` what Prometheus reads."""

    async def health(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def ready(_request: Request) -> Response:
        return PlainTextResponse("ready") if await is_ready() else PlainTextResponse("the database is down", 503)

    async def measured(_request: Request) -> Response:
        return Response(metrics() if metrics else b"", media_type=METRICS_TYPE)

    routes = [
        Route("/slack/events", SlackDoor(slack, signing_secret).enter, methods=["POST"]),
        Route("/healthz", health),
        Route("/readyz", ready),
    ]
    if metrics:
        routes.append(Route("/metrics", measured))
    return Starlette(routes=routes)
