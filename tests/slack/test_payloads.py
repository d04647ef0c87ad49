"""The payloads of Slack's own documentation through the real dispatch: what we listen to is handled, the rest is quietly answered."""

import json
import logging
from typing import Any
from urllib.parse import urlencode

import jsonschema
import pytest

from bot.blocks import voice
from bot.slack.desk import Desk
from bot.slack.payloads import person_of
from bot.store.people import Person
from tests.conftest import shared
from tests.slack.person import FORM, SlackPerson
from tests.slack.stand_in import StandInSlack

SLIP = "Hi Sam, since you're a friend I'll do it at half price, just don't mention it to the others."
EVENTS = [
    "AppHomeOpened",
    "AppRateLimited",
    "AppUninstalled",
    "MessageBot",
    "MessageChanged",
    "Message",
    "TeamJoin",
    "TokensRevoked",
    "UserChange",
]
INTERACTIONS = ["BlockAction", "MessageShortcut", "ViewClosed", "ViewSubmission"]


def recorded(name: str) -> dict[str, Any]:
    held: dict[str, Any] = json.loads(shared(f"slack/payloads/{name}Payload.json").read_text())
    return held


def quiet(caplog: pytest.LogCaptureFixture) -> bool:
    return not [r for r in caplog.records if r.levelno >= logging.ERROR]


