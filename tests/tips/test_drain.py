"""The drain of a workspace: pace, intent, doubt, limits, failures; on simulated time."""

import random
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from bot.coach.schedule import Schedule
from bot.store.database import Database
from bot.store.deliveries import Deliveries, Delivery
from bot.store.people import Person
from bot.store.subscriptions import Subscriptions
from bot.store.turns import Turn, Turns
from bot.store.vault import UnreadableError
from bot.tips.drain import Drain, Pace
from bot.tips.letters import Letter
from bot.tips.mail import Absent, InDoubt, Limited, NotPosted, Overslept, Posted, Refused, Unknowable
from bot.tips.meters import Meters
from tests.tips.conftest import ANA, MONDAY_NINE, LetterBox, PaperClock, short_letter

SCHEDULE = Schedule(0, 540, "Europe/Berlin")
BEFORE = MONDAY_NINE - 3_600


@pytest.fixture
async def tip(subscriptions: Subscriptions, deliveries: Deliveries) -> int:
    """A tip that is planned and due."""
    tip = await subscriptions.subscribe(ANA, ANA.user, SCHEDULE, BEFORE)
    await deliveries.plan(MONDAY_NINE)
    return tip.id


async def waiting(deliveries: Deliveries, at: int = MONDAY_NINE + 10**6) -> Delivery | None:
    return next(iter(await deliveries.ready("T1", at)), None)


async def until_quiet(drain: Drain, clock: PaperClock, team: str = "T1") -> None:
    """Come again as the engine would."""
    while (again := await drain.run(team)) is not None:
        await clock.sleep(again)


async def test_a_letter_is_sent_once_and_marked(
    tip: int, drain: Drain, box: LetterBox, deliveries: Deliveries, meters: Meters
) -> None:
    assert await drain.run("T1") is None and await drain.run("T1") is None

    assert [id_ for _, _, id_ in box.taken] == [f"{tip}:{MONDAY_NINE}"]
    assert b"boundary_sent_total 1.0" in meters.page() and await waiting(deliveries) is None


async def test_another_workspace_is_left_alone(tip: int, drain: Drain, box: LetterBox) -> None:
    await drain.run("T2")

    assert box.taken == []


async def test_a_channel_has_a_second_and_a_workspace_a_fifth_between_messages(
    drain: Drain, box: LetterBox, clock: PaperClock, subscriptions: Subscriptions, deliveries: Deliveries
) -> None:
    for n in range(30):
        await subscriptions.remind(Person("T1", f"U{n % 7}"), MONDAY_NINE, "UTC", BEFORE)
    await deliveries.plan(MONDAY_NINE)

    await until_quiet(drain, clock)

    assert len(box.taken) == 30 and box.taken[0][0] >= 1
    assert all(b[0] - a[0] >= 0.199 for a, b in pairwise(box.taken))
    for channel in {channel for _, channel, _ in box.taken}:
        assert all(b - a >= 1.04 for a, b in pairwise(at for at, to, _ in box.taken if to == channel))


async def test_without_pace_the_limits_break(
    box: LetterBox,
    clock: PaperClock,
    turns: Turns,
    meters: Meters,
    subscriptions: Subscriptions,
    deliveries: Deliveries,
) -> None:
    hasty = Drain(deliveries, turns, short_letter, box, meters, clock, Pace(channel=0, workspace=0))
    for _ in range(3):
        await subscriptions.remind(ANA, MONDAY_NINE, "UTC", BEFORE)
    await deliveries.plan(MONDAY_NINE)

    await until_quiet(hasty, clock)

    assert any(b[0] - a[0] < 1 for a, b in pairwise(box.taken))


async def test_a_long_queue_makes_room_for_other_workspaces(
    drain: Drain, box: LetterBox, subscriptions: Subscriptions, deliveries: Deliveries
) -> None:
    for _ in range(40):
        await subscriptions.remind(ANA, MONDAY_NINE, "UTC", BEFORE)
    await deliveries.plan(MONDAY_NINE)

    assert await drain.run("T1") == 0 and 15 <= len(box.taken) <= 20


async def test_slacks_limit_rests_the_workspace_for_as_long_as_slack_says(
    tip: int, drain: Drain, box: LetterBox, deliveries: Deliveries
) -> None:
    box.answers = [Limited(30)]

    assert await drain.run("T1") == 30
    held = await waiting(deliveries)
    assert held and (held.attempt_at, held.tries) == (None, 0)
    await drain._clock.sleep(30)
    assert await drain.run("T1") is None and len(box.taken) == 2


