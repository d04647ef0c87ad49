"""Socket Mode: connects out to Slack, and lets go without dropping a request that was taken."""

import contextlib
import logging
from collections.abc import AsyncIterator

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.greeting import or_refused
from bot.slack.running import Running

log = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def connection(app: AsyncApp, client: AsyncWebClient, running: Running) -> AsyncIterator[None]:
    """Connect `app` over a socket; `client` holds the app-level token. Raise SlackRefusedError where Slack refuses it."""
    handler = AsyncSocketModeHandler(app, client.token, web_client=client)
    try:
        # The handler's own loop tries for ever, also with a token that Slack will never take: so that is asked first.
        with contextlib.suppress(SlackApiError, aiohttp.ClientError, TimeoutError, OSError):
            handler.client.wss_uri = await or_refused("SLACK_APP_TOKEN", handler.client.issue_new_wss_url)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        log.info("connected")
        yield
    finally:
        # Answers to what Slack sent still go through the connection, so the listeners end before it does.
        await running.ended()
        await handler.close_async()  # type: ignore[no-untyped-call]
