"""Everything that can be rendered is something that Slack accepts and that notifies nobody."""

import ast
import inspect
import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.blocks
import bot.slack
from bot.blocks import voice
from bot.blocks.elements import Block
from bot.blocks.words import escaped, quoted
from bot.coach.model import Playbooks
from bot.coach.review import Coach
from tests.blocks import rendered
from tests.blocks.rendered import FIELDS, SETTER, messages, private_messages, views
from tests.blocks.slack_rules import faults_of_message, faults_of_view
from tests.conftest import shared


def test_every_view_keeps_to_slacks_limits(playbooks: Playbooks, coach: Coach) -> None:
    faults = {name: found for name, view in views(playbooks, coach) if (found := faults_of_view(view))}

    assert faults == {}


def test_every_message_keeps_to_slacks_limits(playbooks: Playbooks, coach: Coach) -> None:
    faults = {name: found for name, message in messages(playbooks, coach) if (found := faults_of_message(message))}

    assert faults == {}


def builders_in(folder: ModuleType) -> set[str]:
    """Return the names of what the modules of `folder` take from bot.blocks that makes blocks or a view."""
    sources = [path.read_text() for path in Path(folder.__path__[0]).rglob("*.py")]
    taken = [n for s in sources for n in ast.walk(ast.parse(s)) if isinstance(n, ast.ImportFrom)]
    return {
        alias.name
        for node in taken
        for alias in node.names
        if (node.module or "").startswith("bot.blocks.") and _makes(import_module(str(node.module)), alias.name)
    }


def _makes(module: ModuleType, name: str) -> bool:
    made = getattr(module, name)
    return inspect.isfunction(made) and inspect.signature(made).return_annotation in {Block, list[Block]}


def test_everything_that_a_listener_can_show_is_rendered_here() -> None:
    shown, called = builders_in(bot.slack), ast.parse(inspect.getsource(rendered))
    rendered_here = {n.func.id for n in ast.walk(called) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}

    assert len(shown) >= 12 and shown - rendered_here == set()


def test_listeners_make_no_blocks_of_their_own() -> None:
    for path in Path(bot.slack.__path__[0]).rglob("*.py"):
        taken = re.findall(r"from bot\.blocks\.elements import (.+)", path.read_text())

        assert set(taken) <= {"Block"}, path
        assert '"type": "' not in path.read_text(), path


def test_every_format_of_the_apps_own_words_is_filled_somewhere(playbooks: Playbooks, coach: Coach) -> None:
    """A format whose fields nobody fills here would slip by unseen."""
    shown = [*views(playbooks, coach), *messages(playbooks, coach), *private_messages()]
    said = "\n".join({text for _, held in shown for text in texts_of(held)})
    formats = {name: words for name, words in vars(voice).items() if isinstance(words, str) and FIELDS.search(words)}
    pieces = {name: max(re.split(r"\{[^{}]*\}", words), key=len) for name, words in formats.items()}

    assert len(formats) > 20
    assert {name for name, piece in pieces.items() if piece not in said} == set()


def texts_of(held: object) -> Iterator[str]:
    """Yield every string in blocks."""
    if isinstance(held, dict):
        for value in held.values():
            yield from texts_of(value)
    elif isinstance(held, list):
        for value in held:
            yield from texts_of(value)
    elif isinstance(held, str):
        yield held


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
