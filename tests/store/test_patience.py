"""Slow work on the database: nobody waits for it, and nothing tears it."""

import asyncio

import pytest

from bot.store.database import StoreDownError
from bot.store.patience import MOST_LATE, Patience


async def test_work_that_is_quick_enough_is_waited_for() -> None:
    async def work() -> int:
        return 7

    assert await Patience(5).wait(work()) == 7


async def test_late_work_is_told_as_a_database_that_is_down_and_still_ends() -> None:
    patience, go, ended = Patience(0.01), asyncio.Event(), []

    async def work() -> None:
        await go.wait()
        ended.append(True)

    with pytest.raises(StoreDownError):
        await patience.wait(work())
    go.set()
    await patience.settled()

    assert ended == [True]


async def test_a_database_that_never_answers_is_not_asked_for_ever_more() -> None:
    patience, go, asked = Patience(0.0), asyncio.Event(), []

    async def work() -> None:
        asked.append(True)
        await go.wait()

    for _ in range(MOST_LATE + 50):
        with pytest.raises(StoreDownError):
            await patience.wait(work())
    await asyncio.sleep(0)
    assert len(asked) == MOST_LATE

    go.set()
    await patience.settled()
    await patience.wait(asyncio.sleep(0))


async def test_late_work_that_fails_later_disturbs_nobody() -> None:
    patience, go = Patience(0.01), asyncio.Event()

    async def work() -> None:
        await go.wait()
        raise StoreDownError("late")

    with pytest.raises(StoreDownError, match="slow"):
        await patience.wait(work())
    go.set()

    await patience.settled()
