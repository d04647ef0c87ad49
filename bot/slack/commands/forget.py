"""`/boundary forget`: shows what is held of a person, and deletes it once they confirm."""

from typing import TYPE_CHECKING

from bot.blocks import voice
from bot.blocks.notices import forget_blocks
from bot.store.database import StoreDownError

if TYPE_CHECKING:
    from bot.slack.command import Call

USAGE = "forget"
ABOUT = "See what I hold of you, and delete it."


async def run(call: "Call") -> None:
    """Show what is held; the button deletes it."""
    try:
        held = await call.desk.wait(call.desk.people.held(call.person))
    except StoreDownError:
        await call.answer(voice.NOT_SAVED)
        return
    named = [voice.HELD_NAMES[table].format(count=count) for table, count in held.items() if count]
    if not named:
        await call.answer(voice.FORGET_NOTHING)
        return
    said = voice.FORGET_HELD.format(what=", ".join(named))
    await call.answer(said, forget_blocks(said))
