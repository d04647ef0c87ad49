"""The whole app behind its HTTP door, a stand-in Slack behind it, and a person in front."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from bot.app import build_desk, build_slack
from bot.settings import Settings
from bot.slack.desk import Desk
from bot.store.database import Database
from bot.web.pages import web_app
from tests.slack.person import SECRET, SlackPerson
from tests.slack.stand_in import StandInSlack, stand_in_slack


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def slack() -> AsyncIterator[StandInSlack]:
    async with stand_in_slack() as running:
        yield running


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'coach.db'}")
    await opened.upgrade()
    yield opened
    await opened.close()


@pytest.fixture
def settings(slack: StandInSlack, cache: Path) -> Settings:
    return Settings(cache=cache, bot_token="xoxb-1", signing_secret=SECRET, slack_api_url=f"{slack.url}/api/")


@pytest.fixture
def desk(settings: Settings, database: Database, clock: Clock) -> Desk:
    return build_desk(settings, database, clock)


@pytest.fixture
async def http(settings: Settings, desk: Desk, database: Database) -> AsyncIterator[httpx.AsyncClient]:
    web = web_app(build_slack(settings, desk), SECRET, database.is_up)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://coach") as client:
        yield client
    await desk.settled()


@pytest.fixture
def ana(http: httpx.AsyncClient, slack: StandInSlack) -> SlackPerson:
    return SlackPerson(http, slack)
