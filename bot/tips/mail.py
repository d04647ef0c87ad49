"""Slack's side of a delivery: posts a letter, finds one again, and says in our words how that ended."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.store.deliveries import Delivery
from bot.tips.letters import Letter

TAG = "boundary_delivery"
REQUEST_SECONDS = 10
LATER_SECONDS = 60
MOST_PAGES = 5
PAGE = 15  # what Slack gives apps that are sold outside its Marketplace

# The person, the place or the app's leave is gone, and waiting brings none of them back.
FINAL = frozenset(
    """account_inactive app_missing cannot_dm_bot channel_not_found channel_is_archived ekm_access_denied is_archived
    is_inactive messages_tab_disabled not_in_channel org_login_required restricted_action restricted_action_non_threadable_channel
    restricted_action_read_only_channel restricted_action_thread_only_channel team_access_not_granted team_not_found
    token_revoked user_disabled user_not_found user_not_visible""".split()
)
# Ours or Slack's to mend, and known not to have been sent.
PASSING = frozenset(
    """accesslimited access_denied invalid_auth missing_scope not_authed request_timeout service_unavailable
    team_added_to_org token_expired""".split()
)
# Slack says of these that a part may have happened.
DOUBTFUL = frozenset("fatal_error internal_error unknown".split())
LIMITS = frozenset("message_limit_exceeded rate_limited ratelimited".split())


@dataclass(frozen=True)
class Posted:
    """Slack has the message."""

    channel: str
    ts: str


@dataclass(frozen=True)
class Limited:
    """Slack has not sent it, and wants this workspace to wait."""

    seconds: float


@dataclass(frozen=True)
class Refused:
    """Slack will never send it; `ends` tells whether the same holds for everything that goes there."""

    reason: str
    ends: bool


@dataclass(frozen=True)
class NotPosted:
    """It was not sent, and may be later."""

    reason: str


@dataclass(frozen=True)
class InDoubt:
    """Nobody knows whether it was sent."""

    reason: str


@dataclass(frozen=True)
class Absent:
    """It was looked for and is not there."""


@dataclass(frozen=True)
class Unknowable:
    """It can't be looked for: a scope is missing, or Slack shows too little."""


Outcome = Posted | Limited | Refused | NotPosted | InDoubt
Found = Posted | Absent | Unknowable | Limited


class Mail(Protocol):
    """What the drain needs of Slack."""

    async def post(self, delivery: Delivery, letter: Letter) -> Outcome:
        """Send `letter`, once; tag it with the delivery's id."""

    async def find(self, delivery: Delivery) -> Found:
        """Look for a letter with this delivery's id, sent about when it was attempted."""


class SlackMail:
    """The real Slack, with a client per workspace that retries nothing by itself: see `slack_client`."""

    def __init__(self, client_of: Callable[[str], Awaitable[AsyncWebClient]]) -> None:
        self._client_of = client_of

    async def post(self, delivery: Delivery, letter: Letter) -> Outcome:
        """Send `letter` with chat.postMessage."""
        client = await self._client_of(delivery.person.team)
        try:
            answer = await client.chat_postMessage(
                channel=delivery.channel,
                text=letter.text,
                blocks=list(letter.blocks),
                metadata={"event_type": TAG, "event_payload": {"delivery": delivery.id}},
                unfurl_links=False,
                unfurl_media=False,
            )
        except aiohttp.ClientConnectorError:
            return NotPosted("unreachable")
        except (aiohttp.ClientError, TimeoutError) as error:
            return InDoubt(type(error).__name__)
        except SlackApiError as error:
            return _outcome(error)
        return Posted(str(answer["channel"]), str(answer["ts"]))

    async def find(self, delivery: Delivery) -> Found:
        """Look through the conversation's history around the attempt."""
        client = await self._client_of(delivery.person.team)
        try:
            channel = await _conversation(client, delivery)
            me = str((await client.auth_test())["bot_id"])
            return await _search(client, channel, delivery, me)
        except (aiohttp.ClientError, TimeoutError):
            return Limited(LATER_SECONDS)
        except SlackApiError as error:
            return _why_not_found(error)


def slack_client(token: str, base_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """Return a client for deliveries: without retries of its own, which would send again what may have been sent."""
    return AsyncWebClient(token=token, base_url=base_url, session=session, retry_handlers=[])


def delivery_session() -> aiohttp.ClientSession:
    """Return the session for such clients; a request ends well before the worker's lease does."""
    connector = aiohttp.TCPConnector(limit=0)
    return aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=REQUEST_SECONDS))


async def _conversation(client: AsyncWebClient, delivery: Delivery) -> str:
    known = delivery.posted_in or delivery.channel
    if known[:1] in "CDG":
        return known
    return str((await client.conversations_open(users=known))["channel"]["id"])


async def _search(client: AsyncWebClient, channel: str, delivery: Delivery, me: str) -> Found:
    attempt, cursor = delivery.attempt_at or 0, ""
    for _ in range(MOST_PAGES):
        page = await client.conversations_history(
            channel=channel,
            oldest=str(attempt - LATER_SECONDS),
            latest=str(attempt + 2 * LATER_SECONDS),
            inclusive=True,
            include_all_metadata=True,
            limit=PAGE,
            cursor=cursor or None,
        )
        ours = [message for message in page["messages"] if message.get("bot_id") == me]
        for message in ours:
            if _delivery_of(message) == delivery.id:
                return Posted(channel, str(message["ts"]))
        if any(not message.get("metadata") for message in ours):
            return Unknowable()  # one of ours came back without its tag, so its absence proves nothing
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return Absent()
    return Unknowable()


def _delivery_of(message: Mapping[str, Any]) -> str:
    metadata = message.get("metadata") or {}
    return str((metadata.get("event_payload") or {}).get("delivery", "")) if metadata.get("event_type") == TAG else ""


def _outcome(error: SlackApiError) -> Outcome:
    code, status = _code(error), getattr(error.response, "status_code", 0)
    if code in LIMITS or status == 429:
        return Limited(_retry_after(error))
    if status >= 500 or code in DOUBTFUL or not code:
        return InDoubt(code or f"http_{status}")
    if code in PASSING:
        return NotPosted(code)
    return Refused(code, ends=code in FINAL)


def _why_not_found(error: SlackApiError) -> Found:
    code, status = _code(error), getattr(error.response, "status_code", 0)
    if code in LIMITS or status == 429:
        return Limited(_retry_after(error))
    if status >= 500 or code in DOUBTFUL or not code or code in PASSING - {"missing_scope"}:
        return Limited(LATER_SECONDS)
    return Unknowable()


def _code(error: SlackApiError) -> str:
    data = getattr(error.response, "data", error.response)
    return str(data.get("error") or "") if isinstance(data, Mapping) else ""


def _retry_after(error: SlackApiError) -> float:
    headers = getattr(error.response, "headers", None) or {}
    given = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(given) if str(given).isdigit() else LATER_SECONDS / 2
