"""The ledger: planned once, claimed once, marked once, on both databases."""

import asyncio

import pytest
from sqlalchemy import func, select, update

from bot.coach.schedule import Schedule, week_of
from bot.coach.tips import Shown
from bot.store.database import Database
from bot.store.deliveries import KEEP_SECONDS, Deliveries, Delivery
from bot.store.people import People, Person
from bot.store.readers import Readers
from bot.store.subscriptions import Subscription, Subscriptions
from bot.store.tables import deliveries as ledger
from bot.store.tables import subscriptions as table
from bot.store.vault import Vault
from bot.tips.calendar import due_after

ANA, BEN = Person("T1", "U1"), Person("T2", "U2")
SCHEDULE = Schedule(0, 540, "Europe/Berlin")
NOW = 1_795_600_800
DUE = 1_796_025_600
DAY, WEEK = 86_400, 7 * 86_400


@pytest.fixture
def deliveries(database: Database) -> Deliveries:
    return Deliveries(database, due_after)


@pytest.fixture
def subscriptions(database: Database) -> Subscriptions:
    return Subscriptions(database, Vault(), due_after)


@pytest.fixture
async def tip(subscriptions: Subscriptions) -> Subscription:
    return await subscriptions.subscribe(ANA, ANA.user, SCHEDULE, NOW)


async def only(deliveries: Deliveries, now: int = DUE, team: str = "T1") -> Delivery:
    (delivery,) = await deliveries.ready(team, now)
    return delivery


async def state(database: Database) -> str:
    async with database.begin() as connection:
        return (await connection.execute(select(ledger.c.state))).scalar_one()


async def test_nothing_is_planned_before_its_time(deliveries: Deliveries, tip: Subscription) -> None:
    assert await deliveries.plan(DUE - 1) == 0 and await deliveries.workspaces(DUE - 1) == []


async def test_what_is_due_is_planned_once_and_moved_on(
    deliveries: Deliveries, subscriptions: Subscriptions, tip: Subscription
) -> None:
    assert [await deliveries.plan(DUE), await deliveries.plan(DUE)] == [1, 0]

    delivery = await only(deliveries)
    assert (delivery.id, delivery.channel, delivery.attempt_at) == (f"{tip.id}:{DUE}", ANA.user, None)
    assert (await subscriptions.get("T1", tip.id)).next_due_at == DUE + WEEK


async def test_two_planners_at_once_plan_nothing_twice(
    database: Database, deliveries: Deliveries, subscriptions: Subscriptions
) -> None:
    for n in range(60):
        await subscriptions.subscribe(Person("T1", f"U{n}"), f"U{n}", SCHEDULE, NOW)

    planned = await asyncio.gather(*(deliveries.plan(DUE, 20) for _ in range(6)))

    while more := await deliveries.plan(DUE, 20):
        planned.append(more)
    async with database.begin() as connection:
        assert (await connection.execute(select(func.count()).select_from(ledger))).scalar_one() == sum(planned) == 60


async def test_eight_days_of_downtime_give_one_tip_not_two(deliveries: Deliveries, tip: Subscription) -> None:
    back = DUE + 7 * DAY - 3600  # eight days after the last sign of life, an hour before the next Monday nine

    planned = [await deliveries.plan(now) for now in (back, back + 3600, back + 7200, DUE + 2 * WEEK)]

    assert planned == [1, 0, 0, 1]


async def test_a_planned_tip_that_was_not_sent_for_a_week_is_overtaken(
    deliveries: Deliveries, tip: Subscription
) -> None:
    await deliveries.plan(DUE)
    await deliveries.plan(DUE + WEEK)

    await deliveries.overtake("T1")

    assert (await only(deliveries, DUE + WEEK)).slot == DUE + WEEK


async def test_workspaces_with_something_to_send_are_named_once(
    deliveries: Deliveries, subscriptions: Subscriptions, tip: Subscription
) -> None:
    await subscriptions.subscribe(ANA, "C1", SCHEDULE, NOW)
    await subscriptions.subscribe(BEN, BEN.user, SCHEDULE, NOW)
    await deliveries.plan(DUE)

    assert await deliveries.workspaces(DUE) == ["T1", "T2"]
    await deliveries.not_sent(await only(deliveries, team="T2"), DUE + 60)
    assert await deliveries.workspaces(DUE) == ["T1"] and await deliveries.workspaces(DUE + 60) == ["T1", "T2"]


async def test_one_of_many_claims_gets_the_delivery(deliveries: Deliveries, tip: Subscription) -> None:
    await deliveries.plan(DUE)
    delivery = await only(deliveries)

    claims = await asyncio.gather(*(deliveries.claim(delivery, DUE + n) for n in range(8)))

    assert len([c for c in claims if c]) == 1


async def test_a_delivery_in_doubt_is_claimed_again_by_one(deliveries: Deliveries, tip: Subscription) -> None:
    await deliveries.plan(DUE)
    await deliveries.claim(await only(deliveries), DUE)
    doubtful = await only(deliveries)

    claims = await asyncio.gather(*(deliveries.claim(doubtful, DUE + 20 + n) for n in range(8)))

    assert doubtful.attempt_at == DUE and len([c for c in claims if c]) == 1


