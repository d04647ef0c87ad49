"""When a tip is due: through daylight saving, odd zones, moves, leap days and downtime; once a local week and never early."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coach.schedule import Schedule
from bot.tips.calendar import at_local, due_after, is_zone

MONDAY, SUNDAY = 0, 6
DAY = 86_400
ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Kiritimati",
    "Pacific/Niue",
    "America/Santiago",
    "Asia/Beirut",
]


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def local(instant: int, zone: str) -> str:
    return datetime.fromtimestamp(instant, ZoneInfo(zone)).isoformat(timespec="minutes")


def dues(schedule: Schedule, start: int, count: int) -> list[str]:
    """Return when it is due, one after the other, when every delivery is on time."""
    found, now, last = [], start, 0
    for _ in range(count):
        now = last = due_after(schedule, now, last)
        found.append(local(now, schedule.zone))
    return found


def test_a_tip_keeps_its_hour_through_daylight_saving() -> None:
    monday = Schedule(MONDAY, 540, "Europe/Berlin")

    assert dues(monday, at("2027-03-20T00:00Z"), 3) == [
        "2027-03-22T09:00+01:00",
        "2027-03-29T09:00+02:00",
        "2027-04-05T09:00+02:00",
    ]


def test_a_minute_that_spring_skips_comes_once_and_shifted() -> None:
    night = Schedule(SUNDAY, 150, "Europe/Berlin")

    assert dues(night, at("2027-03-22T00:00Z"), 2) == ["2027-03-28T03:30+02:00", "2027-04-04T02:30+02:00"]


def test_a_minute_that_autumn_has_twice_comes_at_its_first() -> None:
    night = Schedule(SUNDAY, 150, "Europe/Berlin")

    assert dues(night, at("2027-10-25T00:00Z"), 2) == ["2027-10-31T02:30+02:00", "2027-11-07T02:30+01:00"]
    between = at("2027-10-31T02:40+02:00")
    assert local(due_after(night, between, between), "Europe/Berlin") == "2027-11-07T02:30+01:00"


@pytest.mark.parametrize(
    ("zone", "start", "due"),
    [
        ("Asia/Kathmandu", "2026-11-20T00:00Z", "2026-11-23T09:00+05:45"),
        ("Australia/Lord_Howe", "2027-04-01T00:00Z", "2027-04-05T09:00+10:30"),
        ("Australia/Lord_Howe", "2027-10-01T00:00Z", "2027-10-04T09:00+11:00"),
    ],
)
def test_zones_with_odd_offsets(zone: str, start: str, due: str) -> None:
    assert dues(Schedule(MONDAY, 540, zone), at(start), 1) == [due]


def test_half_an_hour_that_lord_howe_skips_shifts_by_half_an_hour() -> None:
    night = Schedule(SUNDAY, 135, "Australia/Lord_Howe")

    assert dues(night, at("2027-09-28T00:00Z"), 1) == ["2027-10-03T02:45+11:00"]


def test_a_leap_day_is_a_day_like_others() -> None:
    tuesday = Schedule(1, 600, "Europe/Berlin")

    assert dues(tuesday, at("2028-02-23T00:00Z"), 2) == ["2028-02-29T10:00+01:00", "2028-03-07T10:00+01:00"]


def test_a_month_has_its_first_such_weekday() -> None:
    monthly = Schedule(MONDAY, 540, "Europe/Berlin", "month")

    assert [due[:10] for due in dues(monthly, at("2026-11-10T00:00Z"), 4)] == [
        "2026-12-07",
        "2027-01-04",
        "2027-02-01",
        "2027-03-01",
    ]


def test_who_moves_westward_on_the_day_gets_no_second_tip_that_week() -> None:
    had_it = at("2026-11-23T09:00+01:00")

    moved = due_after(Schedule(MONDAY, 540, "America/New_York"), had_it + 3600, had_it)

    assert local(moved, "America/New_York") == "2026-11-30T09:00-05:00"


def test_another_weekday_in_the_same_week_waits_for_the_next() -> None:
    had_it = at("2026-11-23T09:00+01:00")

    moved = due_after(Schedule(3, 540, "Europe/Berlin"), had_it + 60, had_it)

    assert local(moved, "Europe/Berlin") == "2026-12-03T09:00+01:00"


def test_after_a_late_delivery_the_next_is_not_in_that_week() -> None:
    an_hour_before_its_time = at("2026-12-07T08:00+01:00")

    following = due_after(Schedule(MONDAY, 540, "Europe/Berlin"), an_hour_before_its_time, an_hour_before_its_time)

    assert local(following, "Europe/Berlin") == "2026-12-14T09:00+01:00"


def test_a_clock_that_went_back_gives_a_later_day_and_no_error() -> None:
    last = at("2027-06-07T09:00+02:00")

    assert due_after(Schedule(MONDAY, 540, "Europe/Berlin"), last - 90 * DAY, last) == last + 7 * DAY


def test_a_zone_that_is_not_known_here_is_utc() -> None:
    assert due_after(Schedule(MONDAY, 540, "Mars/Olympus"), at("2026-11-20T00:00Z")) == at("2026-11-23T09:00Z")
    assert is_zone("Asia/Kathmandu") and not is_zone("Mars/Olympus") and not is_zone("../etc/passwd")


def test_a_reminder_is_at_the_local_minute() -> None:
    day = datetime(2026, 11, 26, tzinfo=UTC).date()

    assert at_local(day, 540, "Asia/Kathmandu") == at("2026-11-26T09:00+05:45")


@given(
    zone=st.sampled_from(ZONES),
    weekday=st.integers(0, 6),
    minute=st.integers(0, 1439),
    start=st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    late=st.lists(st.integers(0, 20 * DAY), min_size=12, max_size=12),
    moves=st.lists(st.none() | st.sampled_from(ZONES), min_size=12, max_size=12),
)
@settings(max_examples=300, deadline=None)
def test_one_delivery_a_local_week_and_never_early(
    zone: str, weekday: int, minute: int, start: datetime, late: list[int], moves: list[str | None]
) -> None:
    schedule, now, last = Schedule(weekday, minute, zone), int(start.timestamp()), 0
    for lateness, move in zip(late, moves, strict=True):
        if move:
            schedule = Schedule(weekday, minute, move)
        due = due_after(schedule, now, last)
        here = ZoneInfo(schedule.zone)
        wanted = datetime.fromtimestamp(due, here)

        assert due > now
        skipped = wanted.utcoffset() != (wanted - timedelta(hours=4)).utcoffset()
        assert skipped or (wanted.weekday(), wanted.hour * 60 + wanted.minute) == (weekday, minute)
        now = due + (0 if lateness < DAY else lateness)
        arrived = datetime.fromtimestamp(now, here)
        assert not last or arrived.isocalendar()[:2] > datetime.fromtimestamp(last, here).isocalendar()[:2]
        last = now
