"""`/boundary remind <note> tomorrow 9:00`: a reminder of a note that the person typed; alone it lists what is waiting."""

from typing import TYPE_CHECKING

from bot.blocks import voice
from bot.blocks.reminder import set_blocks, set_line, waiting_blocks
from bot.slack.reminding import waiting_of
from bot.slack.zones import zone_of
from bot.store.database import StoreDownError
from bot.store.subscriptions import TooManyError
from bot.tips.when import Due, due_of

if TYPE_CHECKING:
    from bot.slack.command import Call

USAGE = "remind <note> tomorrow 9:00"
ABOUT = "Remind you of a note: `in 2 hours`, `friday 14:30`, `2026-12-01 9:00`. Alone, list what is waiting."
LONGEST_NOTE = 300


async def run(call: "Call") -> None:
    """Set a reminder, or list those that are waiting."""
    try:
        await (_set(call) if call.text else _list(call))
    except StoreDownError:
        await call.answer(voice.NOT_SAVED)


async def _set(call: "Call") -> None:
    if not call.desk.subscriptions.keeps_notes:
        await call.answer(voice.REMIND_NO_KEY)
        return
    due = due_of(call.text, await zone_of(call.desk, call.client, call.person), call.desk.now)
    if not isinstance(due, Due):
        await call.answer(voice.REMIND_UNCLEAR[due])
    elif len(due.note) > LONGEST_NOTE:
        await call.answer(voice.REMIND_TOO_LONG.format(most=LONGEST_NOTE))
    else:
        await _keep(call, due)


async def _keep(call: "Call", due: Due) -> None:
    try:
        reminder = await call.desk.wait(
            call.desk.subscriptions.remind(call.person, due.at, due.zone, call.desk.now, due.note)
        )
    except TooManyError:
        await call.answer(voice.REMIND_TOO_MANY)
        return
    waiting = waiting_of(call.desk, reminder)
    await call.answer(set_line(waiting), set_blocks(waiting))


async def _list(call: "Call") -> None:
    mine = [
        held for held in await call.desk.wait(call.desk.subscriptions.of_person(call.person)) if held.kind == "reminder"
    ]
    soonest_first = sorted(mine, key=lambda held: held.next_due_at or 0)
    waiting = [waiting_of(call.desk, reminder) for reminder in soonest_first]
    await call.answer(voice.REMINDERS_TITLE, waiting_blocks(waiting))
