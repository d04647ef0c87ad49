"""`/boundary tip`: this week's tip, at once; when the next one arrives by itself does not change."""

from typing import TYPE_CHECKING

from bot.blocks import voice
from bot.blocks.tip import asked_tip_blocks, tip_text
from bot.store.database import StoreDownError

if TYPE_CHECKING:
    from bot.slack.command import Call

USAGE = "tip"
ABOUT = "Show this week's tip."


async def run(call: "Call") -> None:
    """Show the tip with the example of the person's profession."""
    chosen = await call.desk.tip(call.person, await call.desk.preferences(call.person))
    if chosen is None:
        await call.answer(voice.NO_TIP)
        return
    tip, pair = chosen
    await call.answer(tip_text(tip), asked_tip_blocks(tip, pair, call.person.user, await _takes_it(call)))


async def _takes_it(call: "Call") -> bool:
    try:
        return await call.desk.tip_taken(call.person.team, call.person.user) is not None
    except StoreDownError:
        return True  # nothing can be offered just now
