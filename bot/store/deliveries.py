"""The ledger of deliveries, the only truth about what was sent: planned, claimed before the send, marked after it.

A row is `open` until it is `sent`, `dead` (with a reason: the dead letters), `withdrawn` (stopped or snoozed in time) or
`overtaken` (a newer one of the same subscription came due first). An open row with `attempt_at` was about to be sent when we
last heard of it: it is in doubt until somebody looks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.coach.schedule import Every, Schedule, week_of
from bot.store.database import Database
from bot.store.people import Person
from bot.store.subscriptions import DueAfter, Kind, end
from bot.store.tables import deliveries, subscriptions, tips_shown

DAY_SECONDS = 24 * 3600
KEEP_SECONDS = 35 * DAY_SECONDS
PRUNE_AT_ONCE = 5_000


@dataclass(frozen=True)
class Delivery:
    """A tip or a reminder that is to be sent; `subscription` and `slot` (Unix seconds) name it for ever.

    `attempt_at` is the intent as it was read: what `claim` compares with. `posted_in` is the conversation that Slack named
    when something was last delivered there, since a direct message is addressed by the person.
    """

    subscription: int
    slot: int
    person: Person
    channel: str
    kind: Kind
    tries: int = 0
    attempt_at: int | None = None
    posted_in: str = ""
    ignored: int = 0
    every: Every = "week"
    sealed_note: str = ""

    @property
    def id(self) -> str:
        """The name that travels with the message, so that it can be found again."""
        return f"{self.subscription}:{self.slot}"


@dataclass(frozen=True)
class Standing:
    """How things stand: numbers of rows, and how late the oldest open one is, in seconds. Cheap at any size."""

    due: int
    open: int
    in_doubt: int
    retrying: int
    dead: Mapping[str, int]
    oldest_seconds: int


@dataclass(frozen=True)
class Census:
    """Numbers that take a look at every subscription: how many go on, why others ended, what was sent in a day."""

    active: int
    ended: Mapping[str, int]
    sent_in_a_day: int


class Deliveries:
    """The verbs over the ledger; each may raise StoreDownError. `due_after` is that of `Subscriptions`."""

    def __init__(self, database: Database, due_after: DueAfter) -> None:
        self._database = database
        self._due_after = due_after

    async def plan(self, now: int, limit: int = 1_000) -> int:
        """Write what is due into the ledger and move each subscription on, in one transaction; return how many were due.

        Any number of processes may plan at once. What was due while nobody planned is due once.
        """
        due = select(
            subscriptions.c.id,
            subscriptions.c.team_id,
            subscriptions.c.user_id,
            subscriptions.c.next_due_at,
            subscriptions.c.kind,
            subscriptions.c.weekday,
            subscriptions.c.minute,
            subscriptions.c.zone,
            subscriptions.c.every,
        ).where(subscriptions.c.next_due_at <= now)
        claimed = due.order_by(subscriptions.c.next_due_at).limit(limit).with_for_update(skip_locked=True)
        async with self._database.begin() as connection:
            rows = (await connection.execute(claimed)).all()
            if rows:
                planned = self._database.insert(deliveries).on_conflict_do_nothing()
                await connection.execute(planned, [_planned(row) for row in rows])
                await connection.execute(_MOVE_ON, [self._moved_on(row, now) for row in rows])
        return len(rows)

    def _moved_on(self, row: Any, now: int) -> dict[str, object]:
        schedule = Schedule(row.weekday, row.minute, row.zone, row.every)
        # A tip that was due while nobody planned is this week's tip: `now` counts as when it was due.
        following = None if row.kind == "reminder" else self._due_after(schedule, now, now)
        return {"which": row.id, "following": following, "last": max(now, row.next_due_at)}

    async def workspaces(self, now: int) -> list[str]:
        """Return the workspaces that have something to send at `now`."""
        ready = and_(deliveries.c.state == "open", deliveries.c.next_try_at <= now)
        # One jump in the index per workspace, however many rows each has.
        first = select(func.min(deliveries.c.team_id).label("team")).where(ready).cte(recursive=True)
        following = select(func.min(deliveries.c.team_id)).where(ready, deliveries.c.team_id > first.c.team)
        teams = first.union_all(select(following.scalar_subquery()).where(first.c.team.is_not(None)))
        async with self._database.begin() as connection:
            found = await connection.execute(select(teams.c.team).where(teams.c.team.is_not(None)))
            return list(found.scalars())

    async def overtake(self, team: str) -> None:
        """Set aside what was not tried yet and is stopped, or has a newer delivery of the same subscription waiting."""
        newer = deliveries.alias()
        same = newer.c.subscription_id == deliveries.c.subscription_id
        later = exists().where(same, newer.c.slot > deliveries.c.slot, newer.c.state == "open")
        stopped = exists().where(subscriptions.c.id == deliveries.c.subscription_id, subscriptions.c.ended != "")
        waiting = and_(deliveries.c.team_id == team, deliveries.c.state == "open", deliveries.c.attempt_at.is_(None))
        async with self._database.begin() as connection:
            await connection.execute(update(deliveries).where(waiting, stopped).values(state="withdrawn"))
            await connection.execute(update(deliveries).where(waiting, later).values(state="overtaken"))

    async def ready(self, team: str, now: int, limit: int = 20) -> list[Delivery]:
        """Return what may be sent or looked for in `team` at `now`, the oldest first."""
        what = select(
            deliveries,
            subscriptions.c.channel_id,
            subscriptions.c.kind,
            subscriptions.c.posted_in,
            subscriptions.c.ignored,
            subscriptions.c.every,
            subscriptions.c.note,
        ).join(subscriptions, subscriptions.c.id == deliveries.c.subscription_id)
        here = and_(deliveries.c.team_id == team, deliveries.c.state == "open", deliveries.c.next_try_at <= now)
        async with self._database.begin() as connection:
            rows = await connection.execute(what.where(here).order_by(deliveries.c.slot).limit(limit))
            return [_delivery(row) for row in rows]

    async def claim(self, delivery: Delivery, now: int, tip_id: str = "", recalled: str = "") -> Delivery | None:
        """Commit the intent to send, before the send; nothing where another process got there first or it is off."""
        intent = {"attempt_at": now, "tip_id": tip_id, "recalled": recalled}
        async with self._database.begin() as connection:
            wanted = exists().where(subscriptions.c.id == delivery.subscription, subscriptions.c.ended == "")
            claimed = await connection.execute(update(deliveries).where(_as_read(delivery), wanted).values(intent))
        return replace(delivery, attempt_at=now) if claimed.rowcount == 1 else None

    async def sent(self, delivery: Delivery, now: int, channel: str, ts: str) -> bool:
        """Mark as sent, with where Slack put it, and remember what the reader saw; false where that was done already."""
        place = {"message_channel": channel, "message_ts": ts}
        async with self._database.begin() as connection:
            done = update(deliveries).where(_open(delivery)).values(state="sent", sent_at=now, **place)
            if (await connection.execute(done)).rowcount == 0:
                return False
            if delivery.kind == "reminder":
                await end(connection, delivery.person.team, delivery.subscription, "done")
                return True
            this = subscriptions.c.id == delivery.subscription
            known = {"posted_in": channel, "ignored": subscriptions.c.ignored + 1}
            await connection.execute(update(subscriptions).where(this).values(known))
            seen = self._database.insert(tips_shown).from_select(*_shown(delivery, now)).on_conflict_do_nothing()
            await connection.execute(seen)
            return True

    async def not_sent(self, claimed: Delivery, next_try_at: int, is_failure: bool = True) -> None:
        """Take our intent back: it is known that nothing was sent. Try again at `next_try_at`; a limit is no failure."""
        tries = deliveries.c.tries + int(is_failure)
        await self._set(_as_read(claimed), attempt_at=None, next_try_at=next_try_at, tries=tries)

    async def put_off(self, delivery: Delivery, next_try_at: int, is_failure: bool = True) -> None:
        """Leave it as it is, in doubt or not, and come back to it at `next_try_at`."""
        await self._set(_as_read(delivery), next_try_at=next_try_at, tries=deliveries.c.tries + int(is_failure))

    async def withdraw(self, delivery: Delivery) -> None:
        """Call it off: there is nothing to say."""
        await self._set(_as_read(delivery), state="withdrawn")

    async def _set(self, where: Any, **values: Any) -> None:
        async with self._database.begin() as connection:
            await connection.execute(update(deliveries).where(where).values(values))

    async def bury(self, delivery: Delivery, reason: str, ends_subscription: bool = False) -> None:
        """Give up on a delivery, for a reason of at most 32 characters; with it on its subscription, where that can't go on."""
        async with self._database.begin() as connection:
            dead = update(deliveries).where(_as_read(delivery)).values(state="dead", reason=reason[:32])
            if (await connection.execute(dead)).rowcount == 0:
                return
            if ends_subscription or delivery.kind == "reminder":
                await end(connection, delivery.person.team, delivery.subscription, reason)

    async def prune(self, now: int) -> int:
        """Delete some of what is long done; return how much that was."""
        old = and_(deliveries.c.slot < now - KEEP_SECONDS, deliveries.c.state != "open")
        some = select(deliveries.c.subscription_id, deliveries.c.slot).where(old).limit(PRUNE_AT_ONCE)
        async with self._database.begin() as connection:
            keys = (await connection.execute(some)).all()
            if keys:
                these = and_(deliveries.c.subscription_id == bindparam("which"), deliveries.c.slot == bindparam("when"))
                await connection.execute(delete(deliveries).where(these), [{"which": k[0], "when": k[1]} for k in keys])
        return len(keys)

    async def standing(self, now: int) -> Standing:
        """Count what is due, open and dead at `now`, over all workspaces: numbers only, for whoever runs the app."""
        due = select(func.count()).where(subscriptions.c.next_due_at <= now)
        standing = select(
            func.count(),
            func.count(deliveries.c.attempt_at),
            func.coalesce(func.sum(case((deliveries.c.tries > 0, 1), else_=0)), 0),
            func.min(deliveries.c.slot),
        ).where(deliveries.c.state == "open")
        dead = select(deliveries.c.reason, func.count()).where(deliveries.c.state == "dead")
        async with self._database.begin() as connection:
            waiting, doubtful, retrying, oldest = (await connection.execute(standing)).one()
            return Standing(
                due=(await connection.execute(due)).scalar_one(),
                open=waiting,
                in_doubt=doubtful,
                retrying=int(retrying),
                dead=await _numbers(connection, dead.group_by(deliveries.c.reason)),
                oldest_seconds=max(0, now - oldest) if oldest is not None else 0,
            )

    async def census(self, now: int) -> Census:
        """Count subscriptions, and what was sent in the 24 hours before `now`."""
        active = select(func.count()).where(subscriptions.c.next_due_at.is_not(None))
        ended = select(subscriptions.c.ended, func.count()).where(subscriptions.c.ended != "")
        day = and_(deliveries.c.state == "sent", deliveries.c.slot > now - DAY_SECONDS)
        async with self._database.begin() as connection:
            return Census(
                active=(await connection.execute(active)).scalar_one(),
                ended=await _numbers(connection, ended.group_by(subscriptions.c.ended)),
                sent_in_a_day=(await connection.execute(select(func.count()).where(day))).scalar_one(),
            )


