"""The job engine behind five calls: PgQueuer over Postgres for many processes, its adapter in memory for one.

The engine only decides which process drains which workspace. It may lose everything: the ledger is the truth, and the planner
names every workspace with open deliveries again and again.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Protocol, cast

import asyncpg
from pgqueuer import PgQueuer
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.inmemory import InMemoryQueries
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.errors import RetryRequested
from pgqueuer.models import Job

DRAIN = "drain"
BATCH = 10
AT_ONCE = 64
POOL = 6
INSTALLING = 0x626F756E64  # the key of the lock under which one process sets up the engine's tables

Handler = Callable[[str], Awaitable[float | None]]
"""A workspace -> in how many seconds to come again, or None."""


class Engine(Protocol):
    """What the worker needs of a job engine; built anew after every failure."""

    async def enqueue(self, teams: Sequence[str]) -> None:
        """Ask for a drain of each of `teams`, unless one is waiting or running."""

    async def run(self, handler: Handler) -> None:
        """Call `handler` for what is asked for, in one process at a time per workspace; raise when the engine breaks."""

    def stop(self) -> None:
        """Make `run` return once the handlers have."""

    async def tidy(self) -> None:
        """Throw the engine's own notes away."""

    async def close(self) -> None:
        """Let go of connections."""


OpenEngine = Callable[[], Awaitable[Engine]]


class PgQueuerEngine:
    """PgQueuer, over whatever it keeps its jobs in."""

    def __init__(self, pgq: PgQueuer, lease: float, pool: asyncpg.Pool | None = None) -> None:
        self._pgq = pgq
        self._lease = timedelta(seconds=lease)
        self._pool = pool

    async def enqueue(self, teams: Sequence[str]) -> None:
        """Ask for a drain of each of `teams`; the workspace is the key that keeps it to one."""
        names = list(teams)
        payloads: list[bytes | None] = [team.encode() for team in names]
        keys: list[str | None] = [f"{DRAIN} {team}" for team in names]
        await self._pgq.qm.queries.enqueue(
            [DRAIN] * len(names), payloads, [0] * len(names), dedupe_key=keys, on_conflict="skip"
        )

    async def run(self, handler: Handler) -> None:
        """Run until stopped or broken."""

        async def drain(job: Job) -> None:
            again = await handler((job.payload or b"").decode())
            if again is not None:
                raise RetryRequested(delay=timedelta(seconds=again))

        self._pgq.entrypoint(DRAIN)(drain)
        await self._pgq.run(
            batch_size=BATCH,
            max_concurrent_tasks=AT_ONCE,
            heartbeat_timeout=self._lease,
            dequeue_timeout=timedelta(seconds=2),
            shutdown_on_listener_failure=True,
        )

    def stop(self) -> None:
        """Take no more jobs, and return once those at work are done."""
        self._pgq.shutdown.set()

    async def tidy(self) -> None:
        """Throw the log of done jobs away."""
        await cast("Queries | InMemoryQueries", self._pgq.queries).clear_queue_log(DRAIN)

    async def close(self) -> None:
        """Close the connections, by force where they don't end by themselves."""
        if self._pool:
            self._pool.terminate()


async def memory_engine(lease: float) -> Engine:
    """Return an engine for one process, which forgets everything when that ends."""
    return PgQueuerEngine(PgQueuer.in_memory(), lease)


async def postgres_engine(url: str, lease: float) -> Engine:
    """Return an engine for many processes over the database at `url`; sets its tables up where they are not there."""
    dsn = url.replace("+asyncpg", "", 1).replace("postgres://", "postgresql://", 1)
    await _install(dsn)
    pool = await asyncpg.create_pool(dsn, min_size=2, max_size=POOL)
    return PgQueuerEngine(PgQueuer.from_asyncpg_pool(pool), lease, pool)


async def _install(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", INSTALLING)
        queries = Queries(AsyncpgDriver(connection))
        if await queries.schema_is_installed():
            await queries.apply_upgrade()
        else:
            await queries.install()
    finally:
        await connection.close()
