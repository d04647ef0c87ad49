"""Turns what is due into rows of the ledger, and asks the engine for a drain of every workspace that has open ones."""

from bot.store.deliveries import Deliveries
from bot.tips.clock import Clock
from bot.tips.engine import Engine
from bot.tips.meters import Meters

BATCH = 1_000
BATCHES_A_TICK = 20
TIDY_SECONDS = 3_600
MEASURE_SECONDS = 15


class Planner:
    """One tick after the other; every process may have a planner."""

    def __init__(self, deliveries: Deliveries, meters: Meters, clock: Clock) -> None:
        self._deliveries = deliveries
        self._meters = meters
        self._clock = clock
        self._tidied_at = clock.steady()
        self._measured_at = -float("inf")

    async def tick(self, engine: Engine) -> bool:
        """Plan what is due and ask for drains; tell whether more is due than one tick plans."""
        now, planned = self._clock.now(), BATCH
        for _ in range(BATCHES_A_TICK):
            planned = await self._deliveries.plan(now, BATCH)
            if planned < BATCH:
                break
        teams = await self._deliveries.workspaces(now)
        if teams:
            await engine.enqueue(teams)
        await self._look_after(engine, now)
        return planned == BATCH

    async def _look_after(self, engine: Engine, now: int) -> None:
        if self._clock.steady() - self._measured_at >= MEASURE_SECONDS:
            self._measured_at = self._clock.steady()
            self._meters.stand(await self._deliveries.standing(now))
        if self._clock.steady() - self._tidied_at >= TIDY_SECONDS:
            self._tidied_at = self._clock.steady()
            await engine.tidy()
            while await self._deliveries.prune(now):
                await self._clock.sleep(0)
