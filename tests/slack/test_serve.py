"""`boundary serve` as people start it: one sentence for what is wrong, and a stop that loses nothing that Slack was told is taken."""

import asyncio
import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest

from tests.slack.person import FORM, SECRET, signed_headers
from tests.slack.serving import served
from tests.slack.stand_in import StandInSlack

ROOT = Path(__file__).parents[2]
SLIP = "Since you're a friend I'll do it at half price, just don't mention it to the others."


@pytest.fixture
def environment(slack: StandInSlack, cache: Path, tmp_path: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "XDG_CACHE_HOME": str(cache),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'served.db'}",
        "SLACK_API_URL": f"{slack.url}/api/",
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": SECRET,
        "PORT": "0",
    }


@pytest.fixture
def serve(environment: dict[str, str], tmp_path: Path) -> Callable[..., Any]:
    return lambda **more: served({k: v for k, v in (environment | more).items() if v} | {"PWD": str(tmp_path)})


def command(slack: StandInSlack, number: int) -> dict[str, str]:
    return {
        "command": "/boundary",
        "text": SLIP,
        "user_id": "U1",
        "team_id": "T1",
        "channel_id": "C1",
        "trigger_id": f"t{number}",
        "response_url": f"{slack.url}/response/{number}",
    }


async def send(session: aiohttp.ClientSession, port: int, form: dict[str, str]) -> int:
    body = urlencode(form)
    headers = signed_headers(body) | {"content-type": FORM}
    try:
        async with session.post(f"http://127.0.0.1:{port}/slack/events", data=body, headers=headers) as answer:
            return answer.status
    except aiohttp.ClientError:
        return 0


async def test_a_stop_over_http_loses_no_request_that_was_answered(
    slack: StandInSlack, serve: Callable[..., Any]
) -> None:
    held = slack.hold("response")
    async with serve() as app, aiohttp.ClientSession() as session:
        port = (await app.said("listening"))["port"]
        statuses = await asyncio.gather(*(send(session, port, command(slack, n)) for n in range(20)))
        app.process.send_signal(signal.SIGTERM)
        during = [asyncio.create_task(send(session, port, command(slack, 100 + n))) for n in range(20)]
        statuses += await asyncio.gather(*during)
        held.set()
        code = await app.ended()

    assert code == 0, app.lines
    assert statuses[:20] == [200] * 20 and set(statuses) <= {0, 200, 503}
    assert len(slack.calls("response")) == statuses.count(200)


async def test_a_stop_over_a_socket_loses_no_request_that_was_answered(
    slack: StandInSlack, serve: Callable[..., Any]
) -> None:
    held = slack.hold("response")
    async with serve(SLACK_APP_TOKEN="xapp-1", SLACK_SIGNING_SECRET="") as app:
        await app.said("connected")
        await asyncio.wait_for(slack.connected.wait(), 10)
        for number in range(20):
            await slack.push("slash_commands", command(slack, number), f"e{number}")
        await asyncio.wait_for(slack.acknowledged_all(20), 20)
        app.process.send_signal(signal.SIGTERM)
        held.set()
        code = await app.ended()

    assert code == 0, app.lines
    assert len(slack.calls("response")) == len(slack.acknowledged) == 20


@pytest.mark.parametrize(
    ("more", "method", "error", "sentence"),
    [
        ({}, "auth.test", "invalid_auth", "Slack doesn't know SLACK_BOT_TOKEN (invalid_auth)"),
        ({}, "auth.test", "account_inactive", "the app is no longer installed (account_inactive)"),
        (
            {"SLACK_APP_TOKEN": "xapp-1"},
            "apps.connections.open",
            "not_allowed_token_type",
            "SLACK_APP_TOKEN is a token of another kind (not_allowed_token_type)",
        ),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "apps.connections.open", "missing_scope", "connections:write"),
        ({"SLACK_BOT_TOKEN": "", "SLACK_SIGNING_SECRET": ""}, "", "", "not set: SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "", "SLACK_SIGNING_SECRET": ""}, "", "", "SLACK_SIGNING_SECRET (Basic Information)"),
        ({"DATABASE_URL": "sqlite:////nowhere/at/all.db"}, "", "", "the database does not answer"),
        ({"LOG_LEVEL": "loud", "PORT": "x"}, "", "", "LOG_LEVEL is 'LOUD'"),
    ],
)
async def test_what_is_wrong_is_one_sentence(
    slack: StandInSlack, serve: Callable[..., Any], more: dict[str, str], method: str, error: str, sentence: str
) -> None:
    if method:
        slack.fail(method, error)
    async with serve(**more) as app:
        code = await app.ended()

    assert code == 2 and sentence in "".join(app.lines)
    assert "Traceback" not in "".join(app.lines)


async def test_an_address_that_is_taken_is_one_sentence(serve: Callable[..., Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        async with serve(PORT=str(taken.getsockname()[1])) as app:
            code = await app.ended()

    assert code == 2 and "address already in use" in "".join(app.lines)
    assert "Traceback" not in "".join(app.lines)


async def test_scopes_that_are_missing_are_named_at_the_start(slack: StandInSlack, serve: Callable[..., Any]) -> None:
    slack.scopes = "commands,chat:write"
    async with serve() as app:
        line = await app.said("scopes are missing: install the app again")

    assert line["missing"] == ["im:history"]


async def test_slack_being_away_at_the_start_ends_nothing(slack: StandInSlack, serve: Callable[..., Any]) -> None:
    async with serve(SLACK_API_URL="http://127.0.0.1:9/api/") as app, aiohttp.ClientSession() as session:
        port = (await app.said("listening"))["port"]
        async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
            assert answer.status == 200
        app.process.send_signal(signal.SIGTERM)
        assert await app.ended() == 0


@pytest.mark.parametrize("more", [{}, {"SLACK_APP_TOKEN": "xapp-1"}], ids=["http", "socket"])
async def test_a_stop_while_slack_is_away_is_a_stop(
    slack: StandInSlack, serve: Callable[..., Any], more: dict[str, str]
) -> None:
    async with serve(SLACK_API_URL="http://127.0.0.1:9/api/", **more) as app:
        await app.said("Slack does not answer yet")
        app.process.send_signal(signal.SIGTERM)

        assert await app.ended() == 0
