"""Told to stop, the app finishes what it began before the database closes."""

import asyncio
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest
from slack_bolt.async_app import AsyncAck
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.app import opened, until_stopped
from bot.settings import Settings


async def test_a_listener_at_work_ends_before_the_database_closes(settings: Settings, tmp_path: Path) -> None:
    gate, was_up = asyncio.Event(), []
    async with opened(replace(settings, database_url=f"sqlite:///{tmp_path / 'coach.db'}")) as (app, database, _desk):

        @app.command("/slow")
        async def slow(ack: AsyncAck) -> None:
            await ack()
            await gate.wait()
            was_up.append(await database.is_up())

        body = {"command": "/slow", "user_id": "U1", "team_id": "T1"}
        await app.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
        asyncio.get_running_loop().call_later(0.05, gate.set)

    assert was_up == [True]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_it_can_be_stopped_while_it_still_waits_for_slack(how: signal.Signals) -> None:
    said: list[str] = []

    async def connects_for_ever() -> None:
        try:
            os.kill(os.getpid(), how)
            await asyncio.Event().wait()
        finally:
            said.append("goodbye")

    assert await until_stopped(connects_for_ever())
    assert said == ["goodbye"]


async def test_work_that_ends_by_itself_was_not_stopped() -> None:
    assert not await until_stopped(asyncio.sleep(0))
