"""How a place takes the weekly tip, from the store to the blocks."""

from bot.blocks.elements import Block
from bot.blocks.subscription import Taken, channel_blocks, taken_blocks
from bot.slack.desk import Desk
from bot.store.people import Person
from bot.store.subscriptions import Subscription


async def place_blocks(desk: Desk, person: Person, place: str, note: str = "") -> list[Block]:
    """Return how `place` takes the tip, with its buttons, to be shown to `person` alone; it may raise StoreDownError."""
    held = await desk.tip_taken(person.team, place)
    taken = taken_of(desk, held) if held else None
    return taken_blocks(place, taken, note) if place == person.user else channel_blocks(place, taken, note)


def taken_of(desk: Desk, held: Subscription) -> Taken:
    """Return how a place takes the tip, by the clocks that it goes by."""
    zone = held.schedule.zone
    following = desk.local(held.next_due_at or desk.now, zone)
    quiet = desk.local(held.snoozed_until, zone) if held.snoozed_until > desk.now else None
    return Taken(held.schedule, following, quiet, "" if held.is_private else held.person.user)
