"""What people do with a tip: look at its answer, say that they tried it or not now, ask for another."""

from collections.abc import Sequence
from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from bot.blocks import voice
from bot.blocks.elements import Block
from bot.blocks.subscription import controls
from bot.blocks.tip import answerable_tip_blocks, answered, asked_tip_blocks, opened, tip_blocks, tip_text
from bot.coach.schedule import week_of
from bot.coach.tips import Choice, Reader, Shown, next_tip, tip_called
from bot.slack.desk import Desk
from bot.slack.payloads import Payload, blocks_of, is_only_for_them, person_of, place_of, value_of
from bot.store.people import Person
from bot.store.readers import Reaction


class Answering:
    """Listeners of the buttons on a tip.

    A person's own tip changes as they answer; in a channel, an answer is noted for the channel and shown to that member alone.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: AsyncApp) -> None:
        """Tell Bolt what is listened to."""
        app.action("tip_tried")(self.tried)
        app.action("tip_later")(self.later)
        app.action("tip_answer")(self.reveal)
        app.action("tip_another")(self.show_another)

    async def tried(self, ack: AsyncAck, body: Payload, respond: AsyncRespond) -> None:
        """Note that the tip was tried."""
        await ack()
        await self._note(body, respond, "tried", voice.TIP_TRIED_SAID)

    async def later(self, ack: AsyncAck, body: Payload, respond: AsyncRespond) -> None:
        """Note that the tip did not suit now."""
        await ack()
        await self._note(body, respond, "later", voice.TIP_LATER_SAID)

    async def reveal(self, ack: AsyncAck, body: Payload, respond: AsyncRespond) -> None:
        """Show the answer to a tip that came as a question."""
        await ack()
        person, place = person_of(body), place_of(body)
        found = tip_called(self._desk.playbooks, value_of(body))
        if found is None:
            await _whisper(respond, voice.TIP_GONE)
            return
        await self._desk.wait(self._desk.readers.react(person.team, place, found[1].id, "opened"))
        pair = self._desk.pair(found[1], await self._desk.preferences(person))
        if place == person.user:
            blocks = opened(blocks_of(body), place, found[1], pair)
            await respond(text=tip_text(found[1]), blocks=blocks, replace_original=True)
        else:
            await _whisper(respond, tip_text(found[1]), tip_blocks(found[1], pair))

    async def show_another(self, ack: AsyncAck, body: Payload, respond: AsyncRespond) -> None:
        """Show the next tip instead, and remember that both were seen."""
        await ack()
        person, place = person_of(body), place_of(body)
        choice = await self._swap(person, place, value_of(body))
        if choice is None:
            await _whisper(respond, voice.TIP_NO_OTHER)
            return
        held = await self._desk.preferences(person)
        pair = self._desk.pair(choice.tip, held)
        if place != person.user:
            await _whisper(respond, tip_text(choice.tip), tip_blocks(choice.tip, pair))
        elif is_only_for_them(body):
            takes_it = await self._desk.tip_taken(person.team, place) is not None
            blocks = asked_tip_blocks(choice.tip, pair, place, takes_it)
            await respond(text=tip_text(choice.tip), blocks=blocks, replace_original=True)
        else:
            blocks = [*answerable_tip_blocks(choice.tip, pair, place), controls(place)]
            await respond(text=tip_text(choice.tip), blocks=blocks, replace_original=True)

    async def _swap(self, person: Person, place: str, tip_id: str) -> Choice | None:
        channel = "" if place == person.user else place
        now = self._desk.now
        await self._desk.wait(self._desk.readers.react(person.team, place, tip_id, "another"))
        reader = await self._desk.wait(self._desk.readers.reader(person, channel))
        choice = next_tip(self._desk.playbooks, _having_seen(reader, tip_id, week_of(now)), week_of(now))
        if choice is None or choice.tip.id == tip_id:
            return None
        plain = Choice(choice.principle, choice.tip)
        found = tip_called(self._desk.playbooks, tip_id)
        if found and not any(s.tip == tip_id and s.week == week_of(now) for s in reader.shown):
            await self._desk.wait(self._desk.readers.remember_shown(person, Choice(*found), now, channel))
        await self._desk.wait(self._desk.readers.remember_shown(person, plain, now, channel))
        return plain

    async def _note(self, body: Payload, respond: AsyncRespond, reaction: Reaction, said: str) -> None:
        person, place = person_of(body), place_of(body)
        await self._desk.wait(self._desk.readers.react(person.team, place, value_of(body), reaction))
        if place != person.user:
            await _whisper(respond, said)
            return
        found = tip_called(self._desk.playbooks, value_of(body))
        text = tip_text(found[1]) if found else said
        await respond(text=text, blocks=answered(blocks_of(body), place, said), replace_original=True)


def _having_seen(reader: Reader, tip_id: str, week: int) -> Reader:
    """Return `reader` with the tip that is before them as the last one seen."""
    return replace(reader, shown=(*(s for s in reader.shown if s.tip != tip_id), Shown(tip_id, week)))


async def _whisper(respond: AsyncRespond, said: str, blocks: Sequence[Block] | None = None) -> None:
    await respond(text=said, blocks=blocks, response_type="ephemeral", replace_original=False)
