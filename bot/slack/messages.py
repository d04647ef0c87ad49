"""What a message says, as its author sees it: links by their words, people and channels by name, and the words of its blocks
where Slack's plain text is shorter than they are."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.blocks.words import unescaped

_REFERENCE = re.compile(
    r"<(?:(?P<kind>[@#!])(?P<id>[^\s<>|]+)|(?P<link>[a-z][a-z+.-]*:[^\s<>|]+))(?:\|(?P<label>[^<>\n]*))?>"
)
_SPECIAL = {"here", "channel", "everyone"}


def words_of(message: Mapping[str, Any]) -> str:
    """Return the words of a message or of an event about one."""
    text, said = readable(message.get("text") or ""), "\n".join(_words(message.get("blocks") or ())).strip()
    return text if len(text) >= len(said) else said


def readable(mrkdwn: str) -> str:
    """Return Slack's `mrkdwn` with its references as people see them and its entities as they were typed."""
    return unescaped(_REFERENCE.sub(_named, mrkdwn))


def _named(found: re.Match[str]) -> str:
    kind, label = found["kind"], found["label"]
    if kind is None:
        return label or str(found["link"]).removeprefix("mailto:").removeprefix("tel:")
    if kind == "!":
        return label or (f"@{found['id']}" if found["id"] in _SPECIAL else "")
    return f"{kind}{label or found['id']}"


def _words(blocks: Sequence[Any]) -> list[str]:
    """Return the lines of what blocks say; buttons, menus and pictures say nothing of their author's."""
    lines: list[str] = []
    for block in blocks:
        if block.get("type") == "rich_text":
            lines += [line for element in block.get("elements") or () for line in _lines(element)]
        elif block.get("type") in {"section", "header", "markdown"}:
            text = block.get("text") or ""
            lines.append(readable(str(text.get("text") or "") if isinstance(text, Mapping) else str(text)))
    return lines


def _lines(element: Mapping[str, Any]) -> list[str]:
    held = element.get("elements") or ()
    match element.get("type"):
        case "rich_text_list":
            return [f"• {line}" for item in held for line in _lines(item)]
        case "rich_text_quote":  # what is quoted, or code, is not the author's: marked so that the coach knows
            return [f"> {line}" for line in "".join(_piece(p) for p in held).split("\n")]
        case "rich_text_preformatted":
            return [f"```{''.join(_piece(p) for p in held)}```"]
        case _:
            return ["".join(_piece(p) for p in held)]


def _piece(piece: Mapping[str, Any]) -> str:
    match piece.get("type"):
        case "text":
            words = str(piece.get("text") or "")
            return f"`{words}`" if (piece.get("style") or {}).get("code") else words
        case "link":
            return str(piece.get("text") or piece.get("url") or "")
        case "emoji":
            return f":{piece.get('name', '')}:"
        case "user":
            return f"@{piece.get('user_id', '')}"
        case "channel":
            return f"#{piece.get('channel_id', '')}"
        case "broadcast":
            return f"@{piece.get('range', '')}"
        case _:
            return ""
