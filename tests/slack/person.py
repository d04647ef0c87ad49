"""A person who uses the app in Slack: types commands, presses buttons, sends messages; everything signed, over the real HTTP door."""

import asyncio
import itertools
import json
import time
from typing import Any
from urllib.parse import urlencode

import httpx
from slack_sdk.signature import SignatureVerifier

from tests.slack.stand_in import StandInSlack

SECRET = "a-signing-secret"
FORM = "application/x-www-form-urlencoded"
_NUMBERS = itertools.count(1)


class SlackPerson:
    """One user in one workspace, with the view that is open before them."""

    def __init__(
        self, http: httpx.AsyncClient, slack: StandInSlack, user: str = "U1", team: str = "T1", name: str = "ana"
    ) -> None:
        self._http = http
        self._slack = slack
        self.user = user
        self.team = team
        self.name = name
        self.sent: list[dict[str, Any]] = []  # the payloads, to be held against Slack's published types
        self.asked: list[float] = []  # when each was sent
        self.answered = asyncio.Event()  # set with each answer; the app may go on working after it
        self.waited = 0.0  # the longest that Slack waited for an answer, in seconds

    async def send(self, body: str, content_type: str, **headers: str) -> httpx.Response:
        """Post `body` to the app as Slack would, and wait until the app has done all it wants."""
        signed = signed_headers(body) | {"content-type": content_type} | headers
        asked = time.perf_counter()
        self.asked.append(asked)
        response = await self._http.post("/slack/events", content=body, headers=signed)
        self.waited = max(self.waited, time.perf_counter() - asked)
        self.answered.set()
        await settled()
        return response

    async def command(self, text: str, channel: str = "C1", **more: str) -> httpx.Response:
        """Type `/boundary` and `text`."""
        form = {
            "token": "old",
            "api_app_id": "A1",
            "team_id": self.team,
            "team_domain": "studio",
            "channel_id": channel,
            "channel_name": "general",
            "user_id": self.user,
            "user_name": "ana",
            "command": "/boundary",
            "text": text,
            "trigger_id": f"tr{next(_NUMBERS)}",
            "response_url": self.response_url(),
            "is_enterprise_install": "false",
        } | more
        self.sent.append(form)
        return await self.send(urlencode(form), FORM)

    async def interact(self, payload: dict[str, Any]) -> httpx.Response:
        """Send an interaction: a shortcut, an action or a view."""
        whole = {
            "user": {"id": self.user, "name": self.name, "team_id": self.team},
            "team": {"id": self.team, "domain": "studio"},
            "token": "old",
            "trigger_id": f"tr{next(_NUMBERS)}",
        } | payload
        self.sent.append(whole)
        return await self.send(urlencode({"payload": json.dumps(whole)}), FORM)

    async def shortcut(self) -> httpx.Response:
        """Use the global shortcut."""
        user = {"id": self.user, "username": "ana", "team_id": self.team}
        return await self.interact({"type": "shortcut", "callback_id": "check_draft", "action_ts": "1.2", "user": user})

    async def shortcut_on(self, message: dict[str, Any], channel: str = "D9", **more: Any) -> httpx.Response:
        """Use the shortcut in the menu of `message`."""
        payload = {
            "type": "message_action",
            "callback_id": "check_boundaries",
            "message": {"type": "message", "user": self.user, "ts": "1.1"} | message,
            "channel": {"id": channel, "name": "directmessage"},
            "message_ts": "1.1",
            "action_ts": "1.2",
            "response_url": self.response_url(),
        }
        return await self.interact(payload | more)

    def response_url(self) -> str:
        return f"{self._slack.url}/response/{next(_NUMBERS)}"

    async def press(self, view_or_message: dict[str, Any], action_id: str, values: Any = None) -> httpx.Response:
        """Press the button `action_id` of a view (with what its inputs hold) or of a message, or pick `values` in its menu."""
        block, element = find_block(view_or_message["blocks"], action_id)
        action = {"action_id": action_id, "type": element["type"], "block_id": block.get("block_id", "b")}
        if "value" in element:
            action["value"] = element["value"]
        if element["type"] == "static_select":
            action["selected_option"] = values
            values = None
        if element["type"] == "datepicker":
            action["selected_date"] = values
            values = None
        payload: dict[str, Any] = {"type": "block_actions", "api_app_id": "A1", "actions": [action]}
        if view_or_message.get("type") in {"modal", "home"}:
            payload["view"] = with_state(view_or_message, values or {})
        else:
            payload |= _place_of(view_or_message)
            payload["response_url"] = self.response_url()
        return await self.interact(payload)

    async def search(self, view: dict[str, Any], action_id: str, typed: str) -> list[str]:
        """Type into the menu `action_id` that asks the app for its options; return their values."""
        block = next(b for b in view["blocks"] if (b.get("element") or {}).get("action_id") == action_id)
        payload = {"type": "block_suggestion", "action_id": action_id, "block_id": block["block_id"], "value": typed}
        answer = await self.interact(payload | {"view": view})
        return [option["value"] for option in answer.json()["options"]]

    async def submit(self, view: dict[str, Any], values: dict[str, Any]) -> httpx.Response:
        """Submit a modal with `values` typed or chosen, by block id."""
        payload = {"type": "view_submission", "api_app_id": "A1", "view": with_state(view, values)}
        return await self.interact(payload)

    async def event(self, event: dict[str, Any], event_id: str = "", **headers: str) -> httpx.Response:
        """Let something happen that the app subscribed to."""
        body = {
            "type": "event_callback",
            "api_app_id": "A1",
            "team_id": self.team,
            "event_id": event_id or f"Ev{next(_NUMBERS)}",
            "event_time": 1,
            "event": {"user": self.user, "event_ts": "1.3"} | event,
        }
        self.sent.append(body)
        return await self.send(json.dumps(body), "application/json", **headers)

    async def direct(self, text: str, ts: str = "100.1", **more: Any) -> httpx.Response:
        """Write a direct message to the app."""
        event_id = more.pop("event_id", "")
        event = {"type": "message", "channel": "D1", "channel_type": "im", "text": text, "ts": ts} | more
        return await self.event(event, event_id)


