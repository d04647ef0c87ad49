"""App Home, the preferences, and the button that forgets everything."""

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import voice
from bot.blocks.elements import Block
from bot.blocks.home import home_view, preferences_view
from bot.blocks.notices import notice, notice_view, waiting_view
from bot.coach.model import Severity
from bot.slack.desk import Desk
from bot.slack.errors import not_saved, told_in
from bot.slack.payloads import Payload, all_chosen, chosen, person_of, typed
from bot.slack.taken import place_blocks
from bot.store.database import StoreDownError
from bot.store.people import MuteKind, Person


class Home:
    """Listeners of App Home and the preferences."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: AsyncApp) -> None:
        """Tell Bolt what is listened to."""
        app.event("app_home_opened")(self.opened)
        app.action("preferences_open")(self.open_preferences)
        app.view("preferences")(self.save)
        app.action("forget_everything")(self.forget)

    async def opened(self, event: Payload, body: Payload, client: AsyncWebClient) -> None:
        """Publish Home; in the Messages tab, offer prompts where the workspace granted that scope."""
        if event.get("tab") == "messages":
            await _suggest(client, event["channel"])
            return
        await self.publish(client, person_of(body))

    async def publish(self, client: AsyncWebClient, person: Person) -> None:
        """Show `person` their Home."""
        held = await self._desk.preferences(person)
        tip = await self._desk.tip(person, held)
        day, weekly = self._desk.snoozed_day(held), await self._weekly(person)
        view = home_view(self._desk.playbooks, held, tip, day, weekly)
        await client.views_publish(user_id=person.user, view=view)

    async def _weekly(self, person: Person) -> list[Block]:
        try:
            return await place_blocks(self._desk, person, person.user)
        except StoreDownError:
            return []  # Home works without a database

    async def open_preferences(self, ack: AsyncAck, body: Payload, client: AsyncWebClient) -> None:
        """Open the preferences from Home."""
        await ack()
        await open_preferences(self._desk, client, body["trigger_id"], person_of(body))

    async def save(self, ack: AsyncAck, body: Payload, view: Payload, client: AsyncWebClient) -> None:
        """Save the preferences and show the new Home."""
        values, person = view["state"]["values"], person_of(body)
        try:
            await self._desk.wait(self._save(person, values))
        except StoreDownError as error:
            await ack(response_action="update", view=notice_view(voice.PREFERENCES_TITLE, not_saved(error)))
            return
        await ack()
        await self.publish(client, person)

    async def _save(self, person: Person, values: Payload) -> None:
        least: dict[str, Severity] = {"1": 1, "2": 2, "3": 3}
        muted: dict[MuteKind, tuple[str, ...]] = {
            "principle": all_chosen(values, "muted_principles"),
            "person": all_chosen(values, "muted_people"),
        }
        if "clear" in all_chosen(values, "marks"):
            muted["mark"] = ()
        await self._desk.people.change(
            person,
            profession=typed(values, "profession").strip()[:120],
            least=least.get(chosen(values, "least"), 1),
            snoozed_until=self._desk.start_of(chosen(values, "snooze")),
            muted=muted,
        )

    async def forget(self, ack: AsyncAck, body: Payload, client: AsyncWebClient, respond: AsyncRespond) -> None:
        """Delete everything that is held of the person."""
        await ack()
        try:
            await self._desk.wait(self._desk.people.forget(person_of(body)))
            said = voice.FORGOTTEN
        except StoreDownError as error:
            said = not_saved(error)
        await respond(text=said, blocks=notice(said), replace_original=True)
        await self.publish(client, person_of(body))


async def open_preferences(desk: Desk, client: AsyncWebClient, trigger_id: str, person: Person) -> None:
    """Open the preferences modal, then fill it in."""
    opened = await client.views_open(trigger_id=trigger_id, view=waiting_view(voice.PREFERENCES_TITLE))
    view_id = opened["view"]["id"]
    with told_in(view_id):
        await client.views_update(view_id=view_id, view=await _preferences_of(desk, person))


async def _preferences_of(desk: Desk, person: Person) -> Block:
    try:
        held = await desk.wait(desk.people.preferences(person, desk.now))
    except StoreDownError:  # what everybody starts with must not be shown here: saving it would undo the person's own
        return notice_view(voice.PREFERENCES_TITLE, voice.PREFERENCES_AWAY)
    return preferences_view(desk.playbooks, held, desk.snoozed_day(held))


async def _suggest(client: AsyncWebClient, channel: str) -> None:
    prompts = [{"title": title, "message": message} for title, message in voice.PROMPTS.items()]
    try:
        await client.api_call("assistant.threads.setSuggestedPrompts", json={"channel_id": channel, "prompts": prompts})
    except SlackApiError:
        return  # an optional scope; without it the Messages tab works all the same
