"""What readers of the tip saw and how they answered, and which families of principles gave a person trouble; no text."""

from collections.abc import Iterable
from typing import Literal

from sqlalchemy import and_, desc, exists, select, update

from bot.coach.schedule import week_of
from bot.coach.tips import Choice, Reader, Shown
from bot.store.database import Database
from bot.store.people import Person
from bot.store.tables import mutes, struggles, subscriptions, tips_shown

Reaction = Literal["tried", "later", "another", "opened"]

MOST_SHOWN = 300
"""How much of the past is looked at: several rounds of all tips."""


class Readers:
    """The verbs over what readers saw; every one may raise StoreDownError.

    A reader is a place in a workspace: a person, by their own id, or a channel that somebody subscribed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def reader(self, person: Person, channel: str = "") -> Reader:
        """Return what decides about the next tip of `person`, or of the `channel` that they subscribed.

        What a person muted and struggled with is theirs alone: a channel has none of it.
        """
        place = channel or person.user
        here = and_(tips_shown.c.team_id == person.team, tips_shown.c.reader_id == place)
        past = select(tips_shown).where(here).order_by(desc(tips_shown.c.shown_at)).limit(MOST_SHOWN)
        async with self._database.begin() as connection:
            rows = (await connection.execute(past)).all()
            shown = tuple(Shown(row.tip_id, row.week, row.recalled, row.reaction) for row in reversed(rows))
            if place != person.user:
                return Reader(shown=shown)
            mine = and_(mutes.c.team_id == person.team, mutes.c.user_id == person.user, mutes.c.kind == "principle")
            muted = (await connection.execute(select(mutes.c.value).where(mine))).scalars().all()
            trouble = and_(struggles.c.team_id == person.team, struggles.c.user_id == person.user)
            weeks = (await connection.execute(select(struggles.c.family, struggles.c.week).where(trouble))).all()
        return Reader(frozenset(muted), {row.family: row.week for row in weeks}, shown)

    async def remember_shown(self, person: Person, choice: Choice, now: int, channel: str = "") -> None:
        """Remember that a tip was shown at `now`, as after *Show another*; twice in a week is once."""
        row = {
            "team_id": person.team,
            "user_id": person.user,
            "reader_id": channel or person.user,
            "week": week_of(now),
            "tip_id": choice.tip.id,
            "shown_at": now,
            "recalled": choice.recall.id if choice.recall else "",
        }
        async with self._database.begin() as connection:
            await connection.execute(self._database.insert(tips_shown).values(row).on_conflict_do_nothing())

    async def react(self, team: str, channel: str, tip_id: str, reaction: Reaction) -> None:
        """Note how a tip was answered in `channel` (or by a person, by their id); whoever answers is not ignoring the tip."""
        place = and_(tips_shown.c.team_id == team, tips_shown.c.reader_id == channel, tips_shown.c.tip_id == tip_id)
        tip = and_(
            subscriptions.c.team_id == team, subscriptions.c.channel_id == channel, subscriptions.c.kind == "tip"
        )
        async with self._database.begin() as connection:
            await connection.execute(update(subscriptions).where(tip).values(ignored=0))
            await connection.execute(update(tips_shown).where(place).values(reaction=reaction))

    async def struggled(self, person: Person, families: Iterable[str], now: int) -> None:
        """Remember the families that a review spoke about, of people who take the tip; of nobody else."""
        rows = [
            {"team_id": person.team, "user_id": person.user, "family": family, "week": week_of(now)}
            for family in sorted(set(families))
        ]
        takes = exists().where(
            subscriptions.c.team_id == person.team,
            subscriptions.c.channel_id == person.user,
            subscriptions.c.kind == "tip",
            subscriptions.c.ended == "",
        )
        async with self._database.begin() as connection:
            if rows and (await connection.execute(select(takes))).scalar_one():
                added = self._database.insert(struggles).values(rows)
                keys = ["team_id", "user_id", "family"]
                newest = {"week": week_of(now)}
                await connection.execute(added.on_conflict_do_update(index_elements=keys, set_=newest))
