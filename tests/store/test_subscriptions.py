"""Who takes the tip, where and when; reminders with sealed notes; on both databases."""

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select

from bot.coach.schedule import Schedule
from bot.store.database import Database, StoreDownError
from bot.store.people import People, Person
from bot.store.subscriptions import MOST_REMINDERS, Subscriptions, TooManyError
from bot.store.tables import subscriptions as table
from bot.store.vault import NoKeyError, Vault
from bot.tips.calendar import due_after

ANA, BEN, ELSEWHERE = Person("T1", "U1"), Person("T1", "U2"), Person("T2", "U1")
MONDAY_NINE = Schedule(0, 540, "Europe/Berlin")
THURSDAY = Schedule(3, 540, "Europe/Berlin")
NOW = 1_795_600_800  # Wednesday 2026-11-25 10:00 UTC
NEXT_MONDAY = 1_796_025_600  # 2026-11-30 09:00 in Berlin
WEEK = 7 * 86_400


@pytest.fixture
def subscriptions(database: Database) -> Subscriptions:
    return Subscriptions(database, Vault([Fernet.generate_key().decode()]), due_after)


async def test_a_tip_is_due_at_the_next_such_hour(subscriptions: Subscriptions) -> None:
    tip = await subscriptions.subscribe(ANA, ANA.user, MONDAY_NINE, NOW)

    assert (tip.next_due_at, tip.kind, tip.schedule, tip.is_private) == (NEXT_MONDAY, "tip", MONDAY_NINE, True)
    assert await subscriptions.of_person(ANA) == [tip]


async def test_a_place_has_one_tip_and_the_last_word_counts(subscriptions: Subscriptions) -> None:
    first = await subscriptions.subscribe(ANA, "C1", MONDAY_NINE, NOW)
    second = await subscriptions.subscribe(BEN, "C1", THURSDAY, NOW)

    assert first.id == second.id and await subscriptions.of_channel("T1", "C1") == second
    assert second.person == BEN and not second.is_private
    assert await subscriptions.of_person(ANA) == []


async def test_workspaces_do_not_reach_each_other(subscriptions: Subscriptions) -> None:
    tip = await subscriptions.subscribe(ANA, ANA.user, MONDAY_NINE, NOW)

    await subscriptions.stop("T2", tip.id)

    assert await subscriptions.get("T2", tip.id) is None
    assert await subscriptions.change("T2", tip.id, THURSDAY, NOW) is None
    assert await subscriptions.snooze("T2", tip.id, NOW + WEEK, NOW) is None
    assert await subscriptions.of_person(ELSEWHERE) == [] and await subscriptions.of_channel("T2", ANA.user) is None
    assert await subscriptions.get("T1", tip.id) == tip


async def test_a_change_moves_what_is_due(subscriptions: Subscriptions) -> None:
    tip = await subscriptions.subscribe(ANA, ANA.user, MONDAY_NINE, NOW)

    changed = await subscriptions.change("T1", tip.id, THURSDAY, NOW)

    assert changed and changed.next_due_at == NEXT_MONDAY - 4 * 86_400 and changed.schedule == THURSDAY


async def test_stopping_and_starting_again_in_the_same_week_gives_no_second_tip(
    database: Database, subscriptions: Subscriptions
) -> None:
    tip = await subscriptions.subscribe(ANA, ANA.user, MONDAY_NINE, NOW)
    async with database.begin() as connection:
        await connection.execute(table.update().values(last_due_at=NOW - 3600))

    await subscriptions.stop("T1", tip.id)
    again = await subscriptions.subscribe(ANA, ANA.user, THURSDAY, NOW)

    assert again.id == tip.id and again.next_due_at == NEXT_MONDAY + 3 * 86_400 and not again.ended


async def test_a_snooze_holds_back_and_a_past_one_wakes_up(subscriptions: Subscriptions) -> None:
    tip = await subscriptions.subscribe(ANA, ANA.user, MONDAY_NINE, NOW)

    held = await subscriptions.snooze("T1", tip.id, NEXT_MONDAY + 60, NOW)
    awake = await subscriptions.snooze("T1", tip.id, 0, NOW)

    assert held and (held.next_due_at, held.snoozed_until) == (NEXT_MONDAY + WEEK, NEXT_MONDAY + 60)
    assert awake and (awake.next_due_at, awake.snoozed_until) == (NEXT_MONDAY, 0)


