"""Taking the weekly tip: the window, and the buttons that change, pause, resume and stop it, wherever they stand."""

from dataclasses import replace
from datetime import date

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import voice
from bot.blocks.elements import Block
from bot.blocks.subscription import (
    CALLBACK,
    TipForm,
    announcement_blocks,
    announcement_text,
    loading_view,
    saved_line,
    tips_view,
    told_view,
    zone_options,
)
from bot.blocks.words import escaped
from bot.slack.desk import Desk
from bot.slack.errors import told_in
from bot.slack.home import Home
from bot.slack.payloads import (
    Payload,
    is_in_home,
    is_only_for_them,
    name_of,
    person_of,
    picked_day,
    place_of,
    tip_form_of,
)
from bot.slack.taken import place_blocks, taken_of
from bot.slack.zones import zone_of
from bot.store.database import StoreDownError
from bot.store.people import Person
from bot.store.subscriptions import Subscription
from bot.tips.calendar import at_local, is_zone
from bot.tips.zones import zones_like

MOST_ZONES = 100


class Subscribing:
    """Listeners of everything that changes a subscription; `home` is shown anew when one's own has changed."""

    def __init__(self, desk: Desk, home: Home) -> None:
        self._desk = desk
        self._home = home

    def register(self, app: AsyncApp) -> None:
        """Tell Bolt what is listened to."""
        app.action("tips_open")(self.open)
        app.action("tips_snooze")(self.snooze)
        app.action("tips_resume")(self.resume)
        app.action("tips_monthly")(self.make_monthly)
        app.action("tips_keep")(self.keep)
        app.action("tips_stop")(self.stop)
        app.options("zone")(self.offer_zones)
        app.view(CALLBACK)(self.save)

    async def open(self, ack: AsyncAck, body: Payload, client: AsyncWebClient) -> None:
        """Open the window at once, then fill in how this place takes the tip."""
        await ack()
        person, place = person_of(body), place_of(body)
        opened = await client.views_open(trigger_id=body["trigger_id"], view=loading_view())
        try:
            view = tips_view(await self._form(client, person, place))
        except StoreDownError:
            view = told_view(voice.NOT_SAVED)
        await client.views_update(view_id=opened["view"]["id"], view=view)

    async def offer_zones(self, ack: AsyncAck, payload: Payload) -> None:
        """Answer what is typed into the menu of timezones."""
        await ack(options=zone_options(zones_like(str(payload.get("value") or ""), MOST_ZONES)))

    async def save(self, ack: AsyncAck, body: Payload, view: Payload, client: AsyncWebClient) -> None:
        """Start or change the tip; a channel's is announced there, and is not started where that can't be."""
        person, form = person_of(body), tip_form_of(view)
        if not is_zone(form.zone):
            await ack(response_action="errors", errors={"zone": voice.TIPS_ZONE_WRONG})
            return
        # Slack is answered first: neither the database nor the channel's announcement may use up its three seconds.
        await ack(response_action="update", view=loading_view())
        with told_in(view["id"]):
            said = await self._save(client, person, form, name_of(body))
            await client.views_update(view_id=view["id"], view=told_view(said))
        if form.place == person.user:
            await self._home.publish(client, person)

    async def snooze(self, ack: AsyncAck, body: Payload, client: AsyncWebClient, respond: AsyncRespond) -> None:
        """Pause the tip until the start of the day that was picked."""
        await ack()
        held, day = await self._held(body), picked_day(body)
        note = ""
        if held and day:
            until = at_local(date.fromisoformat(day), 0, held.schedule.zone)
            if until > self._desk.now:
                await self._desk.wait(self._desk.subscriptions.snooze(held.person.team, held.id, until, self._desk.now))
            else:
                note = voice.TIPS_PAST_DAY
        await self._show(body, client, respond, note)

    async def resume(self, ack: AsyncAck, body: Payload, client: AsyncWebClient, respond: AsyncRespond) -> None:
        """End a pause."""
        await ack()
        if held := await self._held(body):
            await self._desk.wait(self._desk.subscriptions.snooze(held.person.team, held.id, 0, self._desk.now))
        await self._show(body, client, respond)

    async def make_monthly(self, ack: AsyncAck, body: Payload, client: AsyncWebClient, respond: AsyncRespond) -> None:
        """Send the tip once a month from now on."""
        await ack()
        if held := await self._held(body):
            schedule = replace(held.schedule, every="month")
            await self._desk.wait(self._desk.subscriptions.change(held.person.team, held.id, schedule, self._desk.now))
        await self._show(body, client, respond)

    async def keep(self, ack: AsyncAck, body: Payload, client: AsyncWebClient, respond: AsyncRespond) -> None:
        """Go on as before, and count from the start what goes unanswered."""
        await ack()
        if held := await self._held(body):
            await self._desk.wait(
                self._desk.subscriptions.change(held.person.team, held.id, held.schedule, self._desk.now)
            )
        await self._show(body, client, respond)

    async def stop(self, ack: AsyncAck, body: Payload, client: AsyncWebClient, respond: AsyncRespond) -> None:
        """End the tip; a channel is told who did."""
        await ack()
        held = await self._held(body)
        if held:
            await self._desk.wait(self._desk.subscriptions.stop(held.person.team, held.id))
        await self._show(body, client, respond, voice.TIPS_STOPPED)
        if held and not held.is_private:
            name = escaped(name_of(body), 80) or voice.TIPS_SOMEBODY
            await _post(client, held.channel, voice.TIPS_ENDED_HERE.format(name=name))

    async def _form(self, client: AsyncWebClient, person: Person, place: str) -> TipForm:
        held, in_channel = await self._desk.tip_taken(person.team, place), place != person.user
        if held is None:
            return TipForm(place, in_channel, zone=await zone_of(self._desk, client, person))
        schedule = held.schedule
        return TipForm(
            place, in_channel, schedule.weekday, schedule.minute, schedule.zone, schedule.every, is_new=False
        )

    async def _save(self, client: AsyncWebClient, person: Person, form: TipForm, name: str) -> str:
        """Return what to say of it."""
        subscriptions, now = self._desk.subscriptions, self._desk.now
        held = await self._desk.tip_taken(person.team, form.place)
        changed = (
            await self._desk.wait(subscriptions.change(person.team, held.id, form.schedule, now)) if held else None
        )
        if changed:
            return saved_line(taken_of(self._desk, changed))
        started = await self._desk.wait(subscriptions.subscribe(person, form.place, form.schedule, now))
        if not started.is_private and (refused := await self._announce(client, started, name)):
            await self._desk.wait(subscriptions.stop(person.team, started.id, refused))
            return refusal(refused)
        return saved_line(taken_of(self._desk, started))

    async def _announce(self, client: AsyncWebClient, started: Subscription, name: str) -> str:
        """Tell the channel; return Slack's reason where that can't be."""
        taken = taken_of(self._desk, started)
        blocks = announcement_blocks(started.channel, taken, name)
        return await _post(client, started.channel, announcement_text(taken, name), blocks)

    async def _held(self, body: Payload) -> Subscription | None:
        return await self._desk.tip_taken(person_of(body).team, place_of(body))

    async def _show(self, body: Payload, client: AsyncWebClient, respond: AsyncRespond, note: str = "") -> None:
        """Show how the tip is taken now: in Home, in the private answer that was pressed, or in a new one."""
        person, place = person_of(body), place_of(body)
        if not is_in_home(body):
            blocks, again = await place_blocks(self._desk, person, place, note), is_only_for_them(body)
            said = note or voice.TIPS_TITLE
            await respond(text=said, blocks=blocks, response_type="ephemeral", replace_original=again)
        if place == person.user:
            await self._home.publish(client, person)


def refusal(reason: str) -> str:
    """Return what to do about Slack's `reason` for not letting the app post in a channel."""
    return voice.TIPS_INVITE if reason in {"not_in_channel", "channel_not_found"} else voice.TIPS_REFUSED


async def _post(client: AsyncWebClient, channel: str, text: str, blocks: list[Block] | None = None) -> str:
    try:
        await client.chat_postMessage(channel=channel, text=text, blocks=blocks)
    except SlackApiError as error:
        return str(error.response.get("error") or "unknown")
    return ""
