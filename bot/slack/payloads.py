"""Slack's payloads -> our values; the last place where Slack's dicts are read."""

import json
from collections.abc import Mapping
from typing import Any

from bot.blocks.carry import Form
from bot.blocks.draft import MOST_PARTS, box_id
from bot.coach.model import RELATIONSHIPS, VENUES
from bot.store.people import Person

Payload = Mapping[str, Any]


def person_of(body: Payload) -> Person:
    """Return who did something, from a command, an action, a view or an event.

    Where a whole organisation installed the app, a person is one and the same in all its workspaces: Slack leaves `team` out there
    whenever it likes, and names the organisation always.
    """
    event = body.get("event") or {}
    user = body.get("user") or event.get("user") or body.get("user_id") or (event.get("message") or {}).get("user")
    organisation = _id(body.get("enterprise") or body.get("enterprise_id"))
    team = _id(body.get("team") or body.get("team_id"))
    return Person(organisation if organisation and (is_org_wide(body) or not team) else team, _id(user))


def is_org_wide(body: Payload) -> bool:
    """Tell whether a whole organisation installed the app, rather than one workspace."""
    authorized = body.get("authorizations") or [body]
    return authorized[0].get("is_enterprise_install") in {True, "true"}


def venue_of(channel: str) -> str:
    """Return the venue that the id of a channel gives away: a direct message or nothing."""
    return "dm" if channel.startswith("D") else "unknown"


def form_of(view: Payload) -> Form:
    """Return the draft modal as the person left it."""
    kept = _json(view.get("private_metadata"))
    values = (view.get("state") or {}).get("values") or {}
    turn, count = int(kept.get("turn", 0)), min(int(kept.get("parts", 1)), MOST_PARTS)
    return Form(
        parts=tuple(_typed(values, box_id(turn, index)) for index in range(count)),
        relationship=_one_of(chosen(values, "relationship"), RELATIONSHIPS),
        venue=_one_of(chosen(values, "venue"), VENUES),
        recipient=chosen(values, "recipient"),
        profession=_typed(values, "profession").strip(),
        turn=turn,
        expanded=bool(kept.get("expanded")),
        told=tuple(kept.get("told") or ()),
    )


def chosen(values: Payload, block_id: str) -> str:
    """Return what was chosen in a menu, a list of people, a date or a set of radio buttons; empty where nothing was."""
    state = (values.get(block_id) or {}).get("chosen") or {}
    option = state.get("selected_option") or {}
    return str(option.get("value") or state.get("selected_user") or state.get("selected_date") or "")


def all_chosen(values: Payload, block_id: str) -> tuple[str, ...]:
    """Return all that was chosen where several things can be."""
    state = (values.get(block_id) or {}).get("chosen") or {}
    options = [option["value"] for option in state.get("selected_options") or ()]
    return tuple(options or state.get("selected_users") or ())


def typed(values: Payload, block_id: str) -> str:
    """Return what was typed into a field."""
    return _typed(values, block_id)


def _typed(values: Payload, block_id: str) -> str:
    return str(((values.get(block_id) or {}).get("text") or {}).get("value") or "")


def _one_of(value: str, known: tuple[str, ...]) -> str:
    return value if value in known else "unknown"


def _id(held: object) -> str:
    return str(held.get("id", "")) if isinstance(held, Mapping) else str(held or "")


def _json(text: object) -> dict[str, Any]:
    try:
        held = json.loads(str(text or "{}"))
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}
