"""What the local Slack leaves out and Slack does send, put back before the app sees it; only in the local workspace."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.local.forms import state_of

Json = dict[str, Any]


async def fill_gaps(body: Json, next_: Callable[[], Awaitable[None]]) -> None:
    """Complete `body`: inputs that nobody touched hold what they showed; an edit in a direct message says that it is one."""
    event = body.get("event") or {}
    if body.get("type") == "view_submission":
        _fill_untouched(body["view"])
    elif event.get("type") == "message" and event["channel"].startswith("D"):
        event.setdefault("channel_type", "im")
    await next_()


def _fill_untouched(view: Json) -> None:
    sent = view["state"]["values"]
    for block_id, actions in state_of(view, {}).items():
        for action_id, state in actions.items():
            given = (sent.get(block_id) or {}).get(action_id) or {}
            if all(value in (None, []) for key, value in given.items() if key != "type"):
                sent[block_id] = {action_id: state}
