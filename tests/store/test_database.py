"""The database: migrations up and down on both, the tables they make, and no update lost."""

import asyncio

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select

from bot.store.database import Database
from bot.store.tables import METADATA, people


async def tables_of(database: Database) -> set[str]:
    async with database.begin() as connection:
        return set(await connection.run_sync(lambda c: inspect(c).get_table_names()))


async def test_every_migration_goes_up_and_down_again(database_url: str) -> None:
    database = Database(database_url)

    await database.upgrade()
    up = await tables_of(database)
    await database.downgrade("base")
    down = await tables_of(database)
    await database.upgrade()

    assert up == set(METADATA.tables) | {"alembic_version"}
    assert down == {"alembic_version"}
    assert await tables_of(database) == up
    await database.close()


async def test_the_migrations_make_the_tables_that_the_code_uses(database: Database) -> None:
    async with database.begin() as connection:
        differences = await connection.run_sync(lambda c: compare_metadata(MigrationContext.configure(c), METADATA))

    assert differences == []


async def test_a_hundred_read_then_write_transactions_lose_no_update(database: Database) -> None:
    async with database.begin() as connection:
        await connection.execute(people.insert().values(team_id="T", user_id="U", salt="s"))

    async def add_one() -> None:
        async with database.begin() as connection:
            row = select(people.c.snoozed_until).where(people.c.user_id == "U").with_for_update()
            held = (await connection.execute(row)).scalar_one()
            await connection.execute(people.update().where(people.c.user_id == "U").values(snoozed_until=held + 1))

    await asyncio.gather(*(add_one() for _ in range(100)))

    async with database.begin() as connection:
        assert (await connection.execute(select(people.c.snoozed_until))).scalar_one() == 100
