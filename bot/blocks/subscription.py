"""Taking the weekly tip: how a place takes it, in one line with buttons, and the window in which day, time and zone are chosen.

Every row of buttons carries its place in its block id: a channel's id, or a person's own id for a direct message.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.blocks import voice
from bot.blocks.elements import (
    Block,
    actions,
    button,
    confirmed,
    divider,
    field,
    modal,
    options,
    plain,
    section,
    select,
)
from bot.blocks.limits import OPTIONS, PLACEHOLDER_TEXT
from bot.blocks.words import date_said, escaped, moment_said, time_said
from bot.coach.schedule import Every, Schedule

CALLBACK = "tips"
SEPARATOR = ":"


@dataclass(frozen=True)
class Taken:
    """How a place takes the tip: `next` and `quiet_until` are local times there, the latter where it is paused.

    `set_by` is the id of the member who set a channel's tip up, empty for a person's own.
    """

    schedule: Schedule
    next: datetime
    quiet_until: datetime | None = None
    set_by: str = ""


@dataclass(frozen=True)
class TipForm:
    """The window as it stands; an empty `zone` is not chosen yet."""

    place: str
    in_channel: bool = False
    weekday: int = 0
    minute: int = 9 * 60
    zone: str = ""
    every: Every = "week"
    is_new: bool = True

    @property
    def schedule(self) -> Schedule:
        return Schedule(self.weekday, self.minute, self.zone, self.every)


def block_at(name: str, place: str) -> str:
    """Return the block id that carries `place`."""
    return f"{name}{SEPARATOR}{place}"


def place_in(block_id: str) -> str:
    """Return the place that a block id of ours carries."""
    return block_id.partition(SEPARATOR)[2]


def taken_blocks(place: str, taken: Taken | None, note: str = "") -> list[Block]:
    """Return a person's own tip in one line with its buttons, below `note`; or the offer of one."""
    noted = [section(note)] if note else []
    if taken is None:
        get = button(voice.TIPS_GET, "tips_open")
        return [*noted, section(voice.TIPS_OFF), actions(block_at("tips", place), get)]
    return [*noted, section(_own_line(taken)), controls(place, taken)]


def channel_blocks(place: str, taken: Taken | None, note: str = "") -> list[Block]:
    """Return a channel's tip in one line with its buttons; or the offer of one."""
    noted = [section(note)] if note else []
    if taken is None:
        get = button(voice.TIPS_GET_HERE, "tips_open")
        return [*noted, section(voice.TIPS_CHANNEL_OFF), actions(block_at("tips", place), get)]
    words = voice.TIPS_CHANNEL_QUIET if taken.quiet_until else voice.TIPS_CHANNEL_ON
    # Shown to one person only, so that naming the member notifies nobody.
    return [*noted, section(_filled(words, taken, who=f"<@{taken.set_by}>")), controls(place, taken, in_channel=True)]


def beside(own: list[Block], channel: list[Block]) -> list[Block]:
    """Return a person's own tip, and below a line that of the channel they ask in, where it takes one."""
    return [*own, divider(), *channel] if channel else own


def controls(place: str, taken: Taken | None = None, in_channel: bool = False, first: Sequence[Block] = ()) -> Block:
    """Return the row that changes, pauses and stops a tip, each with two clicks; other buttons may come `first`."""
    day: Block = {
        "type": "datepicker",
        "action_id": "tips_snooze",
        "placeholder": plain(voice.TIPS_SNOOZE, PLACEHOLDER_TEXT),
    }
    resume: list[Block] = []
    if taken and taken.quiet_until:
        day["initial_date"] = taken.quiet_until.date().isoformat()
        resume = [button(voice.TIPS_RESUME, "tips_resume")]
    change = button(voice.TIPS_CHANGE, "tips_open")
    return actions(block_at("tips", place), *first, change, day, *resume, _stop_button(in_channel))


def _stop_button(in_channel: bool) -> Block:
    what = voice.TIPS_STOP_HERE if in_channel else voice.TIPS_STOP_WHAT
    stop = button(voice.TIPS_STOP, "tips_stop")
    return confirmed(stop, voice.TIPS_STOP_ASK, what, voice.TIPS_STOP_YES, voice.TIPS_STOP_NO)


def announcement_blocks(place: str, taken: Taken, name: str) -> list[Block]:
    """Return what a channel reads once its tip is set up, by the member called `name`."""
    return [section(announcement_text(taken, name)), controls(place, in_channel=True)]


def announcement_text(taken: Taken, name: str) -> str:
    """Return the announcement in one line."""
    return _filled(voice.TIPS_ANNOUNCED, taken, name=escaped(name, 80) or voice.TIPS_SOMEBODY)


def loading_view() -> Block:
    """Return what stands in the window while it is looked up how the tip is taken."""
    return modal("tips_waiting", voice.TIPS_TITLE, [section("…")])


def tips_view(form: TipForm) -> Block:
    """Return the window in which day, time, zone and frequency are chosen."""
    zone: Block = {
        "type": "external_select",
        "action_id": "zone",
        "min_query_length": 0,
        "placeholder": plain(voice.TIPS_ZONE_HINT, PLACEHOLDER_TEXT),
    }
    if form.zone:
        zone["initial_option"] = zone_options([form.zone])[0]
    time: Block = {"type": "timepicker", "action_id": "chosen", "initial_time": f"{time_said(form.minute):0>5}"}
    every: Block = {"type": "radio_buttons", "action_id": "chosen", "options": options(voice.EVERY)}
    every["initial_option"] = options({form.every: voice.EVERY[form.every]})[0]
    blocks = [
        section(voice.TIPS_TO_CHANNEL if form.in_channel else voice.TIPS_TO_YOU),
        field("day", voice.TIPS_DAY_LABEL, select("chosen", voice.DAYS, str(form.weekday)), optional=False),
        field("time", voice.TIPS_TIME_LABEL, time, optional=False),
        field("zone", voice.TIPS_ZONE_LABEL, zone, voice.TIPS_ZONE_HINT, optional=False),
        field("every", voice.TIPS_EVERY_LABEL, every, optional=False),
    ]
    submit = voice.TIPS_START if form.is_new else voice.SAVE
    return modal(CALLBACK, voice.TIPS_TITLE, blocks, submit, json.dumps({"place": form.place}))


def told_view(said: str) -> Block:
    """Return the window with one sentence in it."""
    return modal("tips_told", voice.TIPS_TITLE, [section(said)])


def saved_line(taken: Taken) -> str:
    """Return when the next tip comes, after something was saved."""
    return _filled(voice.TIPS_SAVED_QUIET if taken.quiet_until else voice.TIPS_SAVED, taken)


def zone_options(names: Iterable[str]) -> list[Block]:
    """Return timezones as options of a menu."""
    return options({name: name.replace("_", " ") for name in list(names)[:OPTIONS]})


def _own_line(taken: Taken) -> str:
    return _filled(voice.TIPS_QUIET if taken.quiet_until else voice.TIPS_ON, taken)


def _filled(words: str, taken: Taken, **more: str) -> str:
    schedule = taken.schedule
    shape = voice.WEEKLY if schedule.every == "week" else voice.MONTHLY
    return words.format(
        how=shape.format(day=voice.DAYS[str(schedule.weekday)], time=time_said(schedule.minute)),
        zone=escaped(schedule.zone.replace("_", " "), 64),
        moment=moment_said(taken.next),
        day=date_said(taken.quiet_until) if taken.quiet_until else "",
        **more,
    )
