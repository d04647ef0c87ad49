"""Which of Slack's events were answered already: Slack sends an event again when it hears nothing."""

from sqlalchemy import delete, update

from bot.store.database import Database
from bot.store.tables import seen_events

STALE_SECONDS = 300
KEEP_SECONDS = 3 * 24 * 3600


class Events:
    """A ledger of event ids, each started and then done; every verb may raise StoreDownError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def start(self, event_id: str, now: int) -> bool:
        """Claim an event; false where another attempt is done, or began less than five minutes before `now`."""
        row = {"event_id": event_id, "state": "started", "at": now}
        again = (
            update(seen_events)
            .where(
                seen_events.c.event_id == event_id,
                seen_events.c.state == "started",
                seen_events.c.at < now - STALE_SECONDS,
            )
            .values(at=now)
        )
        async with self._database.begin() as connection:
            first = await connection.execute(self._database.insert(seen_events).values(row).on_conflict_do_nothing())
            return first.rowcount == 1 or (await connection.execute(again)).rowcount == 1

    async def finish(self, event_id: str) -> None:
        """Mark an event as answered."""
        async with self._database.begin() as connection:
            await connection.execute(update(seen_events).where(seen_events.c.event_id == event_id).values(state="done"))

    async def release(self, event_id: str) -> None:
        """Give a claimed event back, so that Slack's next attempt is answered."""
        async with self._database.begin() as connection:
            await connection.execute(delete(seen_events).where(seen_events.c.event_id == event_id))

    async def prune(self, now: int) -> None:
        """Delete what Slack will not send again."""
        async with self._database.begin() as connection:
            await connection.execute(delete(seen_events).where(seen_events.c.at < now - KEEP_SECONDS))
