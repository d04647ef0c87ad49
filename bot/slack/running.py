"""The listeners that are at work after Slack was answered: counted, so that a stop waits for them."""

import asyncio
import logging

from slack_bolt.async_app import AsyncApp
from slack_bolt.listener.async_listener_completion_handler import AsyncCustomListenerCompletionHandler
from slack_bolt.listener.async_listener_start_handler import AsyncCustomListenerStartHandler

log = logging.getLogger(__name__)


class Running:
    """Counts the listeners of `app` that have begun and not ended."""

    def __init__(self, app: AsyncApp) -> None:
        self._count = 0
        self._idle = asyncio.Event()
        self._idle.set()
        runner = app.listener_runner
        runner.listener_start_handler = AsyncCustomListenerStartHandler(log, self._begin)
        runner.listener_completion_handler = AsyncCustomListenerCompletionHandler(log, self._end)

    async def ended(self, seconds: float) -> bool:
        """Wait until no listener runs, `seconds` at most; tell whether that is so."""
        await asyncio.sleep(0)  # a listener whose request was just answered begins with the next turn of the loop
        try:
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        except TimeoutError:
            log.warning("stopped before all listeners ended", extra={"running": self._count})
            return False
        return True

    async def _begin(self) -> None:
        self._count += 1
        self._idle.clear()

    async def _end(self) -> None:
        self._count -= 1
        if not self._count:
            self._idle.set()
