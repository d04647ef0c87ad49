"""`/boundary help`: every subcommand in a line; also the answer to a word that is not known."""

from typing import TYPE_CHECKING

from bot.blocks import voice

if TYPE_CHECKING:
    from bot.slack.command import Call

USAGE = "help"
ABOUT = "Show this."


async def run(call: "Call") -> None:
    """List the subcommands, after a word about one that is not known."""
    from bot.slack.command import unknown_line

    lines = [subcommand.line for subcommand in call.subcommands.values()]
    about = unknown_line(call.text, list(call.subcommands)) if call.text else voice.HELP_INTRO
    await call.answer("\n".join([about, *lines]))
