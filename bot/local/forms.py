"""What the inputs of a modal hold, as Slack sends it."""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]


def state_of(view: Mapping[str, Any], typed: Mapping[str, str]) -> Json:
    """Return the state of `view` with `typed` texts and chosen values by block id; the rest is what each input started with."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return {
        block["block_id"]: {block["element"]["action_id"]: _state(block["element"], typed.get(block["block_id"]))}
        for block in inputs
    }


def _state(element: Mapping[str, Any], given: str | None) -> Json:
    kind = element["type"]
    if kind == "plain_text_input":
        return {"type": kind, "value": element.get("initial_value") if given is None else given}
    if kind in {"static_select", "radio_buttons"}:
        chosen = next((option for option in element["options"] if option["value"] == given), None)
        return {"type": kind, "selected_option": chosen or element.get("initial_option")}
    if kind == "external_select":  # the page has no such menu: what it started with is what is chosen
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind == "timepicker":
        return {"type": kind, "selected_time": given or element.get("initial_time")}
    if kind in {"multi_static_select", "checkboxes"}:
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    if kind == "multi_users_select":
        return {"type": kind, "selected_users": element.get("initial_users", [])}
    if kind == "users_select":
        return {"type": kind, "selected_user": given or element.get("initial_user")}
    return {"type": kind, "selected_date": given or element.get("initial_date")}
