"""Slack's own verdict on everything that can be rendered: its public blocks.validate, asked only by `make validate-live`."""

import json

import httpx
import pytest

from bot.coach.model import Playbooks
from bot.coach.review import Coach
from tests.blocks.rendered import messages, views
from tests.blocks.test_rendered import distinct

URL = "https://slack.com/api/blocks.validate"

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def slack() -> httpx.Client:
    client = httpx.Client(timeout=20)
    try:
        client.post(URL, data={"blocks": "[]"})
    except httpx.TransportError as error:
        pytest.skip(f"slack.com can't be reached from here ({type(error).__name__})")
    return client


def verdict(slack: httpx.Client, kind: str, held: object) -> list[object]:
    """Return what Slack finds wrong; it needs no token for this."""
    answer = slack.post(URL, data={kind: json.dumps(held)}).json()
    return [] if answer.get("ok") else [answer.get("error"), *answer.get("errors", [])]


def test_slack_accepts_every_view(slack: httpx.Client, playbooks: Playbooks, coach: Coach) -> None:
    shown = distinct([view for _, view in views(playbooks, coach)])

    assert [found for view in shown if (found := verdict(slack, "view", view))] == []


def test_slack_accepts_every_message(slack: httpx.Client, playbooks: Playbooks, coach: Coach) -> None:
    shown = distinct([message for _, message in messages(playbooks, coach)])

    assert [found for message in shown if (found := verdict(slack, "message", message))] == []


def test_slack_refuses_what_is_wrong(slack: httpx.Client) -> None:
    assert verdict(slack, "blocks", [{"type": "nonsense"}])
