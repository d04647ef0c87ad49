"""The whole app in a Slack that we did not write: over Socket Mode and over signed HTTP."""

import asyncio
import os
import platform
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn

from bot.app import connected, opened
from bot.local.obtain import Pinned, UnavailableError, fetch, held, package_for
from bot.local.page import Page, opened_page
from bot.local.server import LocalSlack, local_slack
from bot.local.workspace import ANA, APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, workspace
from bot.settings import Settings, from_environment
from bot.web.pages import web_app


@pytest.fixture(scope="session")
def package() -> Pinned:
    try:
        return package_for(platform.system(), platform.machine())
    except UnavailableError as reason:
        pytest.skip(f"no local Slack: {reason}")


@pytest.fixture(scope="session")
def program(package: Pinned, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The local Slack, got from npm where the cache does not hold it."""
    cache = from_environment(os.environ).cache or tmp_path_factory.mktemp("cache")
    try:
        return held(cache, package) or fetch(cache, package)
    except UnavailableError as reason:
        pytest.skip(f"no local Slack: {reason}")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("playbooks")


@pytest.fixture
def settings(tmp_path: Path, cache: Path) -> Settings:
    return Settings(cache=cache, bot_token=BOT_TOKEN, database_url=f"sqlite:///{tmp_path / 'coach.db'}")


@asynccontextmanager
async def over_socket(program: Path, settings: Settings) -> AsyncIterator[LocalSlack]:
    """Run the app in a local Slack over Socket Mode."""
    async with local_slack(program, workspace()) as slack:
        ours = replace(settings, app_token=APP_TOKEN, slack_api_url=slack.api_url)
        async with opened(ours) as (app, _database, desk), connected(ours, app, desk):
            yield slack


@asynccontextmanager
async def over_http(program: Path, settings: Settings, secret: str = SIGNING_SECRET) -> AsyncIterator[LocalSlack]:
    """Run the app in a local Slack that posts to it and signs what it posts; the app expects `secret`."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/slack/events"
        async with local_slack(program, workspace(address)) as slack:
            ours = replace(settings, signing_secret=secret, slack_api_url=slack.api_url)
            async with opened(ours) as (app, database, _desk):
                web = web_app(app, secret, database.is_up)
                server = uvicorn.Server(uvicorn.Config(web, log_config=None, access_log=False, lifespan="off"))
                serving = asyncio.create_task(server.serve([listener]))
                yield slack
                server.should_exit = True
                await serving


@pytest.fixture(params=[over_socket, over_http], ids=["socket", "http"])
async def slack(request: pytest.FixtureRequest, program: Path, settings: Settings) -> AsyncIterator[LocalSlack]:
    async with request.param(program, settings) as running:
        yield running


@pytest.fixture
async def ana(slack: LocalSlack) -> AsyncIterator[Page]:
    """Ana at the page of the local Slack, who must see the app acknowledge all that she did."""
    async with opened_page(slack.url, ANA) as page:
        yield page
        await page.sees_all_acknowledged()
