"""Socket Mode: connects out to Slack and stays connected until it is told to stop, without dropping a request that it took."""

import asyncio
import contextlib
import logging

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.greeting import or_refused
from bot.slack.running import Running

log = logging.getLogger(__name__)


async def stay_connected(app: AsyncApp, client: AsyncWebClient, running: Running, stopped: asyncio.Event) -> None:
    """Serve `app` over a socket until `stopped`; `client` holds the app-level token. Raise SlackRefusedError where Slack refuses it."""
    handler = AsyncSocketModeHandler(app, client.token, web_client=client)
    connecting = asyncio.create_task(_connect(handler))
    stopping = asyncio.create_task(stopped.wait())
    try:
        await asyncio.wait({connecting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if connecting.done():
            connecting.result()
        await stopping
        # Answers to what Slack sent still go through the connection, so the listeners end before it does.
        await running.ended()
    finally:
        connecting.cancel()
        stopping.cancel()
        await handler.close_async()  # type: ignore[no-untyped-call]


async def _connect(handler: AsyncSocketModeHandler) -> None:
    # The handler's own loop tries for ever, also with a token that Slack will never take: so that is asked first.
    with contextlib.suppress(SlackApiError, aiohttp.ClientError, TimeoutError, OSError):
        handler.client.wss_uri = await or_refused("SLACK_APP_TOKEN", handler.client.issue_new_wss_url)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    log.info("connected")
