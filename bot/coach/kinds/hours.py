"""Hours: phrases with a <time> that count only outside office hours, those of the rule or those the draft states."""

import re
from collections.abc import Mapping
from typing import Any

from bot.coach.kind import Compiled, FieldSpec, Kind, one_trigger_each
from bot.coach.kinds.numbers import numbers_in
from bot.coach.model import Rule
from bot.coach.phrase import Phrasebook
from bot.coach.text import Reading

_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s?(?P<half>[ap])?\.?(?:m\b)?(?![\d:])", re.I
)
_STATED = re.compile(
    r"\b(?:hours|open|available|at my desk|working)\b[^.!?\n]{0,40}?\b(?P<from>\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]m)?)\s?(?:to|till|until|-)\s?"
    r"(?P<to>\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]m)?)",
    re.I,
)
# "Call me at 4.15" means the afternoon; the small hours are written 04:15 or 4am.
_EARLIEST = 6
_SPELT = {"midnight": 0, "noon": 12 * 60}


def _compile(fields: Mapping[str, Any], phrasebook: Phrasebook) -> Compiled:
    return Compiled(one_trigger_each(fields["phrases"], phrasebook), settings={"outside": fields["outside"]})


def _counts(rule: Rule, match: str, reading: Reading) -> bool:
    start, end = office_hours(reading.plain) or _range(rule.settings["outside"])
    return any(not start <= minute <= end for minute in minutes_in(match))


def office_hours(text: str) -> tuple[int, int] | None:
    """Return the office hours that `text` states, in minutes after midnight: 'my hours are 9 to 5'."""
    stated = _STATED.search(text)
    if not stated:
        return None
    start, end = minutes_in(stated["from"])[:1], minutes_in(stated["to"])[:1]
    if not start or not end:
        return None
    return start[0], end[0] if end[0] > start[0] else end[0] + 12 * 60


def minutes_in(words: str) -> list[int]:
    """Return the clock times in `words` as minutes after midnight."""
    spelt = [minute for word, minute in _SPELT.items() if word in words.lower()]
    if spelt:
        return spelt
    clock = [_minutes(m) for m in _CLOCK.finditer(words)]
    found = [minute for minute in clock if minute < 24 * 60]
    if found or "clock" not in words:
        return found
    return [int(hour) * 60 for hour in numbers_in(words)]


def _minutes(match: re.Match[str]) -> int:
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), (match["half"] or "").lower()
    afternoon = not half and 1 <= hour <= _EARLIEST and not match["hour"].startswith("0")
    if (half == "p" or afternoon) and hour < 12:
        hour += 12
    if half == "a" and hour == 12:
        hour = 0
    return hour * 60 + minute


def _range(hours: str) -> tuple[int, int]:
    start, end = hours.split("-")
    return minutes_in(start)[0], minutes_in(end)[0]


KIND = Kind(
    name="hours",
    about="A phrase with a clock <time> outside office hours.",
    fields={
        "phrases": FieldSpec(list[str], "Phrases; each is enough when its time lies outside the hours."),
        "outside": FieldSpec(str, 'Office hours, as "08:00-19:00"; hours that the draft states itself come first.'),
    },
    compile=_compile,
    counts=_counts,
)