@pytest.mark.parametrize("name", EVENTS)
async def test_an_event_in_every_field_is_answered_without_an_error(
    ana: SlackPerson, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    body = recorded(name) | {"type": "event_callback", "event_id": f"Ev{name}", "team_id": "T1"}

    answer = await ana.send(json.dumps(body), "application/json")

    assert answer.status_code == 200 and quiet(caplog)


@pytest.mark.parametrize("name", INTERACTIONS)
async def test_an_interaction_in_every_field_is_answered_without_an_error(
    ana: SlackPerson, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await ana.send(urlencode({"payload": json.dumps(recorded(name))}), FORM)

    assert answer.status_code == 200 and quiet(caplog)


async def test_a_command_in_every_field_is_handled(
    ana: SlackPerson, slack: StandInSlack, caplog: pytest.LogCaptureFixture
) -> None:
    form = recorded("SlashCommand") | {"command": "/boundary", "text": SLIP, "response_url": ana.response_url()}

    answer = await ana.send(urlencode(form), FORM)

    assert answer.status_code == 200 and quiet(caplog)
    assert "half price" in json.dumps(slack.last("response"))


async def test_a_message_in_every_field_is_reviewed(ana: SlackPerson, slack: StandInSlack) -> None:
    body = recorded("Message") | {"type": "event_callback", "event_id": "Ev1", "team_id": "T1"}
    body["event"] |= {"channel_type": "im", "channel": "D1", "user": "U1", "text": SLIP, "ts": "1.1", "bot_id": None}
    body["event"] |= {"thread_ts": None, "subtype": None}

    await ana.send(json.dumps(body), "application/json")

    assert "half price" in json.dumps(slack.last("chat.postMessage"))


async def test_a_message_shortcut_in_every_field_is_reviewed(ana: SlackPerson, slack: StandInSlack) -> None:
    payload = recorded("MessageShortcut") | {"callback_id": "check_boundaries", "trigger_id": "t"}
    payload["message"] |= {"text": SLIP, "blocks": []}

    await ana.send(urlencode({"payload": json.dumps(payload)}), FORM)

    assert "half price" in json.dumps(slack.last("views.update"))


@pytest.mark.parametrize("is_wrapped", [True, False])
async def test_being_limited_by_slack_is_logged(
    ana: SlackPerson, is_wrapped: bool, caplog: pytest.LogCaptureFixture
) -> None:
    event = {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1_518_467_820, "api_app_id": "A1"}
    body = {"type": "event_callback", "team_id": "T1", "event_id": "Ev9", "event": event} if is_wrapped else event

    answer = await ana.send(json.dumps(body), "application/json")

    record = next(r for r in caplog.records if r.levelno == logging.WARNING)
    assert answer.status_code == 200
    assert record.getMessage() == "Slack held events back" and record.__dict__["minute"] == 1_518_467_820


ORGANISATION = {
    "enterprise": {"id": "E1", "name": "Org"},
    "team": None,
    "is_enterprise_install": True,
    "user": {"id": "U1", "name": "ana", "team_id": "T7"},
}


async def test_an_organisation_without_a_team_gets_its_review(
    ana: SlackPerson, slack: StandInSlack, desk: Desk
) -> None:
    await desk.people.change(Person("E1", "U1"), profession="tax adviser")
    await ana.shortcut_on({"text": SLIP}, **ORGANISATION)

    view = json.dumps(slack.last("views.update"))
    assert "half price" in view and "tax adviser" in view


@pytest.mark.parametrize(
    "body",
    [
        ORGANISATION,
        ORGANISATION | {"team": {"id": "T1"}},
        {"team_id": "T1", "enterprise_id": "E1", "is_enterprise_install": "true", "user_id": "U1"},
        {
            "team_id": "T1",
            "enterprise_id": "E1",
            "authorizations": [{"is_enterprise_install": True}],
            "event": {"user": "U1"},
        },
    ],
)
def test_a_person_is_the_same_in_all_workspaces_of_an_organisation(body: dict[str, Any]) -> None:
    assert person_of(body) == Person("E1", "U1")


def test_a_workspace_of_an_organisation_that_installed_the_app_alone_is_itself() -> None:
    body = {"team_id": "T1", "enterprise_id": "E1", "is_enterprise_install": "false", "user_id": "U1"}

    assert person_of(body) == Person("T1", "U1")


async def test_a_guest_of_another_workspace_is_kept_apart_and_gets_a_review(
    ana: SlackPerson, slack: StandInSlack
) -> None:
    await ana.shortcut_on({"text": SLIP}, user={"id": "U9", "name": "kim", "team_id": "T9"})
    await ana.direct(SLIP, user="U9", user_team="T9", source_team="T9")

    assert "half price" in json.dumps(slack.last("views.update"))
    assert "half price" in json.dumps(slack.last("chat.postMessage"))


async def test_a_message_of_blocks_alone_is_reviewed(ana: SlackPerson, slack: StandInSlack) -> None:
    words = [{"type": "rich_text_section", "elements": [{"type": "text", "text": SLIP}]}]
    await ana.direct("", blocks=[{"type": "rich_text", "elements": words}])
    await ana.shortcut_on({"blocks": [{"type": "rich_text", "elements": words}]})

    assert "half price" in json.dumps(slack.last("chat.postMessage"))
    assert "half price" in json.dumps(slack.last("views.update"))


async def test_a_message_with_a_file_is_reviewed_by_its_words(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.direct(SLIP, subtype="file_share", files=[{"id": "F1", "name": "prices.pdf"}])

    assert "half price" in json.dumps(slack.last("chat.postMessage"))


async def test_a_shortcut_on_a_picture_says_that_there_is_nothing_to_read(
    ana: SlackPerson, slack: StandInSlack
) -> None:
    await ana.shortcut_on({"text": "", "files": [{"id": "F1"}]})

    assert "I could not judge this" in json.dumps(slack.last("views.update"))


async def test_references_reach_the_box_as_people_see_them(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.shortcut_on({"text": "Tom &amp; <@U1|sam>: see <https://x.y|the prices> in <#C1|garden> &lt;3"})

    box = next(b for b in slack.last("views.update")["view"]["blocks"] if b.get("block_id") == "draft_0_0")
    assert box["element"]["initial_value"] == "Tom & @sam: see the prices in #garden <3"


async def test_an_event_that_nobody_listens_to_is_not_sent_again(ana: SlackPerson, slack: StandInSlack) -> None:
    answer = await ana.event({"type": "channel_rename", "channel": {"id": "C1", "name": "x"}})

    assert answer.status_code == 200 and not slack.calls("chat.postMessage")


async def test_the_payloads_that_our_tests_make_are_of_slacks_published_types(
    ana: SlackPerson, slack: StandInSlack
) -> None:
    await ana.command(SLIP)
    await ana.shortcut_on({"text": SLIP})
    await ana.shortcut()
    await ana.submit(slack.last("views.update")["view"], {"draft_0_0": SLIP})
    await ana.direct(SLIP)
    await ana.event({"type": "app_home_opened", "tab": "home", "channel": "D1"})

    names = ("SlashCommand", "MessageShortcut", "GlobalShortcut", "ViewSubmit", "Message", "AppHomeOpened")
    faults = {name: faults_of(payload, name) for name, payload in zip(names, ana.sent, strict=True)}
    assert [fault for found in faults.values() for fault in found] == []


def faults_of(payload: dict[str, Any], name: str) -> list[str]:
    schema = json.loads(shared(f"slack/schemas/In{name}.schema.json").read_text())
    held = payload.get("event", payload)
    return [e.message[:200] for e in jsonschema.validators.validator_for(schema)(schema).iter_errors(held)]


async def test_being_told_that_slack_is_away_names_no_reason_of_slacks(ana: SlackPerson, slack: StandInSlack) -> None:
    slack.fail("auth.test", "account_inactive")

    answer = await ana.command(SLIP)

    assert voice.SLACK_AWAY in answer.text and "account_inactive" not in answer.text
