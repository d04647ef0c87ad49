"""The few pieces of Block Kit that we use; each takes finished words and obeys Slack's limits."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.blocks import limits
from bot.blocks.words import cut

Block = dict[str, Any]


def plain(text: str, longest: int = limits.SECTION_TEXT) -> Block:
    """Return a plain text object."""
    return {"type": "plain_text", "text": cut(text, longest), "emoji": True}


def section(mrkdwn: str, accessory: Block | None = None) -> Block:
    """Return a paragraph; `mrkdwn` must be escaped already."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": cut(mrkdwn, limits.SECTION_TEXT)}}
    return block | {"accessory": accessory} if accessory else block


def header(text: str) -> Block:
    """Return a heading."""
    return {"type": "header", "text": plain(text, limits.HEADER_TEXT)}


def context(*mrkdwn: str) -> Block:
    """Return a small grey line."""
    return {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": cut(line, limits.SECTION_TEXT)} for line in mrkdwn],
    }


def divider() -> Block:
    """Return a thin line."""
    return {"type": "divider"}


def button(text: str, action_id: str, value: str = "", style: str = "", label: str = "") -> Block:
    """Return a button; `label` is what a screen reader says where `text` alone is not enough."""
    block: Block = {"type": "button", "text": plain(text, limits.BUTTON_TEXT), "action_id": action_id}
    if value:
        block["value"] = value
    if style:
        block["style"] = style
    if label:
        block["accessibility_label"] = cut(label, limits.BUTTON_TEXT)
    return block


def confirmed(element: Block, ask: str, what: str, yes: str, no: str) -> Block:
    """Return `element` with a question before it does anything."""
    return element | {
        "confirm": {
            "title": plain(ask, limits.CONFIRM_TITLE),
            "text": plain(what, limits.CONFIRM_TEXT),
            "confirm": plain(yes, limits.CONFIRM_BUTTON),
            "deny": plain(no, limits.CONFIRM_BUTTON),
        }
    }


def actions(block_id: str, *elements: Block) -> Block:
    """Return a row of buttons."""
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def options(choices: Mapping[str, str]) -> list[Block]:
    """Return `choices`, words by value, as options."""
    return [{"text": plain(words, limits.OPTION_TEXT), "value": value} for value, words in choices.items()]


def select(action_id: str, choices: Mapping[str, str], chosen: str = "", placeholder: str = "") -> Block:
    """Return a menu of `choices` with `chosen` selected."""
    block: Block = {"type": "static_select", "action_id": action_id, "options": options(choices)}
    if chosen in choices:
        block["initial_option"] = options({chosen: choices[chosen]})[0]
    if placeholder:
        block["placeholder"] = plain(placeholder, limits.PLACEHOLDER_TEXT)
    return block


def field(block_id: str, label: str, element: Block, hint: str = "", optional: bool = True) -> Block:
    """Return an input with its label."""
    block: Block = {"type": "input", "block_id": block_id, "label": plain(label), "element": element}
    if hint:
        block["hint"] = plain(hint)
    return block | {"optional": optional}


def modal(callback_id: str, title: str, blocks: Sequence[Block], submit: str = "", metadata: str = "") -> Block:
    """Return a modal."""
    view: Block = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, limits.TITLE_TEXT),
        "close": plain("Close"),
        "blocks": list(blocks[: limits.BLOCKS_IN_VIEW]),
    }
    if submit:
        view["submit"] = plain(submit, limits.TITLE_TEXT)
    if metadata:
        view["private_metadata"] = metadata
    return view
