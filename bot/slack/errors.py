"""The one place where everything unexpected ends: a reference for the person, a traceback without words for the log."""

import logging
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.blocks import voice
from bot.blocks.notices import notice_view
from bot.slack.running import ANSWERED
from bot.store.database import StoreDownError, StoreSlowError

log = logging.getLogger(__name__)

TOO_LATE = {"expired_trigger_id", "exchanged_trigger_id"}
_CODE = re.compile(r"[a-z_]{1,60}")


class FailedInViewError(Exception):
    """Something failed, as its cause says, while the person looks at the view `view_id`."""

    def __init__(self, view_id: str) -> None:
        super().__init__(view_id)
        self.view_id = view_id


@contextmanager
def told_in(view_id: str) -> Iterator[None]:
    """Let what fails inside be told in the view that is open already, which else would wait for ever."""
    try:
        yield
    except Exception as error:
        raise FailedInViewError(view_id) from error


def register(app: AsyncApp) -> None:
    """Make `answer_error` what Bolt calls when a listener fails."""
    app.error(answer_error)


async def answer_error(
    error: Exception,
    body: dict[str, Any],
    client: AsyncWebClient,
    response: BoltResponse | None,
    context: AsyncBoltContext,
) -> BoltResponse | None:
    """Log `error` under a reference and give the person that reference, wherever they can still be reached."""
    context[ANSWERED] = context.ack.response
    if isinstance(error, BoltUnhandledRequestError):
        _note_unheard(body)
        # Slack sends an event again until it hears a 200; only a command that is not ours deserves Slack's own complaint.
        return BoltResponse(status=404 if body.get("command") else 200)
    view_id = error.view_id if isinstance(error, FailedInViewError) else ""
    error = error.__cause__ if isinstance(error.__cause__, Exception) and view_id else error
    reference = secrets.token_hex(4)
    known = {"reference": reference, "type": str(body.get("type", "")), "slack": _code(error)}
    log.error("failed", extra=known, exc_info=error)
    said = _said(error, reference)
    if response is not None and body.get("type") == "view_submission" and not view_id:
        view = notice_view(voice.NAME, said)
        return BoltResponse(status=200, body={"response_action": "update", "view": view})
    try:
        await _tell(body, client, said, view_id)
    except Exception:  # noqa: BLE001 - the error handler must not fail: the person may not be reachable at all
        log.warning("could not tell the person", extra={"reference": reference})
    return BoltResponse(status=200) if response is not None else None


async def _tell(body: dict[str, Any], client: AsyncWebClient, said: str, view_id: str) -> None:
    event = body.get("event") or {}
    if view_id:
        await client.views_update(view_id=view_id, view=notice_view(voice.NAME, said))
    elif body.get("response_url"):
        await AsyncWebhookClient(body["response_url"]).send(
            text=said, response_type="ephemeral", replace_original=False
        )
    elif event.get("channel_type") == "im":
        message = event.get("message") or event
        await client.chat_postMessage(channel=event["channel"], thread_ts=message.get("ts"), text=said)
    elif body.get("view") and body.get("trigger_id"):
        show = client.views_push if body["view"].get("type") == "modal" else client.views_open
        await show(trigger_id=body["trigger_id"], view=notice_view(voice.NAME, said))


def not_saved(error: StoreDownError) -> str:
    """Return what a person is told where the database did not do what they asked for."""
    return voice.MAYBE_SAVED if isinstance(error, StoreSlowError) else voice.NOT_SAVED


def _said(error: Exception, reference: str) -> str:
    if isinstance(error, StoreDownError):
        return not_saved(error)
    return voice.EXPIRED if _is_too_late(error) else voice.BROKEN.format(reference=reference)


def _is_too_late(error: Exception) -> bool:
    return _code(error) in TOO_LATE


def _code(error: Exception) -> str:
    """Return Slack's code for what it refused, such as missing_scope; nothing that could hold words."""
    code = str(error.response.get("error", "")) if isinstance(error, SlackApiError) else ""
    return code if _CODE.fullmatch(code) else ""


def _note_unheard(body: dict[str, Any]) -> None:
    event = body.get("event") or body  # the news of a limit comes in an envelope, or bare
    if event.get("type") == "app_rate_limited":
        log.warning("Slack held events back", extra={"minute": event.get("minute_rate_limited")})
    else:
        log.info("nobody listens to this", extra={"type": str(body.get("type", "")), "event": str(event.get("type"))})
