"""The whole app behind its HTTP door, a stand-in Slack behind it, and a person in front."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography.fernet import Fernet
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import build_desk, build_slack
from bot.settings import Settings
from bot.slack.desk import Desk
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.turns import Turns
from bot.store.vault import Vault
from bot.tips.calendar import due_after
from bot.tips.drain import Drain, Pace
from bot.tips.letters import Letters
from bot.tips.mail import SlackMail, delivery_session, slack_client
from bot.tips.meters import Meters
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


@dataclass
class Post:
    """The worker's part: what is due is planned, and sent to the stand-in Slack."""

    settings: Settings
    desk: Desk
    database: Database
    clock: Clock

    async def deliver(self) -> int:
        """Send all that is due by now; return how many of those are sent."""
        deliveries = Deliveries(self.database, due_after)
        await deliveries.plan(self.desk.now)
        meters = Meters()
        async with delivery_session() as session:
            client = slack_client(self.settings.bot_token, self.settings.slack_api_url, session)

            async def client_of(_team: str) -> AsyncWebClient:
                return client

            desk, vault = self.desk, Vault(self.settings.secret_keys)
            letters = Letters(lambda: desk.playbooks, desk.professions_of, desk.people, desk.readers, vault)
            drain = Drain(
                deliveries,
                Turns(self.database),
                letters.write,
                SlackMail(client_of),
                meters,
                _Still(self.clock),
                Pace(),
            )
            for team in await deliveries.workspaces(self.desk.now):
                await drain.run(team)
        return int(meters.sent._value.get())


@dataclass
class _Still:
    """The worker's view of the clock that tests move: it waits for nothing."""

    clock: Clock
    ticks: float = 0.0

    def now(self) -> int:
        return int(self.clock().timestamp())

    def steady(self) -> float:
        return self.ticks

    async def sleep(self, seconds: float) -> None:
        self.ticks += seconds


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
    key = Fernet.generate_key().decode()
    url = f"{slack.url}/api/"
    return Settings(cache=cache, bot_token="xoxb-1", signing_secret=SECRET, slack_api_url=url, secret_keys=(key,))


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
def post(settings: Settings, desk: Desk, database: Database, clock: Clock) -> "Post":
    return Post(settings, desk, database, clock)


@pytest.fixture
def ben(http: httpx.AsyncClient, slack: StandInSlack) -> SlackPerson:
    return SlackPerson(http, slack, user="U2", name="ben <!here>")


@pytest.fixture
def ana(http: httpx.AsyncClient, slack: StandInSlack) -> SlackPerson:
    return SlackPerson(http, slack)
