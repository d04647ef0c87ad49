"""YAML -> plain data with a line for every path; every scalar stays the text that was typed."""

from dataclasses import dataclass, field
from typing import Any

import yaml

from bot.coach.problems import Problem

LONGEST_FILE = 1_000_000
DEEPEST = 12

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Tree:
    """A YAML file: its data, and on which line each path of it stands."""

    data: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """Return the line of `path`, or of the nearest path above it that is there."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _RefusedError(Exception):
    def __init__(self, line: int, what: str, instead: str) -> None:
        super().__init__(what)
        self.line, self.what, self.instead = line, what, instead


def read_yaml(text: str, file: str) -> tuple[Tree, list[Problem]]:
    """Read `text`; anchors, duplicate keys, depth beyond 12 and files beyond 1 MB are problems, not data."""
    if len(text) > LONGEST_FILE:
        return Tree(None), [
            Problem(
                file,
                1,
                f"the file has {len(text):,} characters",
                f"keep it below {LONGEST_FILE:,}; split it into several",
            )
        ]
    lines: dict[Path, int] = {}
    try:
        events = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return Tree(_document(events, lines), lines), []
    except _RefusedError as refused:
        return Tree(None), [Problem(file, refused.line, refused.what, refused.instead)]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "this is not YAML"
        return Tree(None), [
            Problem(
                file, mark.line + 1 if mark else 1, what, "check quotes, brackets and indentation here or just above"
            )
        ]


def _document(events: Any, lines: dict[Path, int]) -> Any:
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            return _node(event, events, (), lines)
    return None


def _node(event: Any, events: Any, path: Path, lines: dict[Path, int]) -> Any:
    line = event.start_mark.line + 1
    lines.setdefault(path, line)
    if isinstance(event, yaml.AliasEvent) or event.anchor:
        raise _RefusedError(
            line, "anchors (&name) and aliases (*name) are not used in playbooks", "write the text out, or quote it"
        )
    if len(path) > DEEPEST:
        raise _RefusedError(line, f"this is nested more than {DEEPEST} deep", "use the keys of the format")
    if isinstance(event, yaml.ScalarEvent):
        return event.value if event.value or event.style else None
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(events, path, lines)
    return _mapping(events, path, lines)


def _sequence(events: Any, path: Path, lines: dict[Path, int]) -> list[Any]:
    items: list[Any] = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        items.append(_node(event, events, (*path, len(items)), lines))
    return items


def _mapping(events: Any, path: Path, lines: dict[Path, int]) -> dict[str, Any]:
    items: dict[str, Any] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        line = event.start_mark.line + 1
        if not isinstance(event, yaml.ScalarEvent) or event.anchor:
            raise _RefusedError(line, "a key must be a plain word", "write key: value")
        key = event.value
        if key in items:
            raise _RefusedError(line, f"the key '{key}' stands here twice", "keep one of them")
        lines[(*path, key)] = line
        value = _node(next(events), events, (*path, key), lines)
        items[key] = value
    return items
