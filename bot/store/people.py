"""What each person prefers: their profession, how much they want to hear, what they muted. Nothing that they wrote."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Table, and_, bindparam, delete, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.coach.model import Severity
from bot.coach.preferences import Preferences
from bot.store.database import Database
from bot.store.tables import PERSONAL, mutes, people, told

WEEK_SECONDS = 7 * 24 * 3600

MuteKind = Literal["principle", "mark", "person"]


def _theirs(table: Table) -> ColumnElement[bool]:
    return and_(table.c.team_id == bindparam("team_id"), table.c.user_id == bindparam("user_id"))


# All that a review must know of a person, asked before every one: in one go, since each question costs a turn of the database.
PREFERENCES = union_all(
    select(literal("self"), people.c.profession, people.c.salt, people.c.least_severity, people.c.snoozed_until).where(
        _theirs(people)
    ),
    select(mutes.c.kind, mutes.c.value, literal(""), literal(0), literal(0)).where(_theirs(mutes)),
    select(literal("told"), told.c.principle, literal(""), literal(0), literal(0)).where(
        _theirs(told), told.c.at > bindparam("since")
    ),
)


@dataclass(frozen=True)
class Person:
    """Somebody who uses the app in a workspace, by Slack's ids."""

    team: str
    user: str


class People:
    """The verbs over what people prefer; every one may raise StoreDownError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def preferences(self, person: Person, now: int) -> Preferences:
        """Return what `person` prefers at `now`."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(PREFERENCES, {**_key(person), "since": now - WEEK_SECONDS})).all()
        by_kind: dict[str, set[str]] = {}
        profession, salt, least, snoozed_until = "", "", 1, 0
        for kind, value, key, severity, until in rows:
            by_kind.setdefault(kind, set()).add(value)
            if kind == "self":
                profession, salt, least, snoozed_until = value, key, severity, until
        return Preferences(
            profession=profession,
            least=3 if least >= 3 else 2 if least == 2 else 1,
            snoozed_until=snoozed_until,
            principles=frozenset(by_kind.get("principle", ())),
            marks=frozenset(by_kind.get("mark", ())),
            people=frozenset(by_kind.get("person", ())),
            told_this_week=frozenset(by_kind.get("told", ())),
            salt=salt,
        )

    async def change(
        self,
        person: Person,
        *,
        profession: str | None = None,
        least: Severity | None = None,
        snoozed_until: int | None = None,
        muted: Mapping[MuteKind, Iterable[str]] | None = None,
    ) -> None:
        """Change what is given of a person's preferences, all of it or nothing, and leave the rest; what is `muted` by kind, whole."""
        given = {"profession": profession, "least_severity": least, "snoozed_until": snoozed_until}
        values = {name: value for name, value in given.items() if value is not None}
        async with self._database.begin() as connection:
            await self._ensure(connection, person)
            if values:
                await connection.execute(people.update().where(_is(people, person)).values(values))
            for kind, mute_values in (muted or {}).items():
                await _set_mutes(connection, person, kind, mute_values)

    async def salt(self, person: Person) -> str:
        """Return the key of this person's marks, made on first use."""
        async with self._database.begin() as connection:
            await self._ensure(connection, person)
            salt: str = (await connection.execute(select(people.c.salt).where(_is(people, person)))).scalar_one()
            return salt

    async def mute(self, person: Person, kind: MuteKind, values: Iterable[str]) -> None:
        """Add `values` to what is muted."""
        rows = [_key(person) | {"kind": kind, "value": value} for value in values]
        async with self._database.begin() as connection:
            if rows:
                await connection.execute(self._database.insert(mutes).values(rows).on_conflict_do_nothing())

    async def unmute(self, person: Person, kind: MuteKind, value: str) -> None:
        """Take one `value` out of what is muted."""
        those = and_(_is(mutes, person), mutes.c.kind == kind, mutes.c.value == value)
        async with self._database.begin() as connection:
            await connection.execute(delete(mutes).where(those))

    async def set_mutes(self, person: Person, kind: MuteKind, values: Iterable[str]) -> None:
        """Make `values` all that is muted of this `kind`."""
        async with self._database.begin() as connection:
            await _set_mutes(connection, person, kind, values)

    async def remember_told(self, person: Person, principle: str, now: int) -> None:
        """Remember that a small thing about `principle` was said at `now`."""
        statement = self._database.insert(told).values(_key(person) | {"principle": principle, "at": now})
        keys = ["team_id", "user_id", "principle"]
        async with self._database.begin() as connection:
            await connection.execute(statement.on_conflict_do_update(index_elements=keys, set_={"at": now}))

    async def held(self, person: Person) -> dict[str, int]:
        """Return how many rows each table holds of `person`."""
        async with self._database.reading() as connection:
            return {
                table.name: (
                    await connection.execute(select(func.count()).select_from(table).where(_is(table, person)))
                ).scalar_one()
                for table in PERSONAL
            }

    async def forget(self, person: Person) -> None:
        """Delete everything that is held of `person`."""
        async with self._database.begin() as connection:
            for table in PERSONAL:
                await connection.execute(delete(table).where(_is(table, person)))

    async def _ensure(self, connection: AsyncConnection, person: Person) -> None:
        row = _key(person) | {"salt": secrets.token_hex(16)}
        await connection.execute(self._database.insert(people).values(row).on_conflict_do_nothing())


async def _set_mutes(connection: AsyncConnection, person: Person, kind: MuteKind, values: Iterable[str]) -> None:
    rows = [_key(person) | {"kind": kind, "value": value} for value in values]
    await connection.execute(delete(mutes).where(_is(mutes, person), mutes.c.kind == kind))
    if rows:
        await connection.execute(mutes.insert().values(rows))


def _key(person: Person) -> dict[str, str]:
    return {"team_id": person.team, "user_id": person.user}


def _is(table: Table, person: Person) -> ColumnElement[bool]:
    return and_(table.c.team_id == person.team, table.c.user_id == person.user)
