"""Who takes the weekly tip, where and when, and which reminders are waiting."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, Update, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.coach.schedule import Schedule
from bot.store.database import Database
from bot.store.people import Person
from bot.store.tables import deliveries, subscriptions
from bot.store.vault import Vault

MOST_REMINDERS = 50

Kind = Literal["tip", "reminder"]
DueAfter = Callable[[Schedule, int, int], int]
"""(schedule, now, last) -> the first instant after `now` in a later local week or month than `last`'s; 0 is never."""


class TooManyError(Exception):
    """A person has as many reminders waiting as one may have."""


@dataclass(frozen=True)
class Subscription:
    """A tip every week or month, or one reminder; `next_due_at` is None once it has ended, and `ended` says why.

    `person` is who set it, `channel` where it goes: a channel's id, or the person's own id for a direct message.
    Why it ended is "stopped", "done" (a reminder), or Slack's error, such as "is_archived".
    """

    id: int
    person: Person
    channel: str
    kind: Kind
    schedule: Schedule
    next_due_at: int | None
    snoozed_until: int = 0
    ended: str = ""
    ignored: int = 0
    sealed_note: str = ""

    @property
    def is_private(self) -> bool:
        """Whether only the person who set it reads it."""
        return self.channel == self.person.user


class Subscriptions:
    """The verbs over subscriptions; each may raise StoreDownError, and none reaches into another workspace.

    `due_after` says when a schedule is due: `bot.tips.calendar.due_after`.
    """

    def __init__(self, database: Database, vault: Vault, due_after: DueAfter) -> None:
        self._database = database
        self._vault = vault
        self._due_after = due_after

    @property
    def keeps_notes(self) -> bool:
        """Whether a reminder may hold words: there is a key to encrypt them with."""
        return self._vault.is_open

    async def subscribe(self, person: Person, channel: str, schedule: Schedule, now: int) -> Subscription:
        """Send the tip to `channel` (or to `person.user`) from now on; a place has one tip, so an older one is changed."""
        async with self._database.begin() as connection:
            row = {"kind": "tip", "channel_id": channel, **_owner(person), **_columns(schedule)}
            place = and_(subscriptions.c.team_id == person.team, subscriptions.c.channel_id == channel)
            added = self._database.insert(subscriptions).values(row).on_conflict_do_nothing()
            await connection.execute(added)
            held = (await connection.execute(_rows(place, subscriptions.c.kind == "tip").with_for_update())).one()
            due = self._due_after(schedule, now, held.last_due_at)
            fresh = {**row, "next_due_at": due, "ended": "", "ignored": 0, "snoozed_until": 0}
            await connection.execute(_update(held.id, fresh))
            return _subscription(await _one(connection, person.team, held.id))

    async def change(self, team: str, subscription_id: int, schedule: Schedule, now: int) -> Subscription | None:
        """Move a tip to another time; never a second one in a week that had one. Nothing where it is gone or has ended."""
        return await self._renew(team, subscription_id, now, schedule=schedule)

    async def snooze(self, team: str, subscription_id: int, until: int, now: int) -> Subscription | None:
        """Hold a tip back until `until`; a moment that is past wakes it up. What is planned and not sent is withdrawn."""
        return await self._renew(team, subscription_id, now, snoozed_until=max(until, 0) if until > now else 0)

    async def stop(self, team: str, subscription_id: int, reason: str = "stopped") -> None:
        """End a tip or a reminder; its note is deleted, and what is planned and not sent is withdrawn."""
        async with self._database.begin() as connection:
            await end(connection, team, subscription_id, reason)
            await _withdraw(connection, team, subscription_id)

    async def remind(self, person: Person, at: int, zone: str, now: int, note: str = "") -> Subscription:
        """Remind `person` once at `at`, in a direct message.

        NoKeyError where `note` can't be kept encrypted; TooManyError where fifty are waiting. A moment that is past is due at once.
        """
        row = {
            **_owner(person),
            "channel_id": person.user,
            "kind": "reminder",
            **_columns(Schedule(0, 0, zone)),
            "next_due_at": max(at, now),
            "note": self._vault.seal(note) if note else "",
        }
        mine = and_(subscriptions.c.team_id == person.team, subscriptions.c.user_id == person.user)
        waiting = select(func.count()).where(mine, subscriptions.c.kind == "reminder", subscriptions.c.ended == "")
        async with self._database.begin() as connection:
            if (await connection.execute(waiting)).scalar_one() >= MOST_REMINDERS:
                raise TooManyError
            key = (await connection.execute(subscriptions.insert().values(row))).inserted_primary_key
            assert key is not None
            return _subscription(await _one(connection, person.team, key[0]))

    async def get(self, team: str, subscription_id: int) -> Subscription | None:
        """Return a subscription of `team`, ended or not; nothing where there is none."""
        async with self._database.begin() as connection:
            row = await _one(connection, team, subscription_id)
        return _subscription(row) if row else None

    async def of_person(self, person: Person) -> list[Subscription]:
        """Return what `person` set up and has not ended: their tips, their reminders, the tips of channels."""
        mine = and_(subscriptions.c.team_id == person.team, subscriptions.c.user_id == person.user)
        async with self._database.begin() as connection:
            rows = (await connection.execute(_rows(mine, subscriptions.c.ended == ""))).all()
        return [_subscription(row) for row in rows]

    async def of_channel(self, team: str, channel: str) -> Subscription | None:
        """Return the tip of a channel (or of a person, by their id), whoever set it; nothing where it has ended."""
        place = and_(subscriptions.c.team_id == team, subscriptions.c.channel_id == channel)
        async with self._database.begin() as connection:
            tip = _rows(place, subscriptions.c.kind == "tip", subscriptions.c.ended == "")
            row = (await connection.execute(tip)).first()
        return _subscription(row) if row else None

    async def first_due(self, team: str) -> int | None:
        """Return when the next tip or reminder of `team` is due; nothing where none is."""
        waiting = and_(subscriptions.c.team_id == team, subscriptions.c.next_due_at.is_not(None))
        async with self._database.begin() as connection:
            first: int | None = (
                await connection.execute(select(func.min(subscriptions.c.next_due_at)).where(waiting))
            ).scalar()
            return first

    async def last_zone(self, person: Person) -> str:
        """Return the timezone of what `person` set up last, ended or not; empty where none is known."""
        mine = and_(subscriptions.c.team_id == person.team, subscriptions.c.user_id == person.user)
        newest = (
            select(subscriptions.c.zone).where(mine, subscriptions.c.zone != "").order_by(subscriptions.c.id.desc())
        )
        async with self._database.begin() as connection:
            return str((await connection.execute(newest.limit(1))).scalar() or "")

    def note_of(self, subscription: Subscription) -> str:
        """Return the words of a reminder; raise UnreadableError where their key is gone."""
        return self._vault.unseal(subscription.sealed_note) if subscription.sealed_note else ""

    async def _renew(
        self,
        team: str,
        subscription_id: int,
        now: int,
        schedule: Schedule | None = None,
        snoozed_until: int | None = None,
    ) -> Subscription | None:
        async with self._database.begin() as connection:
            row = await _one(connection, team, subscription_id)
            if row is None or row.ended or row.kind != "tip":
                return None
            quiet = row.snoozed_until if snoozed_until is None else snoozed_until
            planned = schedule or _subscription(row).schedule
            due = self._due_after(planned, max(now, quiet), row.last_due_at)
            fresh = {**_columns(planned), "snoozed_until": quiet, "next_due_at": due, "ignored": 0}
            await connection.execute(_update(subscription_id, fresh))
            if quiet > now:
                await _withdraw(connection, team, subscription_id)
            return _subscription(await _one(connection, team, subscription_id))


