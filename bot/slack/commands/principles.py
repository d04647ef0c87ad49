"""`/boundary principles`: the lines that blur, by name."""

from typing import TYPE_CHECKING

from bot.blocks import voice
from bot.blocks.principles import principles_blocks

if TYPE_CHECKING:
    from bot.slack.command import Call

USAGE = "principles"
ABOUT = "List the lines that I look for."


async def run(call: "Call") -> None:
    """List all principles."""
    await call.answer(voice.PRINCIPLES_INTRO, principles_blocks(call.desk.playbooks))
