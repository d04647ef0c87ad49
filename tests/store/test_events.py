"""Events are answered once, whatever Slack sends again."""

import asyncio

import pytest

from bot.store.database import Database
from bot.store.events import KEEP_SECONDS, STALE_SECONDS, Events

NOW = 1_800_000_000


@pytest.fixture
def events(database: Database) -> Events:
    return Events(database)


async def test_one_of_many_attempts_gets_the_event(events: Events) -> None:
    claims = await asyncio.gather(*(events.start("Ev1", NOW) for _ in range(8)))

    assert sum(claims) == 1


async def test_an_event_that_is_done_is_not_answered_again(events: Events) -> None:
    await events.start("Ev1", NOW)
    await events.finish("Ev1")

    assert not await events.start("Ev1", NOW + STALE_SECONDS * 2)


async def test_an_attempt_that_never_finished_makes_room_for_the_next(events: Events) -> None:
    await events.start("Ev1", NOW)

    assert not await events.start("Ev1", NOW + 10)
    assert await events.start("Ev1", NOW + STALE_SECONDS + 1)


async def test_a_failed_attempt_gives_the_event_back(events: Events) -> None:
    await events.start("Ev1", NOW)
    await events.release("Ev1")

    assert await events.start("Ev1", NOW + 1)


async def test_old_events_are_pruned(events: Events) -> None:
    await events.start("Ev1", NOW)
    await events.prune(NOW + KEEP_SECONDS + 1)

    assert await events.start("Ev1", NOW + 1)
