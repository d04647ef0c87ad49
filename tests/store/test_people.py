"""What people prefer, on both databases."""

import asyncio

import pytest

from bot.coach.model import Tip
from bot.coach.preferences import DEFAULTS
from bot.coach.schedule import Schedule
from bot.coach.tips import Choice
from bot.store.database import Database, StoreDownError
from bot.store.deliveries import Deliveries
from bot.store.people import People, Person
from bot.store.readers import Readers
from bot.store.subscriptions import Subscriptions
from bot.store.vault import Vault
from bot.tips.calendar import due_after

ANA, BEN = Person("T1", "U1"), Person("T1", "U2")
ELSEWHERE = Person("T2", "U1")
NOW = 1_800_000_000
WEEK = 7 * 24 * 3600


@pytest.fixture
def people(database: Database) -> People:
    return People(database)


async def test_everybody_starts_with_the_same_preferences(people: People) -> None:
    assert await people.preferences(ANA, NOW) == DEFAULTS


async def test_a_change_leaves_the_rest_as_it_was(people: People) -> None:
    await people.change(ANA, profession="tax adviser")
    await people.change(ANA, least=2, snoozed_until=NOW + 60)

    held = await people.preferences(ANA, NOW)

    assert (held.profession, held.least, held.is_snoozed(NOW)) == ("tax adviser", 2, True)


async def test_workspaces_and_people_do_not_see_each_other(people: People) -> None:
    await people.change(ANA, profession="lawyer")
    await people.mute(ANA, "principle", ["candour-first"])

    assert await people.preferences(BEN, NOW) == DEFAULTS
    assert await people.preferences(ELSEWHERE, NOW) == DEFAULTS


async def test_muting_twice_is_muting_once(people: People) -> None:
    await people.mute(ANA, "principle", ["candour-first"])
    await people.mute(ANA, "principle", ["candour-first", "money-ties"])

    assert (await people.preferences(ANA, NOW)).principles == {"candour-first", "money-ties"}


async def test_a_set_of_mutes_replaces_those_of_its_kind_only(people: People) -> None:
    await people.mute(ANA, "person", ["U7"])
    await people.mute(ANA, "principle", ["candour-first"])

    await people.set_mutes(ANA, "principle", ["money-ties"])

    held = await people.preferences(ANA, NOW)
    assert (held.principles, held.people) == ({"money-ties"}, {"U7"})


async def test_a_small_thing_is_told_again_after_a_week(people: People) -> None:
    await people.remember_told(ANA, "hours-and-channels", NOW)

    soon, later = await people.preferences(ANA, NOW + WEEK - 1), await people.preferences(ANA, NOW + WEEK)

    assert soon.told_this_week == {"hours-and-channels"} and not later.told_this_week


async def test_a_snooze_and_a_muted_recipient_leave_only_what_is_serious(people: People) -> None:
    await people.change(ANA, snoozed_until=NOW + 60)
    await people.mute(ANA, "person", ["U7"])

    held = await people.preferences(ANA, NOW)

    assert held.quiet(NOW).least == 3
    assert held.quiet(NOW + 60).least == 1
    assert held.quiet(NOW + 60, recipient="U7").least == 3


async def test_the_salt_is_made_once(people: People) -> None:
    salts = await asyncio.gather(*(people.salt(ANA) for _ in range(8)))

    assert len(set(salts)) == 1 and len(salts[0]) == 32


async def test_forgetting_leaves_nothing_of_a_person_and_all_of_the_others(database: Database, people: People) -> None:
    subscriptions, readers = Subscriptions(database, Vault(), due_after), Readers(database)
    for person in (ANA, BEN):
        await people.change(person, profession="lawyer")
        await people.mute(person, "mark", ["abc"])
        await people.remember_told(person, "money-ties", NOW)
        await subscriptions.subscribe(person, person.user, Schedule(0, 540, "UTC"), NOW)
        await readers.struggled(person, ["D Discretion"], NOW)
        await readers.remember_shown(person, Choice("p", Tip("W01", "", "", "", "", "", "", "", "")), NOW)
    await Deliveries(database, due_after).plan(NOW + WEEK)

    await people.forget(ANA)

    assert set((await people.held(ANA)).values()) == {0}
    assert set((await people.held(BEN)).values()) == {1}


async def test_a_database_that_is_down_is_one_kind_of_error() -> None:
    down = People(Database("postgresql://127.0.0.1:9/coach"))

    with pytest.raises(StoreDownError):
        await down.preferences(ANA, NOW)
