"""Time for the worker: the wall clock, one that never jumps, and sleep; tests bring their own."""

import asyncio
import time
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
