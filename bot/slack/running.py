"""The listeners that are at work after Slack was answered: counted, so that a stop waits for them, and their answers kept."""

import asyncio
import logging

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.listener.async_listener_completion_handler import AsyncCustomListenerCompletionHandler
from slack_bolt.listener.async_listener_start_handler import AsyncCustomListenerStartHandler

SETTLE_SECONDS = 8  # platforms kill a process some 10 to 30 seconds after they asked it to stop
ANSWERED = "answered"  # where the error handler keeps what Slack was answered before the listener failed

log = logging.getLogger(__name__)


class Running:
    """Counts the listeners that have begun and not ended."""

    def __init__(self) -> None:
        self._count = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def watch(self, app: AsyncApp) -> None:
        """Count the listeners of `app`."""
        runner = app.listener_runner
        runner.listener_start_handler = AsyncCustomListenerStartHandler(log, self._begin)
        runner.listener_completion_handler = AsyncCustomListenerCompletionHandler(log, self._end)

    async def ended(self) -> None:
        """Wait until no listener runs, within reason."""
        await asyncio.sleep(0)  # a listener whose request was just answered begins with the next turn of the loop
        try:
            async with asyncio.timeout(SETTLE_SECONDS):
                await self._idle.wait()
        except TimeoutError:
            log.warning("stopped before all listeners ended", extra={"running": self._count})

    async def _begin(self) -> None:
        self._count += 1
        self._idle.clear()

    async def _end(self, context: AsyncBoltContext) -> None:
        # Bolt takes the answer back when a listener fails soon after it, and Slack then waits three seconds for nothing.
        context.ack.response = context.ack.response or context.get(ANSWERED)
        self._count -= 1
        if not self._count:
            self._idle.set()
