"""*Why?*, *Not helpful*, principles to read and to mute: what a person can do about a finding besides changing the draft."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.blocks import voice
from bot.blocks.carry import Carry, unpacked
from bot.blocks.elements import Block
from bot.blocks.feedback import CALLBACK, unhelpful_view
from bot.blocks.notices import notice_view
from bot.blocks.principles import principle_blocks, principles_view, why_view
from bot.coach.model import Draft
from bot.coach.quiet import marks_of
from bot.slack.desk import Desk
from bot.slack.errors import not_saved
from bot.slack.payloads import Payload, chosen, person_of
from bot.store.database import StoreDownError
from bot.store.people import Person


class Feedback:
    """Listeners that explain a finding and that learn to stay quiet."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: AsyncApp) -> None:
        """Tell Bolt what is listened to."""
        app.action("why_open")(self.explain)
        app.action("principle_open")(self.open_principle)
        app.action("principles_open")(self.list_principles)
        app.action("principle_mute")(self.mute)
        app.action("principle_unmute")(self.unmute)
        app.action("unhelpful_open")(self.ask_why_not)
        app.view(CALLBACK)(self.stay_quiet)

    async def explain(self, ack: AsyncAck, body: Payload, client: AsyncWebClient) -> None:
        """Show the principle behind a finding."""
        await ack()
        rule_id = unpacked(body["actions"][0]["value"]).rule
        await self._show(body, client, self._desk.principle_of(rule_id))

    async def open_principle(self, ack: AsyncAck, body: Payload, client: AsyncWebClient) -> None:
        """Show the principle that was picked from the menu."""
        await ack()
        await self._show(body, client, body["actions"][0]["selected_option"]["value"])

    async def list_principles(self, ack: AsyncAck, body: Payload, client: AsyncWebClient) -> None:
        """Show all principles."""
        await ack()
        await _open_or_push(body, client, principles_view(self._desk.playbooks))

    async def mute(self, ack: AsyncAck, body: Payload, client: AsyncWebClient) -> None:
        """Stop mentioning a principle to this person."""
        await ack()
        await self._set_muted(body, client, is_muted=True)

    async def unmute(self, ack: AsyncAck, body: Payload, client: AsyncWebClient) -> None:
        """Mention a principle to this person again."""
        await ack()
        await self._set_muted(body, client, is_muted=False)

    async def ask_why_not(self, ack: AsyncAck, body: Payload, client: AsyncWebClient) -> None:
        """Ask what was wrong with a finding."""
        await ack()
        await _open_or_push(body, client, unhelpful_view(unpacked(body["actions"][0]["value"])))

    async def stay_quiet(self, ack: AsyncAck, body: Payload, view: Payload) -> None:
        """Quiet the rule where the reason given holds, for this person; only a keyed hash is kept."""
        carry, person = unpacked(view["private_metadata"]), person_of(body)
        reason = chosen(view["state"]["values"], "reason")
        try:
            await self._desk.wait(self._mark(person, carry, reason))
            said = voice.QUIETED
        except StoreDownError as error:
            said = not_saved(error)
        await ack(response_action="update", view=notice_view(voice.UNHELPFUL_TITLE, said))

    async def _mark(self, person: Person, carry: Carry, reason: str) -> None:
        salt = await self._desk.people.salt(person)
        marks = marks_of(carry.rule, carry.words, Draft("", carry.relationship, carry.venue), salt)
        await self._desk.people.mute(person, "mark", [mark for why, mark in marks.items() if why == reason])

    async def _show(self, body: Payload, client: AsyncWebClient, principle_id: str) -> None:
        principle = self._desk.playbooks.principle(principle_id)
        if principle is None:
            await _open_or_push(body, client, principles_view(self._desk.playbooks))
            return
        # Opened before the database is asked: a trigger lives three seconds.
        opened = await _open_or_push(body, client, why_view(principle, is_muted=False))
        held = await self._desk.preferences(person_of(body))
        if principle.id in held.principles:
            await client.views_update(view_id=opened, view=why_view(principle, is_muted=True))

    async def _set_muted(self, body: Payload, client: AsyncWebClient, is_muted: bool) -> None:
        person, principle_id, people = person_of(body), body["actions"][0]["value"], self._desk.people
        change = (
            people.mute(person, "principle", [principle_id])
            if is_muted
            else people.unmute(person, "principle", principle_id)
        )
        try:
            await self._desk.wait(change)
            note = voice.MUTED if is_muted else voice.UNMUTED
        except StoreDownError as error:
            note, is_muted = not_saved(error), not is_muted
        await self._show_muted(body, client, principle_id, is_muted, note)

    async def _show_muted(
        self, body: Payload, client: AsyncWebClient, principle_id: str, is_muted: bool, note: str
    ) -> None:
        principle = self._desk.playbooks.principle(principle_id)
        if principle is None:
            return
        if body.get("view"):
            await client.views_update(view_id=body["view"]["id"], view=why_view(principle, is_muted, note))
        else:
            blocks = principle_blocks(principle, is_muted, note)
            await AsyncWebhookClient(body["response_url"]).send(text=note, blocks=blocks, replace_original=True)


async def _open_or_push(body: Payload, client: AsyncWebClient, view: Block) -> str:
    """Open `view`, on top of the modal where one is open; return its id."""
    is_in_modal = (body.get("view") or {}).get("type") == "modal"
    show = client.views_push if is_in_modal else client.views_open
    opened = await show(trigger_id=body["trigger_id"], view=view)
    return str(opened["view"]["id"])
