"""The HTTP application: Slack's requests, health and readiness."""

from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.web.door import SlackDoor

Check = Callable[[], Awaitable[bool]]


def web_app(slack: AsyncApp, signing_secret: str, is_ready: Check) -> Starlette:
    """Return the application; `is_ready` says whether the database answers."""

    async def health(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def ready(_request: Request) -> Response:
        return PlainTextResponse("ready") if await is_ready() else PlainTextResponse("the database is down", 503)

    routes = [
        Route("/slack/events", SlackDoor(slack, signing_secret).enter, methods=["POST"]),
        Route("/healthz", health),
        Route("/readyz", ready),
    ]
    return Starlette(routes=routes)
