"""Runs planner and drains on an engine until told to stop, and builds a new engine whenever one breaks."""

import asyncio
import logging

from bot.store.database import StoreDownError
from bot.tips.clock import Clock
from bot.tips.drain import Drain, Pace
from bot.tips.engine import Engine, OpenEngine
from bot.tips.planner import Planner

log = logging.getLogger(__name__)

LONGEST_REST = 30.0


class Worker:
    """The process that delivers; many of them on Postgres, one on SQLite."""

    def __init__(self, open_engine: OpenEngine, planner: Planner, drain: Drain, clock: Clock, pace: Pace) -> None:
        self._open_engine = open_engine
        self._planner = planner
        self._drain = drain
        self._clock = clock
        self._pace = pace

    async def run(self, stopped: asyncio.Event) -> None:
        """Work until `stopped`; what is being sent then is finished first."""
        rest = 0.0
        while not stopped.is_set():
            try:
                await self._work(stopped)
                rest = 0.0
            except Exception:  # whatever broke, the next engine may do better
                log.exception("the engine broke")
                rest = min(LONGEST_REST, 2 * rest or 1.0)
                await self._rest(stopped, rest)

    async def _work(self, stopped: asyncio.Event) -> None:
        engine = await self._open_engine()
        running = asyncio.create_task(engine.run(self._drain.run))
        planning = asyncio.create_task(self._plan(engine))
        stopping = asyncio.create_task(stopped.wait())
        try:
            await asyncio.wait({running, planning, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if stopped.is_set():
                self._drain.stop()
        finally:
            engine.stop()
            for task in (planning, stopping):
                task.cancel()
            outcomes = await asyncio.gather(running, planning, stopping, return_exceptions=True)
            await engine.close()
        for outcome in outcomes:
            if isinstance(outcome, Exception):
                raise outcome

    async def _rest(self, stopped: asyncio.Event, seconds: float) -> None:
        tasks = {asyncio.ensure_future(stopped.wait()), asyncio.ensure_future(self._clock.sleep(seconds))}
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _plan(self, engine: Engine) -> None:
        while True:
            is_more = False
            try:
                is_more = await self._planner.tick(engine)
            except StoreDownError as error:
                log.warning("not planned: the store is down", extra={"kind": str(error)})
            await self._clock.sleep(0 if is_more else self._pace.tick)
