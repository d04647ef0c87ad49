"""Everything that can be rendered is something that Slack accepts and that notifies nobody."""

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks.words import escaped, quoted
from bot.coach.model import Playbooks
from bot.coach.review import Coach
from tests.blocks.rendered import SETTER, messages, private_messages, views
from tests.blocks.slack_rules import faults_of_message, faults_of_view
from tests.conftest import shared


def test_every_view_keeps_to_slacks_limits(playbooks: Playbooks, coach: Coach) -> None:
    faults = {name: found for name, view in views(playbooks, coach) if (found := faults_of_view(view))}

    assert faults == {}


def test_every_message_keeps_to_slacks_limits(playbooks: Playbooks, coach: Coach) -> None:
    faults = {name: found for name, message in messages(playbooks, coach) if (found := faults_of_message(message))}

    assert faults == {}


def test_a_private_message_may_name_one_member_and_is_as_strict_otherwise() -> None:
    rendered = dict(private_messages())
    unnamed = json.loads(json.dumps(rendered).replace(f"<@{SETTER}>", "somebody"))

    assert rendered != unnamed
    assert {name: found for name, message in unnamed.items() if (found := faults_of_message(message))} == {}


def test_the_limits_can_fail() -> None:
    wrong = {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "<!here>" + "x" * 3000}}] * 51}

    assert len(faults_of_message(wrong)) > 50


def validator(name: str) -> jsonschema.protocols.Validator:
    schema = json.loads(shared(f"slack/schemas/{name}.schema.json").read_text())
    return jsonschema.validators.validator_for(schema)(schema)


def distinct(rendered: list[dict]) -> list[dict]:
    """Return one of each shape: the same blocks with other words need no second look by a slow validator."""
    return list({json.dumps(shape_of(view)): view for view in rendered}.values())


def shape_of(held: object) -> object:
    if isinstance(held, dict):
        return {k: shape_of(v) for k, v in held.items()}
    if isinstance(held, list):
        return [shape_of(v) for v in held]
    return type(held).__name__ if not isinstance(held, str) or len(held) > 30 else held


def test_every_modal_is_one_of_slacks_published_type(playbooks: Playbooks, coach: Coach) -> None:
    check = validator("modal")
    modals = distinct([view for _, view in views(playbooks, coach) if view["type"] == "modal"])

    assert modals and not [e.message[:300] for modal in modals for e in check.iter_errors(modal)]


def test_every_block_is_one_of_slacks_published_types(playbooks: Playbooks, coach: Coach) -> None:
    check = validator("blocks")
    home = [view["blocks"] for _, view in views(playbooks, coach) if view["type"] == "home"]
    blocks = distinct([{"blocks": b} for b in [*home, *(m["blocks"] for _, m in messages(playbooks, coach))]])

    assert blocks and not [e.message[:300] for b in blocks for e in check.iter_errors(b["blocks"])]


@given(st.text(max_size=400), st.integers(2, 200))
def test_escaped_text_is_never_longer_than_asked_and_never_notifies(text: str, longest: int) -> None:
    out = escaped(text, longest)

    assert len(out) <= longest
    assert "<" not in out and ">" not in out
    assert out.count("&") == out.count("&amp;") + out.count("&lt;") + out.count("&gt;")


@given(st.text(max_size=400))
def test_a_quotation_stays_on_one_line(text: str) -> None:
    assert "\n" not in quoted(text) and not set(quoted(text)) & set("*_~`")


@pytest.mark.parametrize("text", ["<!channel>", "<@U1>", "a & b"])
def test_what_fits_is_escaped_whole(text: str) -> None:
    assert escaped(text) == text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