async def test_after_a_crash_nothing_is_sent_before_somebody_looked(
    tip: int, drain: Drain, box: LetterBox, clock: PaperClock, deliveries: Deliveries
) -> None:
    crashed = await waiting(deliveries)
    assert crashed and await deliveries.claim(crashed, clock.now())

    await drain.run("T1")
    assert box.taken == box.looked_for == []  # somebody may still be sending it
    await clock.sleep(21)
    box.finds = Posted("D9", "7.0")
    await drain.run("T1")

    assert box.looked_for == [crashed.id] and box.taken == [] and await waiting(deliveries) is None


async def test_what_is_not_found_is_sent(
    tip: int, drain: Drain, box: LetterBox, clock: PaperClock, deliveries: Deliveries
) -> None:
    crashed = await waiting(deliveries)
    assert crashed and await deliveries.claim(crashed, clock.now() - 60)

    await drain.run("T1")

    assert len(box.taken) == 1 and await waiting(deliveries) is None


async def test_what_was_stopped_while_in_doubt_is_not_sent_again(
    tip: int, drain: Drain, box: LetterBox, clock: PaperClock, subscriptions: Subscriptions, deliveries: Deliveries
) -> None:
    crashed = await waiting(deliveries)
    assert crashed and await deliveries.claim(crashed, clock.now() - 60)
    await subscriptions.stop("T1", tip)

    await until_quiet(drain, clock)

    assert box.looked_for == [crashed.id] and box.taken == [] and await waiting(deliveries) is None


@pytest.mark.parametrize(("resends", "sent", "dead"), [(False, 0, {"in doubt": 1}), (True, 1, {})])
async def test_what_can_not_be_looked_for_is_left_or_sent_as_the_policy_says(
    tip: int,
    box: LetterBox,
    clock: PaperClock,
    turns: Turns,
    meters: Meters,
    deliveries: Deliveries,
    resends: bool,
    sent: int,
    dead: dict[str, int],
) -> None:
    crashed = await waiting(deliveries)
    assert crashed and await deliveries.claim(crashed, clock.now() - 60)
    box.finds = Unknowable()

    await Drain(deliveries, turns, short_letter, box, meters, clock, Pace(), resends_in_doubt=resends).run("T1")

    assert len(box.taken) == sent and (await deliveries.standing(clock.now())).dead == dead


async def test_a_refusal_ends_the_subscription_where_it_can_not_go_on(
    tip: int, drain: Drain, box: LetterBox, subscriptions: Subscriptions
) -> None:
    box.answers = [Refused("is_archived", ends=True)]

    await drain.run("T1")

    ended = await subscriptions.get("T1", tip)
    assert ended and (ended.ended, ended.next_due_at) == ("is_archived", None)


async def test_a_refusal_of_one_letter_lets_the_subscription_go_on(
    tip: int, drain: Drain, box: LetterBox, subscriptions: Subscriptions, deliveries: Deliveries
) -> None:
    box.answers = [Refused("invalid_blocks", ends=False)]

    await drain.run("T1")

    held = await subscriptions.get("T1", tip)
    assert held and not held.ended and held.next_due_at
    assert (await deliveries.standing(MONDAY_NINE)).dead == {"invalid_blocks": 1}


async def test_what_fails_is_put_off_further_each_time_and_given_up_after_about_a_day(
    tip: int, drain: Drain, box: LetterBox, clock: PaperClock, deliveries: Deliveries
) -> None:
    box.answers = [NotPosted("invalid_auth")] * 99
    started = clock.now()
    while await waiting(deliveries):
        await clock.sleep(await drain.run("T1") or 60)

    gaps = [b[0] - a[0] for a, b in pairwise(box.taken)]
    assert len(box.taken) == Pace().most_tries and gaps[0] < 120 and gaps[-1] > 2_000
    assert 15 * 3_600 < clock.now() - started < 36 * 3_600
    assert (await deliveries.standing(clock.now())).dead == {"invalid_auth": 1}


