"""Slack's payloads -> our values; the last place where Slack's dicts are read."""

import json
from collections.abc import Mapping
from typing import Any

from bot.blocks.carry import Form
from bot.blocks.draft import MOST_PARTS, box_id
from bot.blocks.elements import Block
from bot.blocks.subscription import TipForm, place_in
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


def tip_form_of(view: Payload) -> TipForm:
    """Return the window of the weekly tip as the person left it."""
    kept, values = _json(view.get("private_metadata")), (view.get("state") or {}).get("values") or {}
    hour, _, minute = chosen(values, "time").partition(":")
    return TipForm(
        place=str(kept.get("place", "")),
        weekday=_number(chosen(values, "day"), 7),
        minute=_number(hour, 24) * 60 + _number(minute, 60),
        zone=chosen(values, "zone", "zone"),
        every="month" if chosen(values, "every") == "month" else "week",
    )


def place_of(body: Payload) -> str:
    """Return the place of the tip whose button was pressed: a channel, or the person themselves."""
    return place_in(str(body["actions"][0].get("block_id") or "")) or person_of(body).user


def value_of(body: Payload) -> str:
    """Return what the button that was pressed carries."""
    return str(body["actions"][0].get("value") or "")


def picked_day(body: Payload) -> str:
    """Return the day that was picked, as 2026-12-31; empty where none was."""
    return str(body["actions"][0].get("selected_date") or "")


def name_of(body: Payload) -> str:
    """Return what a person is called, for others to read; empty where Slack doesn't say."""
    user = body.get("user")
    return str(user.get("name") or user.get("username") or "") if isinstance(user, Mapping) else ""


def blocks_of(body: Payload) -> list[Block]:
    """Return the blocks of the message in which something was pressed; none of a message that only the person sees."""
    return [dict(block) for block in (body.get("message") or {}).get("blocks") or ()]


def is_in_home(body: Payload) -> bool:
    """Tell whether something was pressed in Home."""
    return (body.get("view") or {}).get("type") == "home"


def is_in_modal(body: Payload) -> bool:
    """Tell whether something was pressed in a modal."""
    return (body.get("view") or {}).get("type") == "modal"


def is_only_for_them(body: Payload) -> bool:
    """Tell whether something was pressed in a message that only the person sees."""
    return bool((body.get("container") or {}).get("is_ephemeral"))


def chosen(values: Payload, block_id: str, action_id: str = "chosen") -> str:
    """Return what was chosen in a menu, a list of people, a date, a time or a set of radio buttons; empty where nothing was."""
    state = (values.get(block_id) or {}).get(action_id) or {}
    option = state.get("selected_option") or {}
    picked = (state.get(kind) for kind in ("selected_user", "selected_date", "selected_time"))
    return str(option.get("value") or next(filter(None, picked), ""))


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


def _number(value: str, below: int) -> int:
    return int(value) if value.isdecimal() and int(value) < below else 0


def _id(held: object) -> str:
    return str(held.get("id", "")) if isinstance(held, Mapping) else str(held or "")


def _json(text: object) -> dict[str, Any]:
    try:
        held = json.loads(str(text or "{}"))
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}
