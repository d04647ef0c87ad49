"""What Slack refuses, written down apart from the builders: lengths, counts, ids, what may stand where (docs.slack.dev, November 2026)."""

from collections.abc import Iterator
from typing import Any

LENGTHS = {
    "header": 150,
    "button": 75,
    "option": 75,
    "label": 2000,
    "hint": 2000,
    "placeholder": 150,
    "title": 24,
    "submit": 24,
    "close": 24,
}
INPUTS_ONLY_IN_VIEWS = {"input"}


def faults_of_message(message: dict[str, Any]) -> list[str]:
    """Return what Slack would refuse in a message."""
    blocks = message.get("blocks", [])
    found = [] if message.get("text") else ["no text for notifications and screen readers"]
    if len(message.get("text", "")) > 4_000:
        found.append("text is too long to be updated")
    if len(blocks) > 50:
        found.append("more than 50 blocks")
    found += [f"{b['type']} in a message" for b in blocks if b["type"] in INPUTS_ONLY_IN_VIEWS]
    return [*found, *_faults_of_blocks(blocks)]


def faults_of_view(view: dict[str, Any]) -> list[str]:
    """Return what Slack would refuse in a modal or in App Home."""
    found = [] if len(view["blocks"]) <= 100 else ["more than 100 blocks"]
    if len(view.get("private_metadata", "")) > 3_000:
        found.append("private_metadata is too long")
    if len(str(view).encode()) > 250_000:
        found.append("the view is larger than 250 kB")
    if view["type"] == "modal":
        found += [f"{k} is missing or too long" for k in ("title",) if not 0 < len(view[k]["text"]) <= 24]
        found += [f"{k} is too long" for k in ("submit", "close") if k in view and len(view[k]["text"]) > 24]
        if any(b["type"] == "input" for b in view["blocks"]) and "submit" not in view:
            found.append("inputs without a submit button")
    return [*found, *_faults_of_blocks(view["blocks"])]


def _faults_of_blocks(blocks: list[dict[str, Any]]) -> list[str]:
    ids = [b["block_id"] for b in blocks if "block_id" in b]
    found = [f"block_id twice: {i}" for i in set(ids) if ids.count(i) > 1]
    for block in blocks:
        found += [f"{block['type']}: {fault}" for fault in _faults_of_block(block)]
    return found


def _faults_of_block(block: dict[str, Any]) -> Iterator[str]:
    yield from _faults_of_shape(block)
    elements = (
        block["elements"] if block["type"] == "actions" else [block["element"]] if block["type"] == "input" else []
    )
    if "accessory" in block:
        elements = [block["accessory"]]
    if len(block.get("block_id", "")) > 255:
        yield "block_id is too long"
    for element in elements:
        yield from _faults_of_element(element)
    for text in mrkdwn_of(block):
        if len(text) > 3_000:
            yield "text is too long"
        if any(mark in text for mark in ("<!", "<@", "<#")):
            yield "something that notifies or links"


def _faults_of_shape(block: dict[str, Any]) -> Iterator[str]:
    kind = block["type"]
    if kind == "section" and not 0 < len(block["text"]["text"]) <= 3_000:
        yield "text is empty or too long"
    if kind == "header" and (len(block["text"]["text"]) > 150 or block["text"]["type"] != "plain_text"):
        yield "heading"
    if kind == "context" and not 0 < len(block["elements"]) <= 10:
        yield "elements"
    if kind == "input" and len(block["label"]["text"]) > 2_000:
        yield "label is too long"
    if kind == "actions":
        actions = [e["action_id"] for e in block["elements"]]
        if not 0 < len(actions) <= 25 or len(set(actions)) != len(actions):
            yield "too many elements, or an action_id twice"


def _faults_of_element(element: dict[str, Any]) -> Iterator[str]:
    if len(element.get("action_id", "")) > 255 or len(element.get("value", "")) > 2_000:
        yield "id or value is too long"
    if element["type"] == "button" and (
        not 0 < len(element["text"]["text"]) <= 75 or len(element.get("accessibility_label", "")) > 75
    ):
        yield "button text"
    options = element.get("options", [])
    if len(options) > (10 if element["type"] in {"radio_buttons", "checkboxes"} else 100):
        yield "too many options"
    # An external menu asks for its options later; what it starts with must be as short as they are.
    known = [element.get("initial_option")] if element["type"] == "external_select" else options
    if any(len(o["text"]["text"]) > 75 or len(o["value"]) > 150 for o in known if o):
        yield "an option is too long"
    if element.get("initial_option") and element["initial_option"] not in known:
        yield "the initial option is none of the options"
    if element.get("max_length", 0) > 3_000 or len(element.get("initial_value", "")) > 3_000:
        yield "more than an input holds"
    if "confirm" in element:
        longest = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
        if any(not 0 < len(element["confirm"][part]["text"]) <= most for part, most in longest.items()):
            yield "a question before an action is too long"
    if len(element.get("placeholder", {}).get("text", "")) > 150:
        yield "placeholder is too long"


def mrkdwn_of(block: dict[str, Any]) -> Iterator[str]:
    """Yield every mrkdwn text in a block."""
    if isinstance(block, dict):
        if block.get("type") == "mrkdwn":
            yield block["text"]
        for value in block.values():
            yield from mrkdwn_of(value)
    elif isinstance(block, list):
        for value in block:
            yield from mrkdwn_of(value)