async def test_two_hours_without_slack_lose_nothing_and_double_nothing(
    drain: Drain, box: LetterBox, clock: PaperClock, subscriptions: Subscriptions, deliveries: Deliveries
) -> None:
    for n in range(20):
        await subscriptions.subscribe(Person("T1", f"U{n}"), f"U{n}", SCHEDULE, BEFORE)
    await deliveries.plan(MONDAY_NINE)
    box.answers = [random.Random(n).choice([InDoubt("http_503"), NotPosted("unreachable")]) for n in range(10**4)]
    box.finds = Limited(60)  # history is down too
    while clock.now() < MONDAY_NINE + 7_200:
        await clock.sleep(await drain.run("T1") or 5)
    tried = len(box.taken)
    box.answers, box.finds = [], Absent()

    while await waiting(deliveries):
        await clock.sleep(await drain.run("T1") or 5)

    after = [id_ for _, _, id_ in box.taken[tried:]]
    assert len(after) == len(set(after)) == 20 and tried < 20 * 30
    assert clock.now() < MONDAY_NINE + 7_200 + 3_700


async def test_a_frozen_process_sends_nothing_when_it_wakes_up(
    tip: int, box: LetterBox, clock: PaperClock, turns: Turns, meters: Meters, deliveries: Deliveries
) -> None:
    class Frozen(Deliveries):
        async def claim(self, *given: Any) -> Delivery | None:
            claimed = await deliveries.claim(*given)
            clock.ticks += 60  # stopped right after the intent, for longer than the lease
            return claimed

    sleepy = Frozen(deliveries._database, deliveries._due_after)

    assert await Drain(sleepy, turns, short_letter, box, meters, clock).run("T1") == 0

    assert box.taken == [] and (await waiting(deliveries)).attempt_at is None


async def test_a_process_frozen_between_its_check_and_the_write_leaves_it_to_others(
    tip: int, drain: Drain, box: LetterBox, deliveries: Deliveries
) -> None:
    box.answers = [Overslept()]

    assert await drain.run("T1") == 0

    held = await waiting(deliveries)
    assert held and (held.attempt_at, held.tries) == (None, 0)


async def test_who_takes_over_from_a_frozen_process_is_not_joined_by_it(
    tip: int, box: LetterBox, clock: PaperClock, turns: Turns, meters: Meters, deliveries: Deliveries
) -> None:
    sent_by_another = False

    async def slow_letter(delivery: Delivery, now: int) -> Letter:
        nonlocal sent_by_another
        sent_by_another = sent_by_another or bool(await deliveries.claim(delivery, now))
        clock.ticks += 60
        return Letter("Tip", [])

    await Drain(deliveries, turns, slow_letter, box, meters, clock).run("T1")

    assert sent_by_another and box.taken == []


async def test_two_drains_of_one_workspace_at_once_are_one(
    box: LetterBox,
    clock: PaperClock,
    turns: Turns,
    meters: Meters,
    subscriptions: Subscriptions,
    deliveries: Deliveries,
) -> None:
    for n in range(12):
        await subscriptions.remind(Person("T1", f"U{n}"), MONDAY_NINE, "UTC", BEFORE)
    await deliveries.plan(MONDAY_NINE)
    other = Drain(deliveries, turns, short_letter, box, meters, clock)
    told: list[float | None] = []

    async def while_the_other_tries(delivery: Delivery, now: int) -> Letter | None:
        told.append(await other.run("T1"))
        return await short_letter(delivery, now)

    assert await Drain(deliveries, turns, while_the_other_tries, box, meters, clock).run("T1") is None

    assert len(box.taken) == 12 and None not in told
    assert all(b[0] - a[0] >= 0.199 for a, b in pairwise(box.taken))


async def test_who_lost_the_turn_sends_nothing_more(
    tip: int, box: LetterBox, clock: PaperClock, turns: Turns, meters: Meters, deliveries: Deliveries
) -> None:
    async def while_another_takes_over(delivery: Delivery, now: int) -> Letter:
        assert await turns.take(Turn("T1", "another", 30), now + 31) == 0
        return Letter("Tip", [])

    assert await Drain(deliveries, turns, while_another_takes_over, box, meters, clock).run("T1") == 0

    assert box.taken == [] and (await waiting(deliveries)).attempt_at is None
    assert await turns.take(Turn("T1", "a third", 30), clock.now() + 30) > 0