async def end(connection: AsyncConnection, team: str, subscription_id: int, reason: str) -> None:
    """End a subscription inside a transaction, for a reason of at most 32 characters; one that has ended keeps its reason."""
    this = and_(subscriptions.c.id == subscription_id, subscriptions.c.team_id == team, subscriptions.c.ended == "")
    over = {"ended": reason[:32], "next_due_at": None, "note": ""}
    await connection.execute(update(subscriptions).where(this).values(over))


async def _withdraw(connection: AsyncConnection, team: str, subscription_id: int) -> None:
    this = and_(deliveries.c.subscription_id == subscription_id, deliveries.c.team_id == team)
    waiting = and_(this, deliveries.c.state == "open", deliveries.c.attempt_at.is_(None))
    await connection.execute(update(deliveries).where(waiting).values(state="withdrawn"))


async def _one(connection: AsyncConnection, team: str, subscription_id: int) -> Any:
    this = and_(subscriptions.c.id == subscription_id, subscriptions.c.team_id == team)
    return (await connection.execute(_rows(this).with_for_update())).first()


def _rows(*where: ColumnElement[bool]) -> Any:
    return select(subscriptions).where(*where).order_by(subscriptions.c.id)


def _update(subscription_id: int, values: Mapping[str, object]) -> Update:
    return update(subscriptions).where(subscriptions.c.id == subscription_id).values(values)


def _owner(person: Person) -> dict[str, object]:
    return {"team_id": person.team, "user_id": person.user}


def _columns(schedule: Schedule) -> dict[str, object]:
    return {
        "every": schedule.every,
        "weekday": schedule.weekday,
        "minute": schedule.minute,
        "zone": schedule.zone,
    }


def _subscription(row: Row[Any]) -> Subscription:
    return Subscription(
        id=row.id,
        person=Person(row.team_id, row.user_id),
        channel=row.channel_id,
        kind=row.kind,
        schedule=Schedule(row.weekday, row.minute, row.zone, row.every),
        next_due_at=row.next_due_at,
        snoozed_until=row.snoozed_until,
        ended=row.ended,
        ignored=row.ignored,
        sealed_note=row.note,
    )
