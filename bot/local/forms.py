"""What the inputs of a modal hold: as Slack sends it, and put right where the local Slack leaves out what nobody touched."""

from collections.abc import Awaitable, Callable, Mapping
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
    if kind in {"multi_static_select", "checkboxes"}:
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    if kind == "multi_users_select":
        return {"type": kind, "selected_users": element.get("initial_users", [])}
    if kind == "users_select":
        return {"type": kind, "selected_user": given or element.get("initial_user")}
    return {"type": kind, "selected_date": given or element.get("initial_date")}


async def fill_untouched(body: Json, next_: Callable[[], Awaitable[None]]) -> None:
    """Give inputs that nobody touched what they showed: Slack sends that, the page of the local Slack sends nothing."""
    if body.get("type") == "view_submission":
        sent = body["view"]["state"]["values"]
        for block_id, actions in state_of(body["view"], {}).items():
            for action_id, state in actions.items():
                given = sent.get(block_id, {}).get(action_id) or {}
                if all(value in (None, []) for key, value in given.items() if key != "type"):
                    sent[block_id] = {action_id: state}
    await next_()
