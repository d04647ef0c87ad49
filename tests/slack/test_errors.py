"""What fails is told where the person is looking, under a reference that the log holds as well."""

import json
import logging
import re

import pytest

from bot.blocks import voice
from bot.coach.scan import Scanner
from bot.slack.desk import Desk
from tests.slack.person import SlackPerson
from tests.slack.stand_in import StandInSlack

SLIP = "Since you're a friend I'll do it at half price, just don't mention it to the others."


@pytest.fixture
def a_rule_fails(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("boom")

    monkeypatch.setattr(Scanner, "scan", fail)


def reference_in(said: object) -> str:
    found = re.search(voice.BROKEN[:40] + r".*?`([0-9a-f]{8})`", json.dumps(said, ensure_ascii=False))
    assert found, said
    return found[1]


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.__dict__["reference"] for r in caplog.records if r.levelno == logging.ERROR and r.name.startswith("bot")]


@pytest.mark.usefixtures("a_rule_fails")
async def test_a_window_that_waits_for_a_review_does_not_wait_for_ever(
    ana: SlackPerson, slack: StandInSlack, caplog: pytest.LogCaptureFixture
) -> None:
    await ana.shortcut_on({"text": SLIP})

    assert [reference_in(slack.last("views.update"))] == logged(caplog)


@pytest.mark.usefixtures("a_rule_fails")
async def test_a_check_that_fails_says_so_in_the_window(
    ana: SlackPerson, slack: StandInSlack, caplog: pytest.LogCaptureFixture
) -> None:
    await ana.shortcut()
    answer = await ana.submit(slack.last("views.update")["view"], {"draft_0_0": SLIP})

    assert [reference_in(answer.json())] == logged(caplog)


@pytest.mark.usefixtures("a_rule_fails")
async def test_a_command_that_fails_says_so_to_its_author(
    ana: SlackPerson, slack: StandInSlack, caplog: pytest.LogCaptureFixture
) -> None:
    await ana.command(SLIP)

    assert [reference_in(slack.last("response"))] == logged(caplog)
    assert slack.last("response")["response_type"] == "ephemeral"


@pytest.mark.usefixtures("a_rule_fails")
async def test_a_direct_message_that_fails_says_so_in_its_thread(
    ana: SlackPerson, slack: StandInSlack, caplog: pytest.LogCaptureFixture
) -> None:
    await ana.direct(SLIP, ts="9.9")

    assert [reference_in(slack.last("chat.postMessage"))] == logged(caplog)
    assert slack.last("chat.postMessage")["thread_ts"] == "9.9"


async def test_slacks_own_code_is_in_the_log(
    ana: SlackPerson, slack: StandInSlack, caplog: pytest.LogCaptureFixture
) -> None:
    slack.fail("views.open", "missing_scope")

    await ana.shortcut()

    assert [r.__dict__["slack"] for r in caplog.records if r.levelno == logging.ERROR] == ["missing_scope"]
