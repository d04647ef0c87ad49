"""Fills a ledger, runs deliverers as processes of their own against a strict Slack, and kills them; the short tests and the soak share it."""

import asyncio
import json
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bot.store.database import Database
from bot.store.tables import deliveries, subscriptions

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Load:
    """So many workspaces with so many deliveries each; two in ten share a channel with another."""

    workspaces: int
    each: int

    @property
    def total(self) -> int:
        return self.workspaces * self.each


async def fill(database: Database, load: Load) -> None:
    """Make everything due now: tips of channels and of people, and reminders that share a direct message."""
    due, rows = int(time.time()) - 1, []
    for w in range(load.workspaces):
        team = f"T{w}"
        for n in range(load.each):
            is_reminder = n % 5 == 0
            user = f"U{team}-{n % 10 if is_reminder else n}"
            row = {"team_id": team, "user_id": user, "channel_id": user, "kind": "reminder", "every": "week"}
            if not is_reminder:
                row |= {"kind": "tip", "channel_id": f"C{team}-{n}" if n % 2 else user}
            rows.append(row | {"weekday": 0, "minute": 0, "zone": "UTC", "next_due_at": due})
    async with database.begin() as connection:
        await connection.execute(subscriptions.insert(), rows)


async def states(database: Database) -> dict[str, int]:
    """Return how many deliveries are in each state."""
    async with database.begin() as connection:
        counted = select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
        return {row[0]: row[1] for row in await connection.execute(counted)}


async def until_settled(database: Database, load: Load, seconds: float) -> dict[str, int]:
    """Wait until nothing is open, and return the states; what is still open at the end is returned as it is."""
    deadline = time.monotonic() + seconds
    while True:
        held = await states(database)
        if (not held.get("open") and sum(held.values()) == load.total) or time.monotonic() > deadline:
            return held
        await asyncio.sleep(0.25)


class Deliverer:
    """A process that delivers."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def kill(self) -> None:
        """Kill it as a crash does."""
        self._process.kill()
        await self._process.wait()

    def freeze(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    async def stop(self) -> int:
        """Tell it to stop; return its exit code."""
        if self._process.returncode is None:
            self._process.terminate()
        return await asyncio.wait_for(self._process.wait(), 30)


@asynccontextmanager
async def deliverers() -> AsyncIterator[Any]:
    """Yield what starts deliverers; none outlives the block."""
    started: list[Deliverer] = []

    async def start(database_url: str, slack_url: str, cache: Path, variant: str = "") -> Deliverer:
        given = {"database_url": database_url, "slack_url": slack_url, "cache": str(cache), "variant": variant}
        cache.mkdir(exist_ok=True)
        with (cache / "log").open("ab") as log:
            command = (sys.executable, "-m", "tests.tips.deliverer", json.dumps(given))
            process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stderr=log)
        started.append(Deliverer(process))
        return started[-1]

    try:
        yield start
    finally:
        for deliverer in started:
            if deliverer._process.returncode is None:
                deliverer.thaw()
                await deliverer.kill()
