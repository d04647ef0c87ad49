"""Processes that deliver are killed, at three points: nothing is lost, nothing doubled, no limit broken; the naive way breaks each."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.store.database import Database
from tests.store.conftest import database, database_url, postgres_url  # noqa: F401 both databases
from tests.tips.killing import Load, deliverers, fill, until_settled
from tests.tips.strict_slack import StrictSlack, strict_slack

SHORT = Load(workspaces=25, each=8)
POINTS = (0.15, 0.4, 0.75)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kill-cache")


@pytest.fixture
async def start() -> AsyncIterator[Any]:
    async with deliverers() as starter:
        yield starter


@pytest.fixture
async def slack() -> AsyncIterator[StrictSlack]:
    async with strict_slack() as running:
        yield running


@pytest.fixture
async def embedded(tmp_path: Path) -> AsyncIterator[tuple[str, Database]]:
    url = f"sqlite:///{tmp_path / 'coach.db'}"
    opened = Database(url)
    await opened.upgrade()
    yield url, opened
    await opened.close()


async def test_a_kill_at_three_points_loses_nothing_and_doubles_nothing(
    database: Database,  # noqa: F811
    database_url: str,  # noqa: F811
    slack: StrictSlack,
    start: Any,
    cache: Path,
) -> None:
    await fill(database, SHORT)
    process = await start(database_url, slack.url, cache)
    if "postgresql" in database_url:
        await start(database_url, slack.url, cache)  # the one that goes on when the others are gone

    for point in POINTS:
        await slack.until_sent(int(point * SHORT.total))
        await process.kill()
        process = await start(database_url, slack.url, cache)
    held = await until_settled(database, SHORT, 60)

    assert held == {"sent": SHORT.total} and slack.doubled == [] and len(slack.sent) == SHORT.total
    assert (slack.channel_breaches, slack.workspace_breaches) == (0, 0)
    assert await process.stop() == 0


async def test_who_does_not_look_before_sending_again_doubles(
    slack: StrictSlack, start: Any, cache: Path, embedded: tuple[str, Database]
) -> None:
    url, held = embedded
    await fill(held, SHORT)
    slack.latency = 0.15
    process = await start(url, slack.url, cache, "blind")
    await slack.until_sent(SHORT.total // 3)
    await process.kill()
    await start(url, slack.url, cache, "blind")

    await slack.until(lambda: bool(slack.doubled))


async def test_who_does_not_pace_breaks_the_limits(
    slack: StrictSlack, start: Any, cache: Path, embedded: tuple[str, Database]
) -> None:
    url, held = embedded
    await fill(held, Load(workspaces=2, each=30))
    await start(url, slack.url, cache, "unpaced")

    await slack.until(lambda: slack.channel_breaches + slack.workspace_breaches > 0)
