"""Block Kit as lines to be read at a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.blocks.words import unescaped

Json = Mapping[str, Any]


def lines_of(shown: Json) -> list[str]:
    """Return what a message, a modal or Home shows, a paragraph a line."""
    title = [f"[ {shown['title']['text']} ]"] if "title" in shown else []
    blocks = list(_lines(shown.get("blocks") or []))
    submit = [f"[{shown['submit']['text']}]"] if "submit" in shown else []
    return [*title, *(blocks or [unescaped(shown.get("text") or "")]), *submit]


def text_of(shown: Json) -> str:
    """Return what a message, a modal or Home shows as one text."""
    return "\n".join(lines_of(shown))


def _lines(blocks: Sequence[Json]) -> Iterator[str]:
    for block in blocks:
        kind = block["type"]
        if kind in {"section", "header"}:
            yield from _plain(block["text"]["text"]).replace("\n>", " ").split("\n")
        elif kind == "context":
            yield from (_plain(element["text"]) for element in block["elements"])
        elif kind == "actions":
            yield "  ".join(f"[{_words(element)}]" for element in block["elements"])
        elif kind == "input":
            yield f"{block['label']['text']} {_held(block['element'])}".rstrip()


def _words(element: Json) -> str:
    held: Json = element.get("text") or element.get("placeholder") or {}
    return str(held.get("text", ""))


def _held(element: Json) -> str:
    option = (element.get("initial_option") or {}).get("text", {}).get("text", "")
    return str(element.get("initial_value") or option or "")


def _plain(mrkdwn: str) -> str:
    return unescaped(mrkdwn).replace("*", "").replace("_", "")
