"""The worker around planner and drains: it survives an engine that breaks, stops cleanly, and shows numbers and no names."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.coach.schedule import Schedule
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.people import Person
from bot.store.subscriptions import Subscriptions
from bot.tips.clock import MachineClock
from bot.tips.drain import Drain, Pace
from bot.tips.engine import Engine, memory_engine, postgres_engine
from bot.tips.meters import Meters
from bot.tips.planner import Planner
from bot.tips.worker import Worker
from bot.web.pages import web_app
from tests.store.conftest import database_url, new_database, postgres_url  # noqa: F401
from tests.tips.conftest import ANA, MONDAY_NINE, LetterBox, PaperClock
from tests.tips.strict_slack import strict_slack

ROOT = Path(__file__).parents[2]
SCHEDULE = Schedule(0, 540, "Europe/Berlin")
BEFORE = MONDAY_NINE - 3_600


class PaperEngine:
    """Runs what it is asked for at once; breaks when told to."""

    def __init__(self, breaks: bool = False) -> None:
        self.breaks = breaks
        self.asked: asyncio.Queue[str | None] = asyncio.Queue()

    async def enqueue(self, teams: Sequence[str]) -> None:
        for team in teams:
            self.asked.put_nowait(team)

    async def run(self, handler: Callable[[str], Awaitable[float | None]]) -> None:
        if self.breaks:
            raise ConnectionError("the database went away")
        while (team := await self.asked.get()) is not None:
            await handler(team)

    def stop(self) -> None:
        self.asked.put_nowait(None)

    async def tidy(self) -> None: ...

    async def close(self) -> None: ...


async def work_until(worker: Worker, holds: Callable[[], bool]) -> None:
    stopped = asyncio.Event()
    working = asyncio.create_task(worker.run(stopped))
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.01)
    stopped.set()
    await asyncio.wait_for(working, 20)


@pytest.fixture
def planner(deliveries: Deliveries, meters: Meters, clock: PaperClock) -> Planner:
    return Planner(deliveries, meters, clock)


async def test_what_is_due_is_planned_and_delivered(
    planner: Planner, drain: Drain, clock: PaperClock, box: LetterBox, subscriptions: Subscriptions
) -> None:
    await subscriptions.subscribe(ANA, ANA.user, SCHEDULE, BEFORE)

    async def engine() -> Engine:
        return PaperEngine()

    await work_until(Worker(engine, planner, drain, clock, Pace()), lambda: len(box.taken) == 1)


async def test_an_engine_that_breaks_is_replaced(
    planner: Planner, drain: Drain, clock: PaperClock, box: LetterBox, subscriptions: Subscriptions
) -> None:
    await subscriptions.subscribe(ANA, ANA.user, SCHEDULE, BEFORE)
    built: list[PaperEngine] = []

    async def engine() -> Engine:
        if len(built) == 1:
            built.append(PaperEngine())
            raise OSError("can't even connect")
        built.append(PaperEngine(breaks=not built))
        return built[-1]

    await work_until(Worker(engine, planner, drain, clock, Pace()), lambda: len(box.taken) == 1)

    assert len(built) >= 3


async def test_a_store_that_is_down_for_a_tick_ends_nothing(drain: Drain, meters: Meters, clock: PaperClock) -> None:
    nowhere = Database("postgresql://127.0.0.1:9/coach")
    ticks: list[PaperEngine] = []

    async def engine() -> Engine:
        ticks.append(PaperEngine())
        return ticks[-1]

    down = Planner(Deliveries(nowhere, lambda *_: 0), meters, clock)
    await work_until(Worker(engine, down, drain, clock, Pace()), lambda: clock.ticks > 50)

    assert len(ticks) == 1
    await nowhere.close()


@pytest.fixture(params=["memory", "postgres"])
async def engine(request: pytest.FixtureRequest) -> Any:
    if request.param == "memory":
        built = await memory_engine(30)
    else:
        url = await new_database(request.getfixturevalue("postgres_url"))
        # Two processes that start at once set the engine's tables up once.
        built, other = await asyncio.gather(postgres_engine(url, 30), postgres_engine(url, 30))
        await other.close()
    yield built
    await built.close()


async def test_an_engine_runs_each_workspace_once_at_a_time_and_comes_again_when_asked(engine: Engine) -> None:
    seen: list[str] = []
    at_once, most = 0, 0

    async def handler(team: str) -> float | None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        seen.append(team)
        await engine.enqueue([team])  # while it runs, it is not asked for a second time
        await asyncio.sleep(0)
        at_once -= 1
        if len(seen) == 3:
            engine.stop()
        return 0.0 if len(seen) < 3 else None

    await engine.enqueue(["T1", "T1"])
    await engine.enqueue(["T1"])
    await asyncio.wait_for(engine.run(handler), 30)

    assert seen == ["T1"] * 3 and most == 1
    await engine.tidy()


def samples(page: bytes) -> dict[str, float]:
    families = text_string_to_metric_families(page.decode())
    return {f"{s.name}{sorted(s.labels.values())}": s.value for family in families for s in family.samples}


async def test_meters_show_numbers_and_no_names(
    planner: Planner,
    drain: Drain,
    meters: Meters,
    clock: PaperClock,
    subscriptions: Subscriptions,
    deliveries: Deliveries,
) -> None:
    await subscriptions.subscribe(Person("TSECRET", "USECRET"), "USECRET", SCHEDULE, BEFORE)
    await deliveries.plan(MONDAY_NINE)
    meters.stand(await deliveries.standing(MONDAY_NINE + 7))
    before = samples(meters.page())
    clock.wall += 7
    await drain.run("TSECRET")

    after = samples(meters.page())

    assert (before["boundary_open[]"], before["boundary_oldest_seconds[]"], after["boundary_sent_total[]"]) == (1, 7, 1)
    assert after["boundary_late_seconds_bucket['10.0']"] == 1 and after["boundary_late_seconds_bucket['5.0']"] == 0
    assert b"SECRET" not in meters.page()


async def test_the_web_shows_the_meters_of_the_worker_inside() -> None:
    from slack_bolt.async_app import AsyncApp

    async def up() -> bool:
        return True

    app = AsyncApp(token="xoxb-1", signing_secret="s")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(web_app(app, "s", up, Meters().page)), base_url="http://c"
    ) as client:
        answer = await client.get("/metrics")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(web_app(app, "s", up)), base_url="http://c") as client:
        absent = await client.get("/metrics")

    assert "boundary_due 0.0" in answer.text and absent.status_code == 404


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


async def test_boundary_worker_delivers_shows_metrics_and_ends_on_sigterm(tmp_path: Path) -> None:
    url, port = f"sqlite:///{tmp_path / 'coach.db'}", free_port()
    database = Database(url)
    await database.upgrade()
    now = MachineClock().now()
    from bot.store.vault import Vault
    from bot.tips.calendar import due_after

    await Subscriptions(database, Vault(), due_after).remind(ANA, now, "UTC", now)
    async with strict_slack(refuses_one_in=0) as slack:
        environment = {
            **os.environ,
            "DATABASE_URL": url,
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_API_URL": slack.url,
            "BOUNDARY_METRICS_PORT": str(port),
            "XDG_CACHE_HOME": str(tmp_path),
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "worker", cwd=ROOT, env=environment, stderr=asyncio.subprocess.DEVNULL
        )
        try:
            await slack.until_sent(1)
            async with httpx.AsyncClient() as client:
                page = (await client.get(f"http://127.0.0.1:{port}/metrics")).text
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), 20) == 0
        finally:
            if process.returncode is None:
                process.kill()
    status = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "worker", "status", cwd=ROOT, env=environment, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await status.communicate()

    assert "boundary_sent_total" in page and list(slack.sent.values()) == [1]
    assert "ended: done" in said.decode() and "sent in 24 hours" in said.decode()
    await database.close()
