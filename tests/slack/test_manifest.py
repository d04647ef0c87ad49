"""The manifest: what Slack accepts, no more rights than needed, and everything that it promises is listened to."""

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from bot.app import manifest
from bot.cli import app_for
from bot.slack.command import load_subcommands
from bot.slack.desk import Desk
from bot.slack.listeners import register
from tests.blocks.rendered import views
from tests.conftest import shared

ADDRESS = "https://coach.example.com"


@pytest.mark.parametrize("arguments", [["manifest"], ["manifest", "--url", ADDRESS]])
def test_what_is_printed_is_what_slack_accepts(arguments: list[str]) -> None:
    printed = CliRunner().invoke(app_for(arguments), arguments)
    schema = json.loads(shared("slack/schemas/manifest.schema.2.json").read_text())
    check = jsonschema.validators.validator_for(schema)(schema)

    assert printed.exit_code == 0
    assert [e.message[:200] for e in check.iter_errors(json.loads(printed.stdout))] == []


def test_the_check_can_fail() -> None:
    schema = json.loads(shared("slack/schemas/manifest.schema.2.json").read_text())

    assert not jsonschema.validators.validator_for(schema)(schema).is_valid(manifest() | {"tpyo": 1})


def test_over_http_slack_is_told_one_address_and_no_socket() -> None:
    held = manifest(ADDRESS + "/")
    addresses = {
        held["settings"]["event_subscriptions"]["request_url"],
        held["settings"]["interactivity"]["request_url"],
        held["settings"]["interactivity"]["message_menu_options_url"],
        *(command["url"] for command in held["features"]["slash_commands"]),
    }

    assert addresses == {f"{ADDRESS}/slack/events"} and held["settings"]["socket_mode_enabled"] is False


def test_over_a_socket_no_address_is_needed() -> None:
    assert "url" not in json.dumps(manifest()) and manifest()["settings"]["socket_mode_enabled"] is True


@pytest.mark.parametrize("url", ["http://coach.example.com", "coach.example.com"])
def test_an_address_that_slack_would_refuse_is_one_sentence(url: str) -> None:
    result = CliRunner().invoke(app_for(["manifest"]), ["manifest", "--url", url])

    assert result.exit_code == 2 and "https://" in result.stderr


def test_no_more_rights_than_the_doors_need() -> None:
    scopes = manifest()["oauth_config"]["scopes"]

    assert scopes["bot"] == ["commands", "chat:write", "im:history"]
    assert set(scopes) == {"bot", "bot_optional"}
    assert not [s for s in scopes["bot_optional"] if s.endswith((":history", ":write.public")) or s.startswith("admin")]


class Recorder:
    """Stands where Bolt's app would, and notes what is listened to."""

    def __init__(self) -> None:
        self.heard: dict[str, set[str]] = {}

    def __getattr__(self, kind: str) -> Callable[..., Any]:
        def note(name: Any) -> Callable[[Any], Any]:
            self.heard.setdefault(kind, set()).add(name if isinstance(name, str) else "")
            return lambda listener: listener

        return note


@pytest.fixture
def heard(desk: Desk) -> dict[str, set[str]]:
    recorder = Recorder()
    register(recorder, desk)  # type: ignore[arg-type]
    return recorder.heard


def test_everything_that_the_manifest_names_is_listened_to_and_nothing_else(heard: dict[str, set[str]]) -> None:
    features, settings = manifest()["features"], manifest()["settings"]
    events = {name.split(".")[0] for name in settings["event_subscriptions"]["bot_events"]}

    assert heard["command"] == {c["command"] for c in features["slash_commands"]}
    assert heard["shortcut"] == {s["callback_id"] for s in features["shortcuts"]}
    assert heard["event"] == events


def test_every_button_and_modal_that_can_be_shown_is_listened_to(heard: dict[str, set[str]], playbooks, coach) -> None:  # type: ignore[no-untyped-def]
    shown = [view for _, view in views(playbooks, coach)]
    pressed = {e["action_id"] for v in shown for b in v["blocks"] if b["type"] == "actions" for e in b["elements"]}
    submitted = {v["callback_id"] for v in shown if "submit" in v}

    assert pressed <= heard["action"] and submitted == heard["view"]


def test_names_fit_where_slack_shows_them() -> None:
    held = manifest()
    about, features = held["display_information"], held["features"]

    assert len(about["name"]) <= 35 and len(about["description"]) <= 140
    assert 174 <= len(about["long_description"]) <= 4_000
    assert len(features["bot_user"]["display_name"]) <= 80
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert len(features["agent_view"]["suggested_prompts"]) <= 4
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= 24 and len(shortcut["description"]) <= 150
    for command in features["slash_commands"]:
        assert len(command["command"]) <= 32
        assert len(command["description"]) <= 2_000 and len(command["usage_hint"]) <= 1_000


def test_the_usage_hint_names_every_subcommand() -> None:
    hint = manifest()["features"]["slash_commands"][0]["usage_hint"]

    assert [name for name in load_subcommands() if name not in hint] == []
