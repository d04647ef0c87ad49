"""Whose turn it is in a workspace, on both databases."""

import asyncio

import pytest

from bot.store.database import Database
from bot.store.turns import Turn, Turns, is_kept

NOW = 1_800_000_000
MINE, YOURS = Turn("T1", "me", 30), Turn("T1", "you", 30)


@pytest.fixture
def turns(database: Database) -> Turns:
    return Turns(database)


async def kept(database: Database, turn: Turn, now: int) -> bool:
    async with database.begin() as connection:
        return await is_kept(connection, turn, now)


async def test_one_of_many_gets_the_turn(turns: Turns) -> None:
    waits = await asyncio.gather(*(turns.take(Turn("T1", f"p{n}", 30), NOW) for n in range(8)))

    assert sorted(waits) == [0, *[30] * 7]


async def test_workspaces_have_turns_of_their_own(turns: Turns) -> None:
    assert await turns.take(MINE, NOW) == 0 and await turns.take(Turn("T2", "you", 30), NOW) == 0


async def test_a_sign_of_life_keeps_the_turn_and_silence_loses_it(database: Database, turns: Turns) -> None:
    await turns.take(MINE, NOW)

    assert await kept(database, MINE, NOW + 25)
    assert await turns.take(YOURS, NOW + 31) == 24
    assert await turns.take(YOURS, NOW + 55) == 0
    assert not await kept(database, MINE, NOW + 56)


async def test_a_turn_that_is_given_back_is_free_after_the_rest(turns: Turns) -> None:
    await turns.take(MINE, NOW)
    await turns.give_back(MINE, NOW + 10)

    assert await turns.take(YOURS, NOW + 4) == 6 and await turns.take(YOURS, NOW + 10) == 0


async def test_a_turn_that_was_lost_can_not_be_given_back(database: Database, turns: Turns) -> None:
    await turns.take(MINE, NOW)
    await turns.take(YOURS, NOW + 30)
    await turns.give_back(MINE)

    assert await kept(database, YOURS, NOW + 31)