def signed_headers(body: str, secret: str = SECRET, age: int | None = None) -> dict[str, str]:
    """Return what Slack sends with `body`: when, `age` seconds ago, and its signature; each call at another second, as Slack's are."""
    stamp = str(int(time.time()) - (next(_NUMBERS) % 200 if age is None else age))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body) or ""
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": signature}


def with_state(view: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """Return `view` as Slack sends it back: what was typed or chosen, else what each input started with."""
    state: dict[str, Any] = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            state[block["block_id"]] = {element["action_id"]: _state_of(element, values.get(block["block_id"]))}
    made = {"id": "V1", "team_id": "T1", "app_id": "A1", "bot_id": "B1", "hash": "1.x", "root_view_id": "V1"}
    rest = {"previous_view_id": None, "clear_on_close": False, "notify_on_close": False, "external_id": ""}
    return made | rest | {"private_metadata": "", "submit": None} | view | {"state": {"values": state}}


def _state_of(element: dict[str, Any], given: Any) -> dict[str, Any]:
    kind = element["type"]
    if kind == "plain_text_input":
        return {"type": kind, "value": given if given is not None else element.get("initial_value")}
    if kind == "external_select":
        given = {"text": {"type": "plain_text", "text": given}, "value": given} if given else None
        return {"type": kind, "selected_option": given or element.get("initial_option")}
    if kind == "timepicker":
        return {"type": kind, "selected_time": given or element.get("initial_time")}
    if kind in {"static_select", "radio_buttons"}:
        option = next((o for o in element["options"] if o["value"] == given), element.get("initial_option"))
        return {"type": kind, "selected_option": option}
    if kind in {"multi_static_select", "checkboxes"}:
        start = [o["value"] for o in element.get("initial_options", [])]
        wanted = given if given is not None else start
        return {"type": kind, "selected_options": [o for o in element["options"] if o["value"] in wanted]}
    if kind == "multi_users_select":
        return {"type": kind, "selected_users": given if given is not None else element.get("initial_users", [])}
    if kind == "users_select":
        return {"type": kind, "selected_user": given or element.get("initial_user")}
    return {"type": kind, "selected_date": given or element.get("initial_date")}


def _place_of(message: dict[str, Any]) -> dict[str, Any]:
    """Return where a message stands, as Slack tells: of one that only this person sees, no words."""
    if message.get("response_type") == "ephemeral" or "user" in message:
        return {"container": {"type": "message", "is_ephemeral": True}}
    held = {"type": "message", "text": message.get("text", ""), "blocks": message["blocks"]}
    return {"container": {"type": "message", "is_ephemeral": False}, "message": held}


def find_element(blocks: list[dict[str, Any]], action_id: str) -> dict[str, Any]:
    """Return the first element with `action_id`."""
    return find_block(blocks, action_id)[1]


def find_block(blocks: list[dict[str, Any]], action_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the first element with `action_id`, after the block that it stands in."""
    for block in blocks:
        for element in [*block.get("elements", []), block.get("accessory") or {}]:
            if element.get("action_id") == action_id:
                return block, element
    raise AssertionError(f"no {action_id} among {[b['type'] for b in blocks]}")


async def settled() -> None:
    """Wait until every listener that Bolt started has ended."""
    while True:
        tasks = [t for t in asyncio.all_tasks() if "run_ack_function" in repr(t.get_coro())]
        if not tasks:
            return
        await asyncio.wait(tasks)
