"""The manifest: what Slack accepts, and what the app needs."""

import json

import jsonschema
import pytest

from bot.manifest import manifest
from bot.slack.command import load_subcommands
from tests.conftest import shared

URL = "https://coach.example.com"


@pytest.mark.parametrize("url", ["", URL])
def test_slack_accepts_it(url: str) -> None:
    schema = json.loads(shared("slack/schemas/manifest.schema.2.json").read_text())
    check = jsonschema.validators.validator_for(schema)(schema)

    assert [error.message[:200] for error in check.iter_errors(manifest(url))] == []


def test_over_http_every_kind_of_request_has_an_address() -> None:
    settings = manifest(URL)["settings"]

    assert settings["interactivity"]["request_url"] == f"{URL}/slack/events"
    assert settings["interactivity"]["message_menu_options_url"] == f"{URL}/slack/events"
    assert settings["event_subscriptions"]["request_url"] == f"{URL}/slack/events"


def test_its_hint_names_what_people_type() -> None:
    hint = manifest()["features"]["slash_commands"][0]["usage_hint"]

    assert [name for name in load_subcommands() if name not in hint] == []
