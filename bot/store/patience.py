"""How long a person is made to wait for the database: work that takes longer goes on without them, and is never torn in the middle."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from bot.store.database import StoreDownError, StoreSlowError

# A database that answers nothing at all must not be asked for ever more: what waits for it fills the memory.
MOST_LATE = 200

T = TypeVar("T")


class Patience:
    """Waits for work on the database for a limited time.

    Work that is late is not cancelled: a cancelled statement leaves a driver's connection in doubt, and its thread talking
    to a loop that may be gone.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._late: set[asyncio.Task[Any]] = set()

    async def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Return what `work` returns; raise StoreDownError where it fails, and StoreSlowError where it takes too long."""
        if len(self._late) >= MOST_LATE:
            work.close()
            raise StoreDownError("too much is late already")
        task = asyncio.create_task(work)
        done, _ = await asyncio.wait({task}, timeout=self._seconds)
        if done:
            return task.result()
        self._late.add(task)
        task.add_done_callback(self._forget)
        raise StoreSlowError("slow")

    async def settled(self, seconds: float | None = None) -> None:
        """Wait until everything late has ended, before the database is closed; `seconds` at most where given."""
        if self._late:
            await asyncio.wait(set(self._late), timeout=seconds)

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._late.discard(task)
        if not task.cancelled():
            task.exception()  # seen here, or asyncio complains that nobody looked
