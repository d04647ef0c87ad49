"""When a reminder is due, as people say it: "ring Sam tomorrow 9:00", "in 2 hours", "friday 14:30", "2026-12-01 9:00"; pure, `now` is an argument."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.tips.calendar import at_local, is_zone, local_time

LONGEST_PHRASE = 6
FURTHEST_SECONDS = 2 * 366 * 86_400
MORNING = 9 * 60
PARTS_OF_DAY = {"morning": MORNING, "noon": 720, "midday": 720, "afternoon": 14 * 60, "evening": 18 * 60}
TONIGHT = 20 * 60
UNITS = {"m": 60, "h": 3_600, "d": 86_400, "w": 7 * 86_400}
COUNTS = {"a": 1, "an": 1, "half an": 0.5}

_CLOCK = r"(?:at )?(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))? ?(?P<half>am|pm)?|(?P<part>morning|noon|midday|afternoon|evening))"
_DAY = (
    r"(?:on |next |this )?(?:(?P<date>\d{4}-\d{2}-\d{2})|(?P<near>today|tonight|tomorrow)"
    r"|(?P<weekday>mon|tues?|wed|thu|fri|sat|sun)(?:day|nesday|rsday|urday|s|rs|r)?)"
)
_SPAN = re.compile(
    r"in (?P<count>an?|half an|\d{1,4}) ?(?P<unit>m|h|d|w)(?:in|ins|inutes?|ours?|rs?|ays?|eeks?)?", re.ASCII
)
_MOMENTS = [re.compile(shape, re.ASCII) for shape in (f"{_DAY}(?: {_CLOCK})?", f"{_CLOCK} {_DAY}", _CLOCK)]

Unclear = Literal["no moment", "no note", "no zone", "past", "far"]


@dataclass(frozen=True)
class Due:
    """What to say, and at which instant (Unix seconds); `zone` is empty where none was needed."""

    note: str
    at: int
    zone: str


def due_of(text: str, zone: str, now: int) -> Due | Unclear:
    """Return what `text` asks for, in `zone` or in one that it names as its last word; or what is unclear about it.

    A day alone means 9:00; a bare hour from 1 to 5 is the afternoon; a weekday is the next one that is still to come.
    """
    words = text.split()
    if words and "/" in words[-1] and is_zone(words[-1]):
        zone = words.pop()
    for size in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        for phrase, rest in ((words[-size:], words[:-size]), (words[:size], words[size:])):
            instant = _instant(" ".join(phrase).lower().replace(",", ""), zone, now)
            if instant is not None:
                return _checked(_note(rest), instant, zone, now)
    return "no moment"


def _checked(note: str, instant: int | Unclear, zone: str, now: int) -> Due | Unclear:
    if not note and instant != "no moment":
        return "no note"
    if not isinstance(instant, int):
        return instant
    if instant <= now:
        return "past"
    if instant > now + FURTHEST_SECONDS:
        return "far"
    return Due(note, instant, zone)


def _note(words: list[str]) -> str:
    if words[:1] == ["me"]:
        words = words[2:] if words[1:2] == ["to"] else words[1:]
    return " ".join(words).strip(" ,")


def _instant(phrase: str, zone: str, now: int) -> int | Unclear | None:
    """Return the instant that `phrase` names; None where it is no phrase of time."""
    if span := _SPAN.fullmatch(phrase):
        return _after(span["count"], span["unit"], zone, now)
    for shape in _MOMENTS:
        if found := shape.fullmatch(phrase):
            return _moment(found.groupdict(), phrase, zone, now)
    return None


def _after(count: str, unit: str, zone: str, now: int) -> int:
    seconds = int((COUNTS.get(count) or int(count)) * UNITS[unit])
    if unit in "mh" or not zone:
        return now + seconds
    local = local_time(now, zone)
    return at_local(local.date() + timedelta(seconds=seconds), local.hour * 60 + local.minute, zone)


def _moment(said: Mapping[str, str | None], phrase: str, zone: str, now: int) -> int | Unclear | None:
    minute = _minute(said)
    is_day_named = any(said.get(name) for name in ("date", "near", "weekday"))
    if not is_day_named and not re.search(r"at |:|am|pm|noon|midday", phrase):
        return None  # a number such as "12" at the end of a note is no time
    if minute is None:
        return "no moment"
    if not zone:
        return "no zone"
    today = local_time(now, zone).date()
    if not is_day_named:
        first = at_local(today, minute, zone)
        return first if first > now else at_local(today + timedelta(days=1), minute, zone)
    day = _day(said, today)
    if day is None or (said.get("near") == "today" and not _is_hour_said(said)):
        return "no moment"
    if said.get("weekday") and at_local(day, minute, zone) <= now:
        day += timedelta(days=7)
    return at_local(day, minute, zone)


def _day(said: Mapping[str, str | None], today: date) -> date | None:
    if written := said.get("date"):
        try:
            return date.fromisoformat(written)
        except ValueError:
            return None
    if weekday := said.get("weekday"):
        return today + timedelta(days=(_WEEKDAYS[weekday[:3]] - today.weekday()) % 7)
    return today + timedelta(days=1) if said.get("near") == "tomorrow" else today


_WEEKDAYS = {name: number for number, name in enumerate("mon tue wed thu fri sat sun".split())}


def _is_hour_said(said: Mapping[str, str | None]) -> bool:
    return bool(said.get("hour") or said.get("part"))


def _minute(said: Mapping[str, str | None]) -> int | None:
    """Return the minute of the day that was said, 9:00 (tonight 20:00) where only a day was; None for no such time."""
    if part := said.get("part"):
        return PARTS_OF_DAY[part]
    if not said.get("hour"):
        return TONIGHT if said.get("near") == "tonight" else MORNING
    hour, minute, half = int(said["hour"] or 0), int(said.get("minute") or 0), said.get("half")
    if minute > 59 or hour > (12 if half else 23) or (half and hour == 0):
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif (not said.get("minute") and 1 <= hour <= 5) or (said.get("near") == "tonight" and hour < 12):
        hour += 12
    return hour * 60 + minute