async def test_a_stop_is_for_good_and_keeps_its_first_reason(subscriptions: Subscriptions) -> None:
    tip = await subscriptions.subscribe(ANA, ANA.user, MONDAY_NINE, NOW)

    await subscriptions.stop("T1", tip.id, "is_archived")
    await subscriptions.stop("T1", tip.id)

    ended = await subscriptions.get("T1", tip.id)
    assert ended and (ended.ended, ended.next_due_at) == ("is_archived", None)
    assert await subscriptions.change("T1", tip.id, THURSDAY, NOW) is None
    assert await subscriptions.of_person(ANA) == [] and await subscriptions.of_channel("T1", ANA.user) is None


async def test_a_reminder_keeps_its_note_sealed(database: Database, subscriptions: Subscriptions) -> None:
    reminder = await subscriptions.remind(ANA, NOW + 60, "UTC", NOW, "ring Sam")

    async with database.begin() as connection:
        kept = (await connection.execute(select(table.c.note))).scalar_one()
    assert "Sam" not in kept and subscriptions.note_of(reminder) == "ring Sam"
    assert (reminder.kind, reminder.next_due_at, reminder.channel) == ("reminder", NOW + 60, ANA.user)


async def test_a_stopped_reminder_keeps_no_note(database: Database, subscriptions: Subscriptions) -> None:
    reminder = await subscriptions.remind(ANA, NOW + 60, "UTC", NOW, "ring Sam")

    await subscriptions.stop("T1", reminder.id)

    async with database.begin() as connection:
        assert (await connection.execute(select(table.c.note))).scalar_one() == ""


async def test_without_a_key_a_note_is_refused_and_a_bare_reminder_is_not(database: Database) -> None:
    keyless = Subscriptions(database, Vault(), due_after)

    with pytest.raises(NoKeyError):
        await keyless.remind(ANA, NOW + 60, "UTC", NOW, "ring Sam")
    bare = await keyless.remind(ANA, NOW - 60, "UTC", NOW)

    assert not keyless.keeps_notes and keyless.note_of(bare) == "" and bare.next_due_at == NOW


async def test_nobody_has_more_than_fifty_reminders_waiting(subscriptions: Subscriptions) -> None:
    for _ in range(MOST_REMINDERS):
        await subscriptions.remind(ANA, NOW + 60, "UTC", NOW)

    with pytest.raises(TooManyError):
        await subscriptions.remind(ANA, NOW + 60, "UTC", NOW)
    assert await subscriptions.remind(BEN, NOW + 60, "UTC", NOW)


async def test_the_last_timezone_that_somebody_chose_is_known(subscriptions: Subscriptions) -> None:
    tip = await subscriptions.subscribe(ANA, ANA.user, MONDAY_NINE, NOW)
    await subscriptions.stop("T1", tip.id)
    await subscriptions.remind(ANA, NOW + 60, "", NOW)
    before = await subscriptions.last_zone(ANA)
    await subscriptions.remind(ANA, NOW + 60, "Asia/Kathmandu", NOW)

    assert (before, await subscriptions.last_zone(ANA)) == ("Europe/Berlin", "Asia/Kathmandu")
    assert await subscriptions.last_zone(BEN) == await subscriptions.last_zone(ELSEWHERE) == ""


async def test_what_is_due_first_in_a_workspace_is_known(subscriptions: Subscriptions) -> None:
    await subscriptions.subscribe(ANA, ANA.user, MONDAY_NINE, NOW)
    await subscriptions.remind(BEN, NOW + 60, "UTC", NOW)

    assert await subscriptions.first_due("T1") == NOW + 60
    assert await subscriptions.first_due("T2") is None


async def test_forgetting_a_person_takes_their_tips_along(database: Database, subscriptions: Subscriptions) -> None:
    people = People(database)
    await subscriptions.subscribe(ANA, ANA.user, MONDAY_NINE, NOW)
    await subscriptions.subscribe(BEN, BEN.user, MONDAY_NINE, NOW)
    await subscriptions.remind(ANA, NOW + 60, "UTC", NOW, "ring Sam")

    held = await people.held(ANA)
    await people.forget(ANA)

    assert held["subscriptions"] == 2 and await subscriptions.of_person(ANA) == []
    assert len(await subscriptions.of_person(BEN)) == 1


async def test_a_database_that_is_down_is_one_kind_of_error() -> None:
    nowhere = Database("postgresql://127.0.0.1:9/coach")

    with pytest.raises(StoreDownError):
        await Subscriptions(nowhere, Vault(), due_after).of_person(ANA)
    await nowhere.close()
