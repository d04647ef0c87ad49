"""The draft modal as a door: opened at once, filled when the reading is done, written into when a wording is used."""

from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import voice
from bot.blocks.carry import Carry, Form, unpacked
from bot.blocks.draft import CALLBACK, MOST_CHARACTERS, MOST_PARTS, box_id, draft_view, loading_view, parts_of
from bot.coach.model import Draft, Review
from bot.coach.preferences import Preferences
from bot.coach.rewrite import reworded
from bot.slack.desk import Desk, finding_of
from bot.slack.errors import told_in
from bot.slack.messages import words_of
from bot.slack.payloads import Payload, form_of, person_of, venue_of
from bot.store.database import StoreDownError
from bot.store.people import Person


class DraftModal:
    """Listeners of the draft modal and of every button that opens it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: AsyncApp) -> None:
        """Tell Bolt what this door listens to."""
        app.shortcut("check_draft")(self.open_empty)
        app.action("draft_open")(self.open_empty)
        app.shortcut("check_boundaries")(self.open_message)
        app.action("draft_edit")(self.open_carried)
        app.action("wording_use")(self.use_wording)
        app.action("review_more")(self.show_more)
        app.action("draft_longer")(self.lengthen)
        app.view(CALLBACK)(self.check)

    async def open_empty(self, ack: AsyncAck, body: Payload, client: AsyncWebClient) -> None:
        """Open the modal with an empty box."""
        await ack()
        await self.open(client, body["trigger_id"], person_of(body), Form(), is_read=False)

    async def open_message(self, ack: AsyncAck, shortcut: Payload, client: AsyncWebClient) -> None:
        """Open the modal on a message of any conversation; its text comes with the payload."""
        await ack()
        text = words_of(shortcut["message"])
        note = voice.CUT_SHORT.format(length=len(text), longest=MOST_CHARACTERS) if len(text) > MOST_CHARACTERS else ""
        form = Form(parts_of(text), venue=venue_of(shortcut["channel"]["id"]))
        await self.open(client, shortcut["trigger_id"], person_of(shortcut), form, True, note)

    async def open_carried(self, ack: AsyncAck, body: Payload, client: AsyncWebClient) -> None:
        """Open the modal with the draft that a button of a message carries."""
        await ack()
        await self._open_carry(client, body, unpacked(body["actions"][0]["value"]))

    async def use_wording(self, ack: AsyncAck, body: Payload, client: AsyncWebClient) -> None:
        """Put the better wording into the box: of this modal, or of a new one."""
        await ack()
        carry = unpacked(body["actions"][0]["value"])
        if _is_draft_modal(body):
            await self._write(client, body, carry)
        else:
            await self._open_carry(client, body, carry, use=True)

    async def show_more(self, ack: AsyncAck, body: Payload, client: AsyncWebClient) -> None:
        """Show the findings behind *More*."""
        await ack()
        if _is_draft_modal(body):
            await self._update(client, body, replace(form_of(body["view"]), expanded=True))
        else:
            await self._open_carry(client, body, unpacked(body["actions"][0]["value"]), expanded=True)

    async def lengthen(self, ack: AsyncAck, body: Payload, client: AsyncWebClient) -> None:
        """Add a box, since Slack's hold 3,000 characters each."""
        await ack()
        form = form_of(body["view"])
        parts = (*form.parts, "")[:MOST_PARTS]
        await client.views_update(view_id=body["view"]["id"], view=draft_view(replace(form, parts=parts)))

    async def check(self, ack: AsyncAck, body: Payload, view: Payload) -> None:
        """Review what the box holds, in the same modal."""
        form, person = form_of(view), person_of(body)
        if not form.text.strip():
            await ack(response_action="errors", errors={box_id(form.turn, 0): voice.EMPTY_DRAFT})
            return
        held = await self._desk.preferences(person)
        form, review = self._reviewed(replace(form, expanded=False), held)
        await ack(response_action="update", view=draft_view(form, review, self._note(held)))
        await self._desk.shown(person, review, "modal")
        if form.profession and form.profession != held.profession:
            await self._remember_profession(person, form.profession)

    async def open(
        self, client: AsyncWebClient, trigger_id: str, person: Person, form: Form, is_read: bool, note: str = ""
    ) -> None:
        """Open the modal before anything else is asked of anybody, then fill it in."""
        opened = await client.views_open(trigger_id=trigger_id, view=loading_view())
        view_id = opened["view"]["id"]
        with told_in(view_id):
            held = await self._desk.preferences(person)
            form = replace(form, profession=form.profession or held.profession)
            await self._fill(client, view_id, person, form, held, is_read, note)

    async def _fill(
        self,
        client: AsyncWebClient,
        view_id: str,
        person: Person,
        form: Form,
        held: Preferences,
        is_read: bool,
        note: str,
    ) -> None:
        form, review = self._reviewed(form, held) if is_read else (form, None)
        view = draft_view(form, review, note or self._note(held))
        await client.views_update(view_id=view_id, view=view)
        if review:
            await self._desk.shown(person, review, "modal")

    async def _open_carry(
        self, client: AsyncWebClient, body: Payload, carry: Carry, use: bool = False, expanded: bool = False
    ) -> None:
        told = (self._desk.principle_of(carry.rule),)
        form = Form(parts_of(carry.text), carry.relationship, carry.venue, expanded=expanded, told=told)
        note = "" if carry.text else voice.TOO_LONG_TO_CARRY
        if use and carry.text:
            held = await self._desk.preferences(person_of(body))
            form, note = self._with_wording(form, carry.rule, held)
        await self.open(client, body["trigger_id"], person_of(body), form, bool(carry.text), note)

    async def _write(self, client: AsyncWebClient, body: Payload, carry: Carry) -> None:
        held = await self._desk.preferences(person_of(body))
        form, note = self._with_wording(form_of(body["view"]), carry.rule, held)
        await self._update(client, body, replace(form, expanded=False), note)

    def _with_wording(self, form: Form, rule: str, held: Preferences) -> tuple[Form, str]:
        """Return `form` with the flagged sentence reworded, or as it was where that line is gone."""
        finding = finding_of(self._review(form, held), rule)
        if finding is None:
            return form, voice.LINE_CHANGED
        text = reworded(form.text, finding.span, finding.rewrite)
        return replace(form, parts=parts_of(text), turn=form.turn + 1), voice.WORDING_USED

    async def _update(self, client: AsyncWebClient, body: Payload, form: Form, note: str = "") -> None:
        person = person_of(body)
        held = await self._desk.preferences(person)
        await self._fill(client, body["view"]["id"], person, form, held, bool(form.text.strip()), note)

    def _reviewed(self, form: Form, held: Preferences) -> tuple[Form, Review]:
        """Return the review of `form`, and the form with what it was told, so that checking again says it again."""
        review = self._review(form, held)
        small = [f.principle for f in review.findings if f.severity == 1]
        return replace(form, told=tuple(dict.fromkeys([*form.told, *small]))), review

    def _review(self, form: Form, held: Preferences) -> Review:
        draft = Draft(form.text, form.relationship, form.venue, form.profession)
        return self._desk.review(draft, held, form.recipient, again=form.told)

    def _note(self, held: Preferences) -> str:
        day = self._desk.snoozed_day(held)
        return voice.SNOOZED.format(day=day) if day else ""

    async def _remember_profession(self, person: Person, profession: str) -> None:
        try:
            await self._desk.wait(self._desk.people.change(person, profession=profession))
        except StoreDownError:
            return  # the review was given; the next one asks again


def _is_draft_modal(body: Payload) -> bool:
    return (body.get("view") or {}).get("callback_id") == CALLBACK
