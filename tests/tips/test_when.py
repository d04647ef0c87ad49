"""When a reminder is due, as people say it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tips.calendar import is_zone, local_time
from bot.tips.when import Due, due_of
from bot.tips.zones import FIRST, zones_like

BERLIN = "Europe/Berlin"
NOW = int(datetime(2026, 11, 25, 9, 0, tzinfo=UTC).timestamp())  # a Wednesday, 10:00 in Berlin


@pytest.mark.parametrize(
    ("said", "local"),
    [
        ("ring Sam tomorrow 9:00", "2026-11-26 09:00"),
        ("ring Sam tomorrow", "2026-11-26 09:00"),
        ("ring Sam tomorrow at 9", "2026-11-26 09:00"),
        ("ring Sam tomorrow, 9.30", "2026-11-26 09:30"),
        ("ring Sam tomorrow at 3", "2026-11-26 15:00"),
        ("ring Sam tomorrow 3 am", "2026-11-26 03:00"),
        ("ring Sam tomorrow at 12pm", "2026-11-26 12:00"),
        ("ring Sam tomorrow afternoon", "2026-11-26 14:00"),
        ("ring Sam at 9:00 tomorrow", "2026-11-26 09:00"),
        ("me to ring Sam tomorrow 9:00", "2026-11-26 09:00"),
        ("tomorrow 9:00 ring Sam", "2026-11-26 09:00"),
        ("ring Sam tonight", "2026-11-25 20:00"),
        ("ring Sam tonight at 9", "2026-11-25 21:00"),
        ("ring Sam today 16:15", "2026-11-25 16:15"),
        ("ring Sam at 16:15", "2026-11-25 16:15"),
        ("ring Sam 9:15", "2026-11-26 09:15"),
        ("ring Sam in 2 hours", "2026-11-25 12:00"),
        ("ring Sam in an hour", "2026-11-25 11:00"),
        ("ring Sam in half an hour", "2026-11-25 10:30"),
        ("ring Sam in 45 min", "2026-11-25 10:45"),
        ("ring Sam in 3 days", "2026-11-28 10:00"),
        ("ring Sam in 2 weeks", "2026-12-09 10:00"),
        ("ring Sam friday 14:30", "2026-11-27 14:30"),
        ("ring Sam on Friday", "2026-11-27 09:00"),
        ("ring Sam next thurs 8:00", "2026-11-26 08:00"),
        ("ring Sam wednesday 9:00", "2026-12-02 09:00"),
        ("ring Sam wednesday 11:00", "2026-11-25 11:00"),
        ("ring Sam 2026-12-01 9:00", "2026-12-01 09:00"),
        ("ring Sam on 2026-12-01", "2026-12-01 09:00"),
    ],
)
def test_people_say_when_in_many_ways(said: str, local: str) -> None:
    due = due_of(said, BERLIN, NOW)

    assert isinstance(due, Due)
    assert (due.note, f"{local_time(due.at, BERLIN):%Y-%m-%d %H:%M}") == ("ring Sam", local)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("ring Sam", "no moment"),
        ("", "no moment"),
        ("ring Sam about invoice 12", "no moment"),
        ("ring Sam today", "no moment"),
        ("ring Sam tomorrow 25:00", "no moment"),
        ("ring Sam tomorrow 9:75", "no moment"),
        ("ring Sam 2026-02-30 9:00", "no moment"),
        ("tomorrow 9:00", "no note"),
        ("ring Sam today 8:00", "past"),
        ("ring Sam 2025-12-01", "past"),
        ("ring Sam 9999-12-31 23:59", "far"),
        ("ring Sam in 9999 weeks", "far"),
    ],
)
def test_what_is_unclear_is_named(said: str, why: str) -> None:
    assert due_of(said, BERLIN, NOW) == why


def test_a_clock_needs_a_timezone_and_a_span_does_not() -> None:
    assert due_of("ring Sam tomorrow 9:00", "", NOW) == "no zone"
    assert due_of("ring Sam in 2 hours", "", NOW) == Due("ring Sam", NOW + 7_200, "")
    assert due_of("ring Sam in 2 days", "", NOW) == Due("ring Sam", NOW + 2 * 86_400, "")


def test_a_timezone_that_is_said_counts() -> None:
    due = due_of("ring Sam tomorrow 9:00 Asia/Kathmandu", BERLIN, NOW)

    assert isinstance(due, Due) and due.zone == "Asia/Kathmandu"
    assert f"{local_time(due.at, due.zone):%d %H:%M}" == "26 09:00"


def test_three_days_on_is_the_same_hour_though_the_clocks_change() -> None:
    before = int(datetime(2026, 10, 23, 7, 0, tzinfo=UTC).timestamp())
    due = due_of("ring Sam in 3 days", BERLIN, before)

    assert isinstance(due, Due) and due.at - before == 3 * 86_400 + 3_600


@given(st.text(max_size=60), st.sampled_from(["", BERLIN, "America/St_Johns"]))
def test_no_text_breaks_it_and_nothing_is_due_in_the_past(text: str, zone: str) -> None:
    due = due_of(f"{text} tomorrow 9:00", zone, NOW)

    assert not isinstance(due, Due) or (due.at > NOW and due.note)


@given(
    st.integers(0, 40),
    st.integers(0, 23),
    st.integers(0, 59),
    st.sampled_from([BERLIN, "Asia/Kathmandu", "America/New_York", "Australia/Lord_Howe"]),
)
def test_a_date_and_a_time_are_what_the_clocks_there_show(days: int, hour: int, minute: int, zone: str) -> None:
    day = (local_time(NOW, zone) + timedelta(days=days + 1)).date()
    due = due_of(f"ring Sam {day.isoformat()} {hour}:{minute:02}", zone, NOW)

    assert isinstance(due, Due)
    assert f"{local_time(due.at, zone):%Y-%m-%d %H:%M}" == f"{day.isoformat()} {hour:02}:{minute:02}"


@pytest.mark.parametrize(
    ("query", "first"),
    [("berl", "Europe/Berlin"), ("new york", "America/New_York"), ("London", "Europe/London"), ("utc", "UTC")],
)
def test_a_timezone_is_found_by_its_city(query: str, first: str) -> None:
    assert zones_like(query, 100)[0] == first


def test_timezones_are_offered_before_anything_is_typed_and_never_too_many() -> None:
    assert zones_like("", 100) == FIRST and all(map(is_zone, FIRST))
    assert len(zones_like("a", 100)) == 100 and zones_like("nowhere at all", 100) == []
