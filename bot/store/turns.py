"""Whose turn it is to deliver in a workspace: one process at a time, whatever a job engine believes, and when the workspace rests."""

import math
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import turns


@dataclass(frozen=True)
class Turn:
    """One go at a workspace, by a `holder` with a name of its own; it lasts `lease` seconds from the last sign of life."""

    team: str
    holder: str
    lease: float

    def until(self, now: int) -> int:
        """Return when it ends, with its last sign of life at `now`."""
        return now + math.ceil(self.lease)


class Turns:
    """The verbs over turns; each may raise StoreDownError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, turn: Turn, now: int) -> int:
        """Take a turn; return 0 for taken, else in how many seconds it may be free."""
        is_free = and_(turns.c.team_id == turn.team, turns.c.until <= now, turns.c.rest_until <= now)
        mine = {"holder": turn.holder, "until": turn.until(now)}
        added = self._database.insert(turns).values(team_id=turn.team, **mine).on_conflict_do_nothing()
        async with self._database.begin() as connection:
            if (await connection.execute(update(turns).where(is_free).values(mine))).rowcount:
                return 0
            if (await connection.execute(added)).rowcount == 1:
                return 0
            held = (await connection.execute(select(turns).where(turns.c.team_id == turn.team))).first()
        return max(1, max(held.until, held.rest_until) - now) if held else 1

    async def give_back(self, turn: Turn, rest_until: int = 0) -> None:
        """End a turn; nobody takes the next before `rest_until`. One that was lost meanwhile is left to its holder."""
        async with self._database.begin() as connection:
            await connection.execute(update(turns).where(_is(turn)).values(until=0, rest_until=rest_until))


async def is_kept(connection: AsyncConnection, turn: Turn, now: int) -> bool:
    """Give a sign of life inside a transaction; false where the turn is somebody else's by now."""
    renewed = await connection.execute(update(turns).where(_is(turn)).values(until=turn.until(now)))
    return renewed.rowcount == 1


def _is(turn: Turn) -> ColumnElement[bool]:
    return and_(turns.c.team_id == turn.team, turns.c.holder == turn.holder)
