"""A process that delivers, to be killed, frozen and restarted: `python -m tests.tips.deliverer` with a JSON object of settings.

`variant` makes it naive in one respect, so that the checks can be seen to fail.
"""

import asyncio
import json
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import and_

from bot.app import build_desk, build_worker
from bot.logs import set_up
from bot.settings import Settings
from bot.store.database import Database
from bot.store.deliveries import Deliveries, Delivery
from bot.store.tables import deliveries as ledger
from bot.tips.drain import Pace
from bot.tips.mail import Absent, Found, SlackMail, delivery_session, slack_client
from bot.tips.meters import Meters

PACE = replace(Pace(), tick=0.5, settle=4, lease=8.0, first_retry=2.0, longest_pause=5.0)


class Blind(SlackMail):
    """Believes that nothing which is in doubt was sent."""

    async def find(self, delivery: Delivery) -> Found:
        return Absent()


class Unfenced(Deliveries):
    """Claims whatever it once read, also when another process has it by now."""

    async def claim(self, delivery: Delivery, now: int, tip_id: str = "", recalled: str = "") -> Delivery | None:
        this = and_(ledger.c.subscription_id == delivery.subscription, ledger.c.slot == delivery.slot)
        await self._set(this, attempt_at=now)
        return replace(delivery, attempt_at=now)


NAIVE_PACE: dict[str, Callable[[Pace], Pace]] = {
    "blind": lambda pace: replace(pace, settle=0),
    "unpaced": lambda pace: replace(pace, channel=0.0, workspace=0.0),
    "unfenced": lambda pace: replace(pace, frozen=10_000.0),
}


async def main(database_url: str, slack_url: str, cache: str, variant: str = "") -> None:
    """Deliver until SIGTERM."""
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    settings = Settings(cache=Path(cache), database_url=database_url, slack_api_url=slack_url)
    database = Database(database_url)
    desk = build_desk(settings, database)
    async with delivery_session() as session:
        client = slack_client("xoxb-1", slack_url, session)

        async def client_of(_team: str) -> AsyncWebClient:
            return client

        mail = (Blind if variant == "blind" else SlackMail)(client_of)
        pace = NAIVE_PACE.get(variant, lambda pace: pace)(PACE)
        if variant == "unfenced":
            Deliveries.claim = Unfenced.claim  # type: ignore[method-assign]
        worker = build_worker(settings, database, desk, mail, Meters(), pace)
        await worker.run(stopped)
    await database.close()


if __name__ == "__main__":
    set_up("WARNING")
    asyncio.run(main(**json.loads(sys.argv[1])))
