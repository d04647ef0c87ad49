"""Direct messages to the app: a draft gets its review in the thread, an edit a quiet word when a line is gone."""

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import voice
from bot.blocks.notices import notice
from bot.blocks.review import review_blocks, review_text
from bot.blocks.words import escaped
from bot.coach.model import Draft, Review
from bot.coach.preferences import Preferences
from bot.slack.command import load_subcommands
from bot.slack.desk import Desk
from bot.slack.messages import words_of
from bot.slack.payloads import Payload, person_of
from bot.store.people import Person

# What people send besides plain messages: a file with a comment, a message that is also shown in the channel.
READ_SUBTYPES = {None, "file_share", "thread_broadcast"}


class DirectMessages:
    """The listener of the app's own direct messages."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: AsyncApp) -> None:
        """Tell Bolt what is listened to."""
        app.event("message")(self.heard)

    async def heard(self, event: Payload, body: Payload, client: AsyncWebClient) -> None:
        """Answer a message once, whatever Slack sends again; nothing outside direct messages is read."""
        if event.get("channel_type") != "im" or event.get("bot_id"):
            return
        async with self._desk.once(body.get("event_id") or "") as first:
            if not first:
                return
            if event.get("subtype") == "message_changed":
                await self._reread(event, client, person_of(body))
            elif event.get("subtype") in READ_SUBTYPES:
                await self._read(event, client, person_of(body))

    async def _read(self, event: Payload, client: AsyncWebClient, person: Person) -> None:
        text, thread = words_of(event).strip(), event.get("thread_ts") or event["ts"]
        if not text:
            await client.chat_postMessage(channel=event["channel"], thread_ts=thread, text=voice.NO_TEXT)
        elif text.lower().rstrip("!.") in voice.HELP_WORDS:
            await client.chat_postMessage(channel=event["channel"], thread_ts=thread, text=_help())
        else:
            held = await self._desk.preferences(person)
            await self._review(client, event["channel"], thread, Draft(text), held, person)

    async def _reread(self, event: Payload, client: AsyncWebClient, person: Person) -> None:
        message, before = event["message"], event.get("previous_message") or {}
        text, old = words_of(message).strip(), words_of(before).strip()
        if message.get("bot_id") or not text or text == old:  # our own answers, and links that unfold
            return
        held = await self._desk.preferences(person)
        # What was told when the message came must not hide from the comparison.
        after, earlier = (self._desk.review(Draft(words), held, again=held.told_this_week) for words in (text, old))
        thread = message.get("thread_ts") or message["ts"]
        gone = mended(earlier, after)
        if gone:
            said = voice.NICE_EDIT.format(titles=escaped(", ".join(gone)))
            await client.chat_postMessage(channel=event["channel"], thread_ts=thread, text=said, blocks=notice(said))
        if {f.principle for f in after.findings} - {f.principle for f in earlier.findings}:
            await self._review(client, event["channel"], thread, Draft(text), held, person)

    async def _review(
        self, client: AsyncWebClient, channel: str, thread: str, draft: Draft, held: Preferences, person: Person
    ) -> None:
        review, day = self._desk.review(draft, held), self._desk.snoozed_day(held)
        note = voice.SNOOZED.format(day=day) if day else ""
        blocks = review_blocks(review, draft, in_modal=False, note=note)
        await client.chat_postMessage(channel=channel, thread_ts=thread, text=review_text(review), blocks=blocks)
        await self._desk.shown(person, review, "direct")


def mended(earlier: Review, after: Review) -> list[str]:
    """Return the titles of what an edit has mended; nothing where other findings only took its place, or nothing can be read any more."""
    if after.unread is not None or len(after.findings) >= len(earlier.findings):
        return []
    still = {f.principle for f in after.findings}
    return [f.title for f in earlier.findings if f.principle not in still]


def _help() -> str:
    lines = [subcommand.line for subcommand in load_subcommands().values()]
    return "\n".join([voice.HELLO, *lines])
