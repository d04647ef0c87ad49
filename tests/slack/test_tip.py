"""The tip as it arrives and as it is asked for: answered, opened, swapped; what is pressed counts for the next one."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from bot.blocks import voice
from bot.blocks.words import quoted
from bot.coach.model import Pair
from bot.coach.schedule import Schedule
from bot.slack.desk import Desk
from bot.store.database import Database
from bot.store.people import Person
from bot.store.tables import tips_shown
from tests.slack.conftest import Clock, Post
from tests.slack.person import SlackPerson, find_element
from tests.slack.stand_in import StandInSlack

ANA = Person("T1", "U1")
WEEKLY = Schedule(0, 540, "Europe/Lisbon")


def shown(held: Any) -> str:
    return json.dumps(held, ensure_ascii=False)


async def delivered(
    slack: StandInSlack, desk: Desk, clock: Clock, post: Post, place: str = "U1", weeks: int = 1
) -> dict:
    """Let `place` take the tip for some weeks; return the last one."""
    await desk.subscriptions.subscribe(ANA, place, WEEKLY, desk.now)
    for _ in range(weeks):
        clock.move(days=7)
        assert await post.deliver() == 1
    return slack.last("chat.postMessage")


async def reactions(database: Database) -> dict[str, str]:
    async with database.begin() as connection:
        rows = await connection.execute(select(tips_shown.c.tip_id, tips_shown.c.reaction))
        return {row.tip_id: row.reaction for row in rows}


async def test_a_tip_arrives_in_a_direct_message_in_the_persons_profession(
    slack: StandInSlack, desk: Desk, clock: Clock, post: Post
) -> None:
    principle = next(p for p in desk.playbooks.principles if p.tips and p.tips[0].professions)
    profession, pair = next(iter(principle.tips[0].professions.items()))
    await desk.people.change(ANA, profession=profession)
    await desk.people.mute(ANA, "principle", [p.id for p in desk.playbooks.principles if p != principle])
    tip = await delivered(slack, desk, clock, post)

    assert pair != Pair(principle.tips[0].before, principle.tips[0].after) and quoted(pair.before) in shown(tip)
    assert tip["channel"] == "U1" and tip["text"].startswith(voice.TIP_TITLE)
    for action in ("tip_tried", "tip_later", "tip_another", "tips_open", "tips_snooze", "tips_stop"):
        assert find_element(tip["blocks"], action)
    assert all(words in shown(tip) for words in ("Before:", "After:", "Plan:", "Two minutes:"))


@pytest.mark.parametrize(
    ("action", "reaction", "said"),
    [("tip_tried", "tried", voice.TIP_TRIED_SAID), ("tip_later", "later", voice.TIP_LATER_SAID)],
)
async def test_an_answer_is_noted_and_takes_the_place_of_the_buttons(
    ana: SlackPerson,
    slack: StandInSlack,
    desk: Desk,
    clock: Clock,
    post: Post,
    database: Database,
    action: str,
    reaction: str,
    said: str,
) -> None:
    tip = await delivered(slack, desk, clock, post)
    await ana.press(tip, action)

    after = slack.last("response")
    assert after["replace_original"] and said in shown(after) and "tip_tried" not in shown(after)
    assert "Two minutes:" in shown(after) and "tips_stop" in shown(after)
    assert list((await reactions(database)).values()) == [reaction]
    assert (await desk.tip_taken("T1", "U1")).ignored == 0


async def test_another_tip_takes_its_place_and_both_count_as_seen(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, clock: Clock, post: Post, database: Database
) -> None:
    tip = await delivered(slack, desk, clock, post)
    before = await desk.tip_taken("T1", "U1")
    first = find_element(tip["blocks"], "tip_another")["value"]
    await ana.press(tip, "tip_another")
    second = find_element(slack.last("response")["blocks"], "tip_tried")["value"]
    after = await desk.tip_taken("T1", "U1")
    clock.move(days=7)
    await post.deliver()
    third = find_element(slack.last("chat.postMessage")["blocks"], "tip_tried")["value"]

    assert slack.last("response")["replace_original"] and len({first, second, third}) == 3
    assert (await reactions(database))[first] == "another" and second in await reactions(database)
    assert before.next_due_at == after.next_due_at


async def test_every_fourth_comes_as_a_question_with_its_answer_behind_a_button(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, clock: Clock, post: Post, database: Database
) -> None:
    tip = await delivered(slack, desk, clock, post, weeks=4)
    await ana.press(tip, "tip_answer")

    after = slack.last("response")
    assert "Two minutes:" not in shown(tip) and "Two minutes:" in shown(after)
    assert after["replace_original"] and find_element(after["blocks"], "tip_tried") and "tip_answer" not in shown(after)
    assert "opened" in (await reactions(database)).values()
    assert (await desk.tip_taken("T1", "U1")).ignored == 0


async def test_after_three_unanswered_it_asks_how_often_and_takes_the_answer(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, clock: Clock, post: Post
) -> None:
    tip = await delivered(slack, desk, clock, post, weeks=4)
    asked = [voice.TIP_HOW_OFTEN["week"] in shown(call) for call in slack.calls("chat.postMessage")]
    await ana.press(tip, "tips_monthly")

    held = await desk.tip_taken("T1", "U1")
    assert asked == [False, False, False, True]
    assert held.schedule.every == "month" and held.ignored == 0
    assert "the first Monday of the month" in shown(slack.last("response"))


async def test_who_keeps_it_weekly_is_not_asked_again_next_week(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, clock: Clock, post: Post
) -> None:
    tip = await delivered(slack, desk, clock, post, weeks=4)
    await ana.press(tip, "tips_keep")
    clock.move(days=7)
    await post.deliver()

    assert voice.TIP_HOW_OFTEN["week"] not in shown(slack.last("chat.postMessage"))
    assert len(slack.calls("chat.postMessage")) == 5


async def test_who_takes_it_monthly_is_asked_whether_to_stop(
    slack: StandInSlack, desk: Desk, clock: Clock, post: Post
) -> None:
    await desk.subscriptions.subscribe(ANA, "U1", Schedule(0, 540, "Europe/Lisbon", "month"), desk.now)
    for _ in range(4):
        clock.move(days=31)
        await post.deliver()

    asked = shown(slack.last("chat.postMessage"))
    assert voice.TIP_HOW_OFTEN["month"] in asked and "tips_keep" in asked and "tips_monthly" not in asked


async def test_on_the_tip_itself_it_is_paused_and_stopped_and_the_tip_stays(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, clock: Clock, post: Post
) -> None:
    tip = await delivered(slack, desk, clock, post)
    await ana.press(tip, "tips_snooze", "2027-01-10")
    paused = slack.last("response")
    await ana.press(tip, "tips_stop")

    assert not paused["replace_original"] and paused["response_type"] == "ephemeral"
    assert "paused until 10 January 2027" in shown(paused)
    assert voice.TIPS_STOPPED in shown(slack.last("response")) and await desk.tip_taken("T1", "U1") is None


async def test_in_a_channel_an_answer_is_for_whoever_pressed(
    ana: SlackPerson, ben: SlackPerson, slack: StandInSlack, desk: Desk, clock: Clock, post: Post, database: Database
) -> None:
    tip = await delivered(slack, desk, clock, post, place="C1")
    for action in ("tip_another", "tip_tried"):
        await ben.press(tip, action)

    answers = slack.calls("response")
    assert {(a["response_type"], a["replace_original"]) for a in answers} == {("ephemeral", False)}
    assert voice.TIP_OF_CHANNEL in shown(tip) and "<@" not in shown(tip)
    assert "tried" in (await reactions(database)).values() and (await desk.tip_taken("T1", "C1")).ignored == 0


async def test_a_question_in_a_channel_is_opened_for_one_member_at_a_time(
    ben: SlackPerson, slack: StandInSlack, desk: Desk, clock: Clock, post: Post
) -> None:
    tip = await delivered(slack, desk, clock, post, place="C1", weeks=4)
    await ben.press(tip, "tip_answer")

    said = slack.last("response")
    assert "Two minutes:" in shown(said) and (said["response_type"], said["replace_original"]) == ("ephemeral", False)


async def test_this_weeks_tip_is_shown_at_once_and_the_schedule_goes_on(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, clock: Clock, post: Post, database: Database
) -> None:
    await desk.subscriptions.subscribe(ANA, "U1", WEEKLY, desk.now)
    before = await desk.tip_taken("T1", "U1")
    for _ in range(3):
        await ana.command("tip")
    asked = slack.last("response")
    clock.move(days=7)

    assert "Two minutes:" in shown(asked) and await desk.tip_taken("T1", "U1") == before
    assert await reactions(database) == {} and await post.deliver() == 1


async def test_asked_again_in_the_week_it_is_the_tip_that_came(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, clock: Clock, post: Post
) -> None:
    tip = await delivered(slack, desk, clock, post)
    await ana.command("tip")

    assert slack.last("response")["text"] == tip["text"]


async def test_who_takes_no_tip_may_ask_for_another_too(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.command("tip")
    first = slack.last("response")
    await ana.press(first, "tip_another")
    second = slack.last("response")
    await ana.press(second, "tip_another")

    assert len({said["text"] for said in (first, second, slack.last("response"))}) == 3
    assert second["replace_original"] and voice.TIPS_GET in shown(second)


async def test_who_muted_the_rest_is_told_that_there_is_no_other(
    ana: SlackPerson, slack: StandInSlack, desk: Desk
) -> None:
    await ana.command("tip")
    tip = slack.last("response")
    await desk.people.mute(ANA, "principle", [p.id for p in desk.playbooks.principles])
    await ana.press(tip, "tip_another")

    assert slack.last("response")["text"] == voice.TIP_NO_OTHER


async def test_a_tip_that_left_the_playbooks_is_told(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, clock: Clock, post: Post
) -> None:
    tip = await delivered(slack, desk, clock, post, weeks=4)
    find_element(tip["blocks"], "tip_answer")["value"] = "W999"
    await ana.press(tip, "tip_answer")

    assert slack.last("response")["text"] == voice.TIP_GONE


async def test_without_a_database_an_answer_is_told_kindly(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, clock: Clock, post: Post, database: Database
) -> None:
    tip = await delivered(slack, desk, clock, post)
    await database.downgrade("base")
    await ana.press(tip, "tip_tried")

    assert slack.last("response")["text"] == voice.NOT_SAVED