_MOVE_ON = (
    update(subscriptions)
    .where(subscriptions.c.id == bindparam("which"))
    .values(next_due_at=bindparam("following"), last_due_at=bindparam("last"))
)


async def _numbers(connection: AsyncConnection, query: Any) -> dict[str, int]:
    return {row[0]: row[1] for row in await connection.execute(query)}


def _planned(row: Any) -> dict[str, object]:
    return {"subscription_id": row.id, "slot": row.next_due_at, "team_id": row.team_id, "user_id": row.user_id}


def _open(delivery: Delivery) -> Any:
    this = and_(deliveries.c.subscription_id == delivery.subscription, deliveries.c.slot == delivery.slot)
    return and_(this, deliveries.c.team_id == delivery.person.team, deliveries.c.state == "open")


def _as_read(delivery: Delivery) -> Any:
    """Return what matches an open row whose intent is still the one that was read, or written by us."""
    seen = deliveries.c.attempt_at
    return and_(_open(delivery), seen.is_(None) if delivery.attempt_at is None else seen == delivery.attempt_at)


def _shown(delivery: Delivery, now: int) -> tuple[Sequence[str], Any]:
    """Return the row of what was shown, taken from the ledger: the tip that the intent named."""
    this = and_(deliveries.c.subscription_id == delivery.subscription, deliveries.c.slot == delivery.slot)
    names = ["team_id", "user_id", "reader_id", "week", "tip_id", "shown_at", "recalled"]
    reader, week, at = delivery.channel, week_of(now), now
    return names, select(
        deliveries.c.team_id,
        deliveries.c.user_id,
        bindparam("reader", reader).label("reader_id"),
        bindparam("week", week).label("week"),
        deliveries.c.tip_id,
        bindparam("at", at).label("shown_at"),
        deliveries.c.recalled,
    ).where(this, deliveries.c.tip_id != "")


def _delivery(row: Any) -> Delivery:
    return Delivery(
        subscription=row.subscription_id,
        slot=row.slot,
        person=Person(row.team_id, row.user_id),
        channel=row.channel_id,
        kind=row.kind,
        tries=row.tries,
        attempt_at=row.attempt_at,
        posted_in=row.posted_in,
        ignored=row.ignored,
        every=row.every,
        sealed_note=row.note,
    )
