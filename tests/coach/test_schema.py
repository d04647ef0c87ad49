"""The JSON Schema for editors says what the loader says."""

import copy
from typing import Any

import jsonschema
import pytest
import yaml

from bot.coach.format import Format
from bot.coach.kind import Kind
from bot.coach.playbook import SHAPES, load
from tests.small import PRINCIPLE


@pytest.fixture
def schema(kinds: dict[str, Kind]) -> dict[str, Any]:
    return Format(kinds).schema(SHAPES["principles"])


def typed(text: str) -> dict[str, Any]:
    held: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return held


def test_the_schema_is_itself_valid(kinds: dict[str, Kind]) -> None:
    for shape in SHAPES.values():
        jsonschema.Draft202012Validator.check_schema(Format(kinds).schema(shape))


def test_what_the_loader_takes_the_schema_takes(schema: dict[str, Any]) -> None:
    jsonschema.validate(typed(PRINCIPLE), schema)


@pytest.mark.parametrize("folder", ["principles", "professions"])
def test_our_own_files_satisfy_the_schema(kinds: dict[str, Kind], folder: str) -> None:
    from bot.library import builtin_folder

    schema = Format(kinds).schema(SHAPES[folder])
    files = sorted((builtin_folder() / folder).glob("*.yaml"))

    assert files
    for file in files:
        jsonschema.validate(typed(file.read_text("utf-8")), schema)


def broken(path: list[Any], value: Any) -> dict[str, Any]:
    """Return the small principle with the value at `path` replaced, or removed where it is `...`."""
    held = copy.deepcopy(typed(PRINCIPLE))
    spot: Any = held
    for step in path[:-1]:
        spot = spot[step]
    if value is ...:
        del spot[path[-1]]
    else:
        spot[path[-1]] = value
    return held


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["title"], ...),
        (["titel"], "x"),
        (["questions"], ["one"]),
        (["reminders", "2"], ["one"]),
        (["rules", 0, "why"], ...),
        (["rules", 0, "whyy"], "x"),
        (["rules", 0, "severity"], 9),
        (["rules", 0, "kind"], "phrase"),
        (["rules", 0, "phrases"], []),
        (["rules", 0, "negation"], "maybe"),
        (["rules", 0, "when"], {"venue": ["pub"]}),
        (["rules", 0, "examples", "flags"], ["[[x]]"]),
        (["rules", 0, "id"], "Not An Id"),
        (["tips"], []),
    ],
)
def test_what_the_loader_refuses_the_schema_refuses(
    kinds: dict[str, Kind], schema: dict[str, Any], path: list[Any], value: Any
) -> None:
    held = broken(path, value)

    refused_by_loader = bool(
        load(
            [{"lists.yaml": "friend: [mate+, pal+]", "principles/fair-price.yaml": yaml.safe_dump(held)}], kinds
        ).problems
    )
    refused_by_schema = not jsonschema.Draft202012Validator(schema).is_valid(held)

    assert refused_by_loader
    assert refused_by_schema


def test_each_kind_brings_its_keys_to_the_schema(kinds: dict[str, Kind], schema: dict[str, Any]) -> None:
    for name, kind in kinds.items():
        assert set(kind.fields) <= set(schema["$defs"][f"{name}-rule"]["properties"])
