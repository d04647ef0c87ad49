"""`/boundary tip`: this week's tip, at once."""

from typing import TYPE_CHECKING

from bot.blocks import voice
from bot.blocks.tip import tip_blocks

if TYPE_CHECKING:
    from bot.slack.command import Call

USAGE = "tip"
ABOUT = "Show this week's tip."


async def run(call: "Call") -> None:
    """Show the tip with the example of the person's profession."""
    chosen = call.desk.tip(await call.desk.preferences(call.person))
    if chosen is None:
        await call.answer(voice.NO_TIP)
        return
    await call.answer(f"{voice.TIP_TITLE}: {chosen[0].title}", tip_blocks(*chosen))
