"""One-off reminders: a note that a person typed, or a draft that they want to look at again; never the draft itself."""

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import voice
from bot.blocks.notices import notice
from bot.blocks.reminder import Waiting, set_blocks, set_line, set_view
from bot.blocks.subscription import told_view
from bot.slack.desk import Desk
from bot.slack.payloads import Payload, is_in_modal, is_only_for_them, person_of, value_of
from bot.slack.zones import zone_of
from bot.store.people import Person
from bot.store.subscriptions import Subscription, TooManyError
from bot.store.vault import UnreadableError
from bot.tips.calendar import tomorrow

MORNING = 9 * 60


class Reminding:
    """Listeners of *Ask me again tomorrow*, and of the button that takes a reminder back."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: AsyncApp) -> None:
        """Tell Bolt what is listened to."""
        app.action("review_later")(self.ask_tomorrow)
        app.action("reminder_cancel")(self.cancel)

    async def ask_tomorrow(self, ack: AsyncAck, body: Payload, client: AsyncWebClient, respond: AsyncRespond) -> None:
        """Ask about a draft again tomorrow at nine, or in a day where the person's clocks are not known; no words are kept."""
        await ack()
        person = person_of(body)
        zone = await zone_of(self._desk, client, person)
        try:
            waiting = waiting_of(self._desk, await self._remind_once(person, zone))
        except TooManyError:
            await _tell(body, client, respond, voice.REMIND_TOO_MANY)
            return
        if is_in_modal(body):
            await client.views_push(trigger_id=body["trigger_id"], view=set_view(waiting))
        else:
            blocks = set_blocks(waiting)
            await respond(text=set_line(waiting), blocks=blocks, response_type="ephemeral", replace_original=False)

    async def cancel(self, ack: AsyncAck, body: Payload, client: AsyncWebClient, respond: AsyncRespond) -> None:
        """Take a reminder back, of the person's own."""
        await ack()
        person, wanted = person_of(body), value_of(body)
        mine = [s for s in await self._desk.wait(self._desk.subscriptions.of_person(person)) if s.kind == "reminder"]
        for reminder in mine:
            if str(reminder.id) == wanted:
                await self._desk.wait(self._desk.subscriptions.stop(person.team, reminder.id))
        await _tell(body, client, respond, voice.REMIND_CANCELLED)

    async def _remind_once(self, person: Person, zone: str) -> Subscription:
        """Return the reminder; pressed twice, it is still one."""
        now = self._desk.now
        at = tomorrow(MORNING, zone, now)
        for held in await self._desk.wait(self._desk.subscriptions.of_person(person)):
            if held.kind == "reminder" and not held.sealed_note and held.next_due_at == at:
                return held
        return await self._desk.wait(self._desk.subscriptions.remind(person, at, zone, now))


def waiting_of(desk: Desk, reminder: Subscription) -> Waiting:
    """Return a reminder as it is shown to its owner."""
    moment = desk.local(reminder.next_due_at or desk.now, reminder.schedule.zone)
    try:
        return Waiting(reminder.id, moment, desk.subscriptions.note_of(reminder))
    except UnreadableError:
        return Waiting(reminder.id, moment, is_readable=False)


async def _tell(body: Payload, client: AsyncWebClient, respond: AsyncRespond, said: str) -> None:
    if is_in_modal(body):
        await client.views_update(view_id=body["view"]["id"], view=told_view(said))
    else:
        again = is_only_for_them(body)
        await respond(text=said, blocks=notice(said), response_type="ephemeral", replace_original=again)
