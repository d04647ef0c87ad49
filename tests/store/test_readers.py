"""What readers saw, how they answered, and what gave them trouble; on both databases."""

import pytest

from bot.coach.model import Tip
from bot.coach.schedule import Schedule, week_of
from bot.coach.tips import Choice, Reader, Shown
from bot.store.database import Database
from bot.store.people import People, Person
from bot.store.readers import Readers
from bot.store.subscriptions import Subscriptions
from bot.store.tables import subscriptions as table
from bot.store.vault import Vault
from bot.tips.calendar import due_after

ANA, BEN, ELSEWHERE = Person("T1", "U1"), Person("T1", "U2"), Person("T2", "U1")
NOW = 1_795_600_800
WEEK = 7 * 86_400
SCHEDULE = Schedule(0, 540, "UTC")


def choice(tip_id: str) -> Choice:
    return Choice("money-ties", Tip(tip_id, "", "", "", "", "", "", "", ""))


@pytest.fixture
def readers(database: Database) -> Readers:
    return Readers(database)


@pytest.fixture
def subscriptions(database: Database) -> Subscriptions:
    return Subscriptions(database, Vault(), due_after)


async def test_somebody_new_saw_nothing(readers: Readers) -> None:
    assert await readers.reader(ANA) == Reader()


async def test_what_was_shown_is_in_order_and_twice_a_week_is_once(readers: Readers) -> None:
    for tip_id, at in (("W02", NOW + WEEK), ("W01", NOW), ("W01", NOW + 60)):
        await readers.remember_shown(ANA, choice(tip_id), at)

    assert (await readers.reader(ANA)).shown == (Shown("W01", week_of(NOW)), Shown("W02", week_of(NOW) + 1))


async def test_a_channel_has_its_own_past_and_nobodys_mutes(database: Database, readers: Readers) -> None:
    await People(database).mute(ANA, "principle", ["money-ties"])
    await readers.remember_shown(ANA, choice("W01"), NOW, "C1")

    assert await readers.reader(ANA) == Reader(frozenset({"money-ties"}))
    assert await readers.reader(BEN, "C1") == Reader(shown=(Shown("W01", week_of(NOW)),))
    assert await readers.reader(ELSEWHERE, "C1") == Reader()


async def test_trouble_is_kept_of_those_who_take_the_tip_and_of_nobody_else(
    readers: Readers, subscriptions: Subscriptions
) -> None:
    tip = await subscriptions.subscribe(ANA, ANA.user, SCHEDULE, NOW)
    for person in (ANA, BEN, ELSEWHERE):
        await readers.struggled(person, ["D Discretion", "D Discretion"], NOW)
        await readers.struggled(person, ["D Discretion", "C Interests & money"], NOW + WEEK)
    await subscriptions.stop("T1", tip.id)
    await readers.struggled(ANA, ["A Advice & roles"], NOW + WEEK)

    newest = week_of(NOW) + 1
    assert (await readers.reader(ANA)).struggles == {"D Discretion": newest, "C Interests & money": newest}
    assert not (await readers.reader(BEN)).struggles and not (await readers.reader(ELSEWHERE)).struggles


async def test_whoever_answers_is_not_ignoring_the_tip(
    database: Database, readers: Readers, subscriptions: Subscriptions
) -> None:
    tip = await subscriptions.subscribe(ANA, ANA.user, SCHEDULE, NOW)
    async with database.begin() as connection:
        await connection.execute(table.update().values(ignored=3))

    await readers.react("T2", ANA.user, "W01", "tried")
    before = await subscriptions.get("T1", tip.id)
    await readers.react("T1", ANA.user, "W01", "later")
    after = await subscriptions.get("T1", tip.id)

    assert before and after and (before.ignored, after.ignored) == (3, 0)
