"""When a tip is due next: local weekdays and minutes to instants in UTC; pure, `now` is an argument.

Outside the core, since timezones are read from the machine's database of zones (or from the package tzdata).
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.coach.schedule import Schedule


def due_after(schedule: Schedule, now: int, last: int = 0) -> int:
    """Return the first instant of `schedule` after `now` that lies in a later local week (or month) than `last` does.

    All in Unix seconds; `last` is when something was last due or delivered, 0 for never. A minute that the clocks skip in
    spring comes once, shifted by the gap; one that comes twice in autumn counts at its first coming.
    """
    zone = zone_called(schedule.zone)
    period_of_last = _period(_local_day(last, zone), schedule) if last else ()
    start = _local_day(max(now, last), zone) - timedelta(days=1)  # a skipped minute may land on the day after its own
    day = start + timedelta(days=(schedule.weekday - start.weekday()) % 7)
    while True:
        if _is_in_turn(schedule, day) and _period(day, schedule) > period_of_last:
            due = _instant(day, schedule.minute, zone)
            if due > now:
                return due
        day += timedelta(days=7)


def tomorrow(minute: int, zone: str, now: int) -> int:
    """Return the instant of `minute` of tomorrow in `zone`; a day from `now` where no zone is known."""
    if not zone:
        return now + 86_400
    return at_local(local_time(now, zone).date() + timedelta(days=1), minute, zone)


def is_zone(name: str) -> bool:
    """Tell whether `name` is an IANA timezone that is known here."""
    return name in zone_names()


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Return the names of all timezones that are known here."""
    return frozenset(available_timezones())


@lru_cache(maxsize=1_000)
def zone_called(name: str) -> ZoneInfo:
    """Return the timezone called `name`; UTC where another machine knew it and this one does not."""
    # Python itself keeps eight zones and reads the others' files again, which took a third of the planner's time.
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def local_time(instant: int, zone: str) -> datetime:
    """Return `instant` as the clocks of `zone` show it."""
    return datetime.fromtimestamp(instant, UTC).astimezone(zone_called(zone))


def at_local(day: date, minute: int, zone: str) -> int:
    """Return the instant of `minute` of `day` in `zone`, for a reminder."""
    return _instant(day, minute, zone_called(zone))


def _instant(day: date, minute: int, zone: ZoneInfo) -> int:
    return int(datetime.combine(day, time(minute // 60, minute % 60), zone).timestamp())


def _local_day(instant: int, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(instant, UTC).astimezone(zone).date()


def _is_in_turn(schedule: Schedule, day: date) -> bool:
    return schedule.every == "week" or day.day <= 7


def _period(day: date, schedule: Schedule) -> tuple[int, ...]:
    return tuple(day.isocalendar()[:2]) if schedule.every == "week" else (day.year, day.month)
