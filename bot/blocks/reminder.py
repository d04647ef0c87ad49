"""Reminders as blocks: one that arrives, one that was just set, and those that are waiting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.blocks import voice
from bot.blocks.elements import Block, actions, button, modal, section
from bot.blocks.words import moment_said, quoted

MOST_LISTED = 20


@dataclass(frozen=True)
class Waiting:
    """A reminder that is still to come, at `moment` of the person's clocks; without a `note` it is about a draft."""

    id: int
    moment: datetime
    note: str = ""
    is_readable: bool = True


def reminder_blocks(note: str) -> list[Block]:
    """Return a reminder as it arrives, with the words that the person left for themselves; one about a draft offers to read it."""
    if note:
        return [section(voice.REMINDER.format(note=quoted(note, 2_000)))]
    check = button(voice.HOME_CHECK, "draft_open", style="primary")
    return [section(voice.REMINDER_BARE), actions("reminder", check, button(voice.ASK_TOMORROW, "review_later"))]


def set_line(waiting: Waiting) -> str:
    """Return when a reminder comes, and what it will say."""
    moment = moment_said(waiting.moment)
    if not waiting.note:
        return voice.REMIND_SET_BARE.format(moment=moment)
    return voice.REMIND_SET.format(moment=moment, note=quoted(waiting.note, 1_000))


def set_blocks(waiting: Waiting) -> list[Block]:
    """Return the same with a button to take it back."""
    return [section(set_line(waiting)), actions("reminder_set", _cancel(waiting))]


def set_view(waiting: Waiting) -> Block:
    """Return the same as a window, for a reminder that was set from one."""
    return modal("reminder_set", voice.REMINDERS_TITLE, set_blocks(waiting))


def waiting_blocks(reminders: Sequence[Waiting]) -> list[Block]:
    """Return what is waiting, each with a button to cancel it."""
    if not reminders:
        return [section(voice.REMIND_NONE)]
    rows = [section(_row(waiting), _cancel(waiting)) for waiting in reminders[:MOST_LISTED]]
    left = len(reminders) - MOST_LISTED
    more = [section(voice.REMIND_MORE.format(count=left))] if left > 0 else []
    return [section(voice.REMIND_WAITING), *rows, *more]


def _row(waiting: Waiting) -> str:
    said = quoted(waiting.note, 400) if waiting.note else voice.REMIND_A_DRAFT
    note = said if waiting.is_readable else voice.REMIND_UNREADABLE
    return voice.REMIND_ROW.format(moment=moment_said(waiting.moment), note=note)


def _cancel(waiting: Waiting) -> Block:
    return button(voice.REMIND_CANCEL, "reminder_cancel", str(waiting.id), label=voice.REMIND_CANCEL_LABEL)
