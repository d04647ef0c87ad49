"""`/boundary tips`: how the weekly tip is taken, by oneself and in this channel; `here` asks for it in this channel, `stop` ends one's own."""

from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.blocks import voice
from bot.blocks.subscription import beside
from bot.slack.subscribing import refusal
from bot.slack.taken import place_blocks
from bot.store.database import StoreDownError

if TYPE_CHECKING:
    from bot.slack.command import Call
    from bot.slack.desk import Desk

USAGE = "tips [here | stop]"
ABOUT = "Take a short tip once a week, yourself or in this channel; change, pause or stop it."


WORDS = ("", "here", "stop", "off")


def takes(words: str, _desk: "Desk") -> bool:
    """Say whether `words` are meant for it, or "tips" began a draft."""
    return words.lower().strip(" .") in WORDS


async def run(call: "Call") -> None:
    """Show what there is, with its buttons."""
    word = call.text.lower().strip(".")
    does = {"": _show, "here": _here, "stop": _stop, "off": _stop}.get(word)
    try:
        if does is None:
            await call.answer(voice.TIPS_WORD_UNKNOWN)
        else:
            await does(call)
    except StoreDownError:
        await call.answer(voice.NOT_SAVED)


async def _show(call: "Call", note: str = "") -> None:
    own = await place_blocks(call.desk, call.person, call.person.user, note)
    here = await call.desk.tip_taken(call.person.team, call.channel)
    channel = await place_blocks(call.desk, call.person, call.channel) if here else []
    await call.answer(note or voice.TIPS_TITLE, beside(own, channel))


async def _here(call: "Call") -> None:
    """Offer the tip to this channel; that this answer can be posted there proves that the tip can."""
    if call.channel.startswith("D"):
        await _show(call, voice.TIPS_HERE_IS_DIRECT)
        return
    blocks = await place_blocks(call.desk, call.person, call.channel)
    try:
        await call.client.chat_postEphemeral(
            channel=call.channel, user=call.person.user, text=voice.TIPS_TITLE, blocks=blocks
        )
    except SlackApiError as error:
        await call.answer(refusal(str(error.response.get("error"))))


async def _stop(call: "Call") -> None:
    held = await call.desk.tip_taken(call.person.team, call.person.user)
    if held:
        await call.desk.wait(call.desk.subscriptions.stop(call.person.team, held.id))
    await _show(call, voice.TIPS_STOPPED)