async def test_what_was_sent_is_remembered_and_done(
    database: Database, deliveries: Deliveries, subscriptions: Subscriptions, tip: Subscription
) -> None:
    await deliveries.plan(DUE)
    delivery = await only(deliveries)
    await deliveries.claim(delivery, DUE, "W01", "W02")

    done = [await deliveries.sent(delivery, DUE + 1, "D9", "1.2") for _ in range(2)]

    assert done == [True, False] and await deliveries.ready("T1", DUE + 1) == []
    assert (await subscriptions.get("T1", tip.id)).ignored == 1
    assert (await Readers(database).reader(ANA)).shown == (Shown("W01", week_of(DUE), "W02"),)
    await deliveries.plan(DUE + WEEK)
    assert (await only(deliveries, DUE + WEEK)).posted_in == "D9"


async def test_what_was_not_sent_is_tried_later_and_what_is_in_doubt_stays_so(
    deliveries: Deliveries, tip: Subscription
) -> None:
    await deliveries.plan(DUE)
    await deliveries.claim(await only(deliveries), DUE)
    await deliveries.not_sent(await only(deliveries), DUE + 30)

    later = await only(deliveries, DUE + 30)
    assert await deliveries.ready("T1", DUE + 29) == [] and (later.tries, later.attempt_at) == (1, None)

    claimed = await deliveries.claim(later, DUE + 30)
    assert claimed
    await deliveries.put_off(claimed, DUE + 60)
    assert (await only(deliveries, DUE + 60)).attempt_at == DUE + 30


async def test_a_dead_letter_has_a_reason_and_may_end_its_subscription(
    database: Database, deliveries: Deliveries, subscriptions: Subscriptions, tip: Subscription
) -> None:
    await deliveries.plan(DUE)

    await deliveries.bury(await only(deliveries), "is_archived", ends_subscription=True)

    standing, census = await deliveries.standing(DUE), await deliveries.census(DUE)
    assert await state(database) == "dead" and standing.dead == census.ended == {"is_archived": 1}
    assert (await subscriptions.get("T1", tip.id)).next_due_at is None


async def test_a_stop_and_a_snooze_withdraw_what_is_planned(
    database: Database, deliveries: Deliveries, subscriptions: Subscriptions, tip: Subscription
) -> None:
    await deliveries.plan(DUE)
    delivery = await only(deliveries)

    await subscriptions.snooze("T1", tip.id, DUE + 3 * DAY, DUE)

    assert await state(database) == "withdrawn" and not await deliveries.claim(delivery, DUE)


async def test_a_reminder_is_sent_once_and_its_note_goes(
    database: Database, deliveries: Deliveries, subscriptions: Subscriptions
) -> None:
    reminder = await subscriptions.remind(ANA, NOW + 60, "UTC", NOW)
    await deliveries.plan(NOW + 60)
    delivery = await only(deliveries, NOW + 60)
    await deliveries.claim(delivery, NOW + 60)

    await deliveries.sent(delivery, NOW + 61, "D9", "1.2")

    assert (await subscriptions.get("T1", reminder.id)).ended == "done"
    assert await deliveries.plan(NOW + WEEK) == 0
    assert (await Readers(database).reader(ANA)).shown == ()


async def test_forgetting_a_person_takes_their_deliveries_along(
    database: Database, deliveries: Deliveries, tip: Subscription
) -> None:
    await deliveries.plan(DUE)
    delivery = await only(deliveries)
    await deliveries.claim(delivery, DUE, "W01")

    await People(database).forget(ANA)

    assert not await deliveries.sent(delivery, DUE, "D9", "1.2")
    assert set((await People(database).held(ANA)).values()) == {0}


async def test_numbers_say_how_things_stand(
    deliveries: Deliveries, subscriptions: Subscriptions, tip: Subscription
) -> None:
    await subscriptions.subscribe(BEN, BEN.user, SCHEDULE, NOW)
    await deliveries.plan(DUE, 1)
    await deliveries.claim(await only(deliveries), DUE)

    standing = await deliveries.standing(DUE + 5)

    assert (standing.due, standing.open, standing.in_doubt, standing.oldest_seconds) == (1, 1, 1, 5)
    assert (await deliveries.census(DUE)).active == 2


async def test_old_deliveries_are_pruned_and_open_ones_kept(
    database: Database, deliveries: Deliveries, tip: Subscription
) -> None:
    await deliveries.plan(DUE)
    await deliveries.plan(DUE + WEEK)
    async with database.begin() as connection:
        await connection.execute(update(ledger).where(ledger.c.slot == DUE).values(state="sent"))

    pruned = [await deliveries.prune(now) for now in (DUE + KEEP_SECONDS, DUE + KEEP_SECONDS + 1, DUE + 9 * WEEK)]

    assert pruned == [0, 1, 0]


async def test_a_subscription_that_can_not_move_on_stops_no_other(
    database: Database, deliveries: Deliveries, subscriptions: Subscriptions, tip: Subscription
) -> None:
    await subscriptions.subscribe(BEN, BEN.user, SCHEDULE, NOW)
    async with database.begin() as connection:
        await connection.execute(update(table).where(table.c.id == tip.id).values(zone="Mars/Olympus"))

    assert await deliveries.plan(DUE) == 2
