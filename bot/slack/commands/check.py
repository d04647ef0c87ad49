"""`/boundary check <draft>`: a review, in an answer that only the author sees."""

from typing import TYPE_CHECKING

from bot.blocks import voice
from bot.blocks.review import review_blocks, review_text
from bot.coach.model import Draft
from bot.slack.payloads import venue_of

if TYPE_CHECKING:
    from bot.slack.command import Call

USAGE = "check <draft>"
ABOUT = "Review what you are about to send."


async def run(call: "Call") -> None:
    """Review the words after `check`."""
    if not call.text:
        await call.answer(voice.CHECK_WHAT)
        return
    held = await call.desk.preferences(call.person)
    draft = Draft(call.text, venue=venue_of(call.channel))
    review = call.desk.review(draft, held)
    day = call.desk.snoozed_day(held)
    note = voice.SNOOZED.format(day=day) if day else ""
    await call.answer(review_text(review), review_blocks(review, draft, in_modal=False, note=note))
    await call.desk.shown(call.person, review, "command")
