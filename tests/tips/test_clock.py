"""A clock that can be moved on, for the demo."""

import asyncio

from bot.tips.clock import MovableClock


async def test_it_is_moved_on_for_all_who_ask_and_never_back() -> None:
    clock = MovableClock()
    week = clock.now() + 7 * 86_400
    clock.move_to(week)
    clock.move_to(week - 3_600)

    assert week <= clock.now() <= week + 5
    assert int(clock.utc_now().timestamp()) - clock.now() in {0, 1}


async def test_who_waits_goes_on_at_once_when_it_is_moved() -> None:
    clock = MovableClock()
    waiting = asyncio.create_task(clock.sleep(3_600))
    await asyncio.sleep(0)
    clock.move_to(clock.now() + 3_600)

    await asyncio.wait_for(waiting, 5)


async def test_it_waits_by_itself_too() -> None:
    await asyncio.wait_for(MovableClock().sleep(0.01), 5)
