"""The door for Slack's requests: of a sensible size, signed by Slack, and not seen before; only then is a body looked into.

Slack signs every attempt anew, with the time of sending, so a signature that comes twice is somebody else's copy: it is
answered like the first and acted on once. The memory is this process's own. Behind several processes a copy may act once in each
of the others, within the five minutes that a signature lives; events are also known by their id, in the database, to all of them.
"""

import logging
import time
from collections.abc import Callable

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.slack.recent import Recent

MOST_BYTES = 1_000_000
# A signature is good for five minutes before and after its time.
REPLAY_SECONDS = 600
MOST_SIGNATURES = 60_000  # a hundred requests a second for as long as they matter

log = logging.getLogger(__name__)


class SlackDoor:
    """Lets Slack's requests in, each once."""

    def __init__(self, slack: AsyncApp, signing_secret: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._slack = slack
        self._verifier = SignatureVerifier(signing_secret)
        self._answered = Recent(REPLAY_SECONDS, MOST_SIGNATURES, clock)

    async def enter(self, request: Request) -> Response:
        """Answer one request."""
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large", 413)
        signature = request.headers.get("x-slack-signature", "")
        if not self._is_signed(body, request.headers.get("x-slack-request-timestamp", ""), signature):
            return PlainTextResponse("not signed by Slack", 401)
        if not self._answered.is_new(signature):
            log.warning("the same request came twice")
            return Response(status_code=200)
        return await self._answer(request, body)

    def _is_signed(self, body: bytes, stamp: str, signature: str) -> bool:
        if not (stamp.isascii() and stamp.isdigit() and signature.isascii()):
            return False
        return self._verifier.is_valid(body, stamp, signature)

    async def _answer(self, request: Request, body: bytes) -> Response:
        try:
            asked = to_async_bolt_request(request, body)
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
            log.warning("a signed request that nobody can read")
            return PlainTextResponse("not understood", 400)
        return to_starlette_response(await self._slack.async_dispatch(asked))


async def _body(request: Request) -> bytes | None:
    """Return the body, or nothing as soon as it is larger than Slack sends."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)