async def test_a_rest_outlives_the_process(
    tip: int, drain: Drain, box: LetterBox, clock: PaperClock, turns: Turns, meters: Meters, deliveries: Deliveries
) -> None:
    box.answers = [Limited(30)]
    await drain.run("T1")

    after_a_restart = Drain(deliveries, turns, short_letter, box, meters, clock)
    wait = await after_a_restart.run("T1")

    assert wait and 29 <= wait <= 31 and len(box.taken) == 1
    await clock.sleep(wait)
    assert await after_a_restart.run("T1") is None and len(box.taken) == 2


@pytest.mark.parametrize("jump", [3_600, -3_600])
async def test_a_clock_that_jumps_doubles_nothing(
    tip: int, drain: Drain, box: LetterBox, clock: PaperClock, deliveries: Deliveries, jump: int
) -> None:
    await drain.run("T1")
    clock.wall += jump

    for _ in range(100):
        await deliveries.plan(clock.now())
        await drain.run("T1")
        await clock.sleep(60)

    assert len(box.taken) == 1


async def test_a_tip_that_waits_for_a_week_makes_room_for_the_next(
    tip: int, drain: Drain, box: LetterBox, clock: PaperClock, deliveries: Deliveries
) -> None:
    clock.wall += 8 * 86_400
    await deliveries.plan(clock.now())

    await drain.run("T1")

    assert [id_ for _, _, id_ in box.taken] == [f"{tip}:{MONDAY_NINE + 7 * 86_400}"]


@pytest.mark.parametrize(
    ("problem", "dead"), [(UnreadableError(), {"note unreadable": 1}), (ValueError("secret"), {})], ids=["key", "bug"]
)
async def test_a_letter_that_can_not_be_written_holds_up_nobody(
    tip: int,
    box: LetterBox,
    clock: PaperClock,
    turns: Turns,
    meters: Meters,
    subscriptions: Subscriptions,
    deliveries: Deliveries,
    problem: Exception,
    dead: dict[str, int],
) -> None:
    await subscriptions.remind(Person("T1", "U2"), MONDAY_NINE, "UTC", BEFORE)
    await deliveries.plan(MONDAY_NINE)

    async def write(delivery: Delivery, now: int) -> Letter:
        if delivery.kind == "tip":
            raise problem
        return Letter("Reminder", [])

    await Drain(deliveries, turns, write, box, meters, clock).run("T1")

    assert [channel for _, channel, _ in box.taken] == ["U2"]
    assert (await deliveries.standing(MONDAY_NINE)).dead == dead


async def test_nothing_to_say_is_no_failure(
    tip: int, box: LetterBox, clock: PaperClock, turns: Turns, meters: Meters, deliveries: Deliveries
) -> None:
    async def silent(delivery: Delivery, now: int) -> None:
        return None

    await Drain(deliveries, turns, silent, box, meters, clock).run("T1")

    assert await waiting(deliveries) is None and not (await deliveries.standing(MONDAY_NINE)).dead


async def test_a_store_that_is_down_is_come_back_to(box: LetterBox, clock: PaperClock, meters: Meters) -> None:
    nowhere = Database("postgresql://127.0.0.1:9/coach")

    assert (
        await Drain(Deliveries(nowhere, lambda *_: 0), Turns(nowhere), short_letter, box, meters, clock).run("T1") == 5
    )
    await nowhere.close()


async def test_told_to_stop_it_ends_after_the_letter_at_hand(
    box: LetterBox,
    clock: PaperClock,
    turns: Turns,
    meters: Meters,
    subscriptions: Subscriptions,
    deliveries: Deliveries,
) -> None:
    for n in range(5):
        await subscriptions.remind(Person("T1", f"U{n}"), MONDAY_NINE, "UTC", BEFORE)
    await deliveries.plan(MONDAY_NINE)

    async def write(delivery: Delivery, now: int) -> Letter:
        drain.stop()
        return Letter("Reminder", [])

    drain = Drain(deliveries, turns, write, box, meters, clock)

    assert await drain.run("T1") == 0 and len(box.taken) == 1


def test_an_intent_is_settled_only_after_the_longest_request() -> None:
    from bot.tips.mail import REQUEST_SECONDS

    assert Pace().settle > REQUEST_SECONDS and Pace().lease > REQUEST_SECONDS + Pace().frozen
    assert replace(Pace(), settle=3).settle == 3
