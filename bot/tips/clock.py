"""Time for the worker: the wall clock, one that never jumps, and sleep; tests bring their own."""

import asyncio
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What tells the time and waits."""

    def now(self) -> int:
        """Return Unix seconds, which may jump."""

    def steady(self) -> float:
        """Return seconds that only ever grow, also while this process is frozen."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""


class MachineClock:
    """The clock of this machine."""

    def now(self) -> int:
        return int(time.time())

    def steady(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class MovableClock:
    """The clock of this machine until it is moved on by hand: in a demo a week passes in a moment, for all who ask it."""

    def __init__(self) -> None:
        self._ahead = 0
        self._moved = asyncio.Event()

    def now(self) -> int:
        return int(time.time()) + self._ahead

    def utc_now(self) -> datetime:
        """Return the same, as a Desk wants it."""
        return datetime.fromtimestamp(self.now(), UTC)

    def steady(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait; whoever waits while the clock is moved goes on at once."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._moved.wait(), seconds)

    def move_to(self, instant: int) -> None:
        """Make it `instant` (Unix seconds) now; it never goes back."""
        self._ahead += max(0, instant - self.now())
        self._moved.set()
        self._moved = asyncio.Event()


class Pulse:
    """Notices that this process was frozen: its lease on a workspace may have passed to another meanwhile."""

    def __init__(self, clock: Clock, longest: float) -> None:
        self._clock = clock
        self._longest = longest
        self.restart()

    def restart(self) -> None:
        """Count from now on."""
        self._last = (self._clock.steady(), self._clock.now())

    def missed_a_beat(self, expected: float = 0.0) -> bool:
        """Tell whether clearly more than `expected` seconds passed since the last call, by either clock."""
        before = self._last
        self.restart()
        return max(self._last[0] - before[0], self._last[1] - before[1]) > expected + self._longest
