"""The first words with Slack: whether it knows our tokens and what they may do, told in a sentence before anybody waits for an answer."""

import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

log = logging.getLogger(__name__)

T = TypeVar("T")

_COPY = {
    "SLACK_BOT_TOKEN": "copy the Bot User OAuth Token (OAuth & Permissions, starts with xoxb-)",
    "SLACK_APP_TOKEN": "make one under Basic Information > App-Level Tokens with the scope connections:write (starts with xapp-)",
}
REFUSALS = {
    "invalid_auth": "Slack doesn't know {name} ({code}); {copy}",
    "not_authed": "Slack doesn't know {name} ({code}); {copy}",
    "not_allowed_token_type": "{name} is a token of another kind ({code}); {copy}",
    "missing_scope": "{name} may not do this ({code}); {copy}",
    "account_inactive": "the app is no longer installed ({code}); install it again under Install App, then {copy}",
    "token_revoked": "{name} was revoked ({code}); install the app again under Install App, then {copy}",
    "token_expired": "{name} has expired ({code}); turn token rotation off, then {copy}",
}


class SlackRefusedError(Exception):
    """Slack will not work with a token; the message says why and what to do."""


async def greet(client: AsyncWebClient, needed: Iterable[str]) -> None:
    """Ask Slack who we are; raise SlackRefusedError where it refuses, and only note it where it can't be reached yet."""
    try:
        answer = await or_refused("SLACK_BOT_TOKEN", client.auth_test)
    except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
        log.warning("Slack does not answer yet", extra={"kind": type(error).__name__})
        return
    granted = {scope.strip() for scope in str(answer.headers.get("x-oauth-scopes", "")).split(",")} - {""}
    missing = sorted(set(needed) - granted) if granted else []
    if missing:
        log.warning("scopes are missing: install the app again", extra={"missing": missing})
    log.info("known to Slack", extra={"team": answer.get("team_id"), "bot": answer.get("user_id")})


async def or_refused(name: str, ask: Callable[[], Awaitable[T]]) -> T:
    """Return what `ask` returns; raise SlackRefusedError where Slack refuses the token of the setting `name`."""
    try:
        return await ask()
    except SlackApiError as error:
        code = str(error.response.get("error", ""))
        if code not in REFUSALS:
            raise
        raise SlackRefusedError(REFUSALS[code].format(name=name, code=code, copy=_COPY[name])) from None
