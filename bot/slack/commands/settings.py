"""`/boundary settings`: profession, how much to hear, mutes and quiet days, in a modal."""

from typing import TYPE_CHECKING

from bot.slack.home import open_preferences

if TYPE_CHECKING:
    from bot.slack.command import Call

USAGE = "settings"
ABOUT = "Say what you do, how much you want to hear, and until when you want quiet."


async def run(call: "Call") -> None:
    """Open the preferences."""
    await open_preferences(call.desk, call.client, call.trigger_id, call.person)
