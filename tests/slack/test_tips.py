"""Taking the weekly tip: opting in from every door, changing, pausing and stopping it, for oneself and for a channel."""

import asyncio
import json
from typing import Any

import pytest

from bot.blocks import voice
from bot.blocks.subscription import loading_view
from bot.coach.schedule import Schedule
from bot.slack.desk import Desk
from bot.store.database import Database
from bot.store.people import Person
from tests.slack.conftest import Clock, Post
from tests.slack.person import SlackPerson, find_element
from tests.slack.stand_in import StandInSlack

ANA = Person("T1", "U1")
LISBON = {"U1": "Europe/Lisbon"}


def shown(held: Any) -> str:
    return json.dumps(held, ensure_ascii=False)


async def answer(ana: SlackPerson, slack: StandInSlack, text: str, channel: str = "C1") -> dict:
    await ana.command(text, channel)
    return slack.last("response")


async def window(ana: SlackPerson, slack: StandInSlack, message: dict) -> dict:
    """Press the button that opens the window; return that, filled in."""
    await ana.press(message, "tips_open")
    return slack.last("views.update")["view"]


async def opted_in(ana: SlackPerson, slack: StandInSlack, **values: str) -> dict:
    """Take the tip; return what the window says then."""
    slack.zones |= LISBON
    view = await window(ana, slack, await answer(ana, slack, "tips"))
    await ana.submit(view, values)
    return slack.last("views.update")["view"]


async def home(ana: SlackPerson, slack: StandInSlack) -> dict:
    await ana.event({"type": "app_home_opened", "tab": "home", "channel": "D1"})
    return slack.last("views.publish")["view"]


async def channel_opted_in(ana: SlackPerson, slack: StandInSlack) -> dict:
    """Take the tip in channel C1; return the announcement."""
    slack.zones |= LISBON
    await ana.command("tips here")
    view = await window(ana, slack, slack.last("chat.postEphemeral"))
    await ana.submit(view, {})
    return slack.last("chat.postMessage")


async def test_the_tip_is_taken_from_the_command(ana: SlackPerson, slack: StandInSlack, desk: Desk) -> None:
    told = await opted_in(ana, slack, day="3", time="14:30")

    held = await desk.tip_taken("T1", "U1")
    assert held and held.schedule == Schedule(3, 870, "Europe/Lisbon") and held.is_private
    assert "Thursday 26 November at 14:30 (Europe/Lisbon)" in shown(told)
    assert not slack.calls("chat.postMessage")


async def test_the_tip_is_taken_from_home_which_then_says_so(ana: SlackPerson, slack: StandInSlack) -> None:
    slack.zones |= LISBON
    before = await home(ana, slack)
    view = await window(ana, slack, before)
    await ana.submit(view, {"every": "month"})

    after = shown(slack.last("views.publish")["view"])
    assert voice.TIPS_OFF in shown(before)
    assert "the first Monday of the month at 9:00 (Europe/Lisbon)" in after and "7 December at 9:00" in after


async def test_who_asks_for_a_tip_is_offered_one_a_week(ana: SlackPerson, slack: StandInSlack) -> None:
    before = await answer(ana, slack, "tip")
    await opted_in(ana, slack)
    after = await answer(ana, slack, "tip")

    assert voice.TIPS_GET in shown(before) and voice.TIPS_GET not in shown(after)


async def test_nobody_is_written_to_unasked(ana: SlackPerson, slack: StandInSlack, clock: Clock, post: Post) -> None:
    await home(ana, slack)
    await answer(ana, slack, "tips")
    clock.move(days=30)

    assert await post.deliver() == 0 and not slack.calls("chat.postMessage")


async def test_the_timezone_comes_from_the_profile(ana: SlackPerson, slack: StandInSlack) -> None:
    slack.zones |= LISBON
    view = await window(ana, slack, await answer(ana, slack, "tips"))

    assert "Europe/Lisbon" in shown(view)


async def test_without_that_scope_the_timezone_is_searched_for_and_remembered(
    ana: SlackPerson, slack: StandInSlack, desk: Desk
) -> None:
    slack.fail("users.info", "missing_scope")
    view = await window(ana, slack, await answer(ana, slack, "tips"))
    found = await ana.search(view, "zone", "kath")
    await ana.submit(view, {"zone": found[0]})
    await answer(ana, slack, "tips stop")
    again = await window(ana, slack, await answer(ana, slack, "tips"))

    assert found == ["Asia/Kathmandu"] and '"initial_option": {"text"' not in shown(view["blocks"][3])
    assert "Asia/Kathmandu" in shown(again["blocks"][3])
    assert len(await ana.search(view, "zone", "")) > 20 and len(await ana.search(view, "zone", "a")) == 100


async def test_a_timezone_that_is_none_is_told_at_its_field(ana: SlackPerson, slack: StandInSlack, desk: Desk) -> None:
    view = await window(ana, slack, await answer(ana, slack, "tips"))
    said = await ana.submit(view, {"zone": "Mars/Olympus"})

    assert said.json() == {"response_action": "errors", "errors": {"zone": voice.TIPS_ZONE_WRONG}}
    assert await desk.tip_taken("T1", "U1") is None


async def test_a_tip_is_changed_with_what_it_was_filled_in(ana: SlackPerson, slack: StandInSlack, desk: Desk) -> None:
    await opted_in(ana, slack, day="3", time="14:30")
    view = await window(ana, slack, await answer(ana, slack, "tips"))
    await ana.submit(view, {"time": "8:05"})

    held = await desk.tip_taken("T1", "U1")
    assert held and held.schedule == Schedule(3, 485, "Europe/Lisbon")
    assert view["submit"]["text"] == voice.SAVE


async def test_a_tip_is_paused_until_a_day_and_the_pause_is_ended(
    ana: SlackPerson, slack: StandInSlack, desk: Desk
) -> None:
    await opted_in(ana, slack)
    await ana.press(await answer(ana, slack, "tips"), "tips_snooze", "2026-12-20")
    paused = slack.last("response")
    held = await desk.tip_taken("T1", "U1")
    await ana.press(paused, "tips_resume")

    assert paused["replace_original"] and "paused until 20 December 2026" in shown(paused)
    assert held and desk.local(held.next_due_at, "Europe/Lisbon").isoformat() == "2026-12-21T09:00:00+00:00"
    assert "Next: Monday 30 November at 9:00" in shown(slack.last("response"))


async def test_a_day_that_has_come_is_told(ana: SlackPerson, slack: StandInSlack) -> None:
    await opted_in(ana, slack)
    await ana.press(await answer(ana, slack, "tips"), "tips_snooze", "2026-11-25")

    assert voice.TIPS_PAST_DAY in shown(slack.last("response"))


@pytest.mark.parametrize("way", ["button", "word", "home"])
async def test_a_tip_is_stopped_and_no_more_come(
    ana: SlackPerson, slack: StandInSlack, clock: Clock, post: Post, way: str
) -> None:
    await opted_in(ana, slack)
    if way == "button":
        await ana.press(await answer(ana, slack, "tips"), "tips_stop")
    elif way == "word":
        await answer(ana, slack, "tips stop")
    else:
        await ana.press(await home(ana, slack), "tips_stop")
    clock.move(days=30)

    assert voice.TIPS_OFF in shown(await home(ana, slack))
    assert await post.deliver() == 0


async def test_stopping_asks_once_before_it_does(ana: SlackPerson, slack: StandInSlack) -> None:
    await opted_in(ana, slack)

    stop = find_element((await answer(ana, slack, "tips"))["blocks"], "tips_stop")
    assert stop["confirm"]["confirm"]["text"] == voice.TIPS_STOP_YES


async def test_a_channel_takes_the_tip_where_it_was_asked_for(
    ana: SlackPerson, ben: SlackPerson, slack: StandInSlack, desk: Desk
) -> None:
    said = await channel_opted_in(ana, slack)
    as_ben_sees = await answer(ben, slack, "tips")

    held = await desk.tip_taken("T1", "C1")
    assert held and held.person == ANA and held.channel == "C1"
    assert (
        said["channel"] == "C1"
        and "ana asked me" in said["text"]
        and "Any member can change or stop it" in said["text"]
    )
    assert "Set up by <@U1>" in shown(as_ben_sees)
    assert slack.last("chat.postEphemeral")["user"] == "U1"


async def test_any_member_stops_a_channels_tip_and_the_channel_is_told(
    ana: SlackPerson, ben: SlackPerson, slack: StandInSlack, desk: Desk
) -> None:
    said = await channel_opted_in(ana, slack)
    await ben.press(said, "tips_stop")

    assert await desk.tip_taken("T1", "C1") is None
    assert slack.last("chat.postMessage")["text"] == voice.TIPS_ENDED_HERE.format(name="ben &lt;!here&gt;")
    assert slack.last("response")["response_type"] == "ephemeral"


async def test_a_member_who_changes_a_channels_tip_does_not_become_its_owner(
    ana: SlackPerson, ben: SlackPerson, slack: StandInSlack, desk: Desk
) -> None:
    said = await channel_opted_in(ana, slack)
    await ben.submit(await window(ben, slack, said), {"day": "4"})

    held = await desk.tip_taken("T1", "C1")
    assert held and held.person == ANA and held.schedule.weekday == 4
    assert len(slack.calls("chat.postMessage")) == 1


@pytest.mark.parametrize("reason", ["not_in_channel", "channel_not_found"])
async def test_where_it_is_no_member_it_says_how_to_invite_it(
    ana: SlackPerson, slack: StandInSlack, reason: str
) -> None:
    slack.fail("chat.postEphemeral", reason)

    assert (await answer(ana, slack, "tips here"))["text"] == voice.TIPS_INVITE


async def test_a_channel_that_refuses_the_announcement_takes_no_tip(
    ana: SlackPerson, slack: StandInSlack, desk: Desk
) -> None:
    slack.zones |= LISBON
    slack.fail("chat.postMessage", "restricted_action")
    await ana.command("tips here")
    view = await window(ana, slack, slack.last("chat.postEphemeral"))
    await ana.submit(view, {})

    assert voice.TIPS_REFUSED in shown(slack.last("views.update"))
    assert await desk.tip_taken("T1", "C1") is None


async def test_slack_is_answered_before_the_channel_is_told(ana: SlackPerson, slack: StandInSlack) -> None:
    slack.zones |= LISBON
    await ana.command("tips here")
    view = await window(ana, slack, slack.last("chat.postEphemeral"))
    told = slack.hold("chat.postMessage")
    ana.answered.clear()
    submitting = asyncio.create_task(ana.submit(view, {}))
    async with asyncio.timeout(20):
        await ana.answered.wait()
    told.set()

    assert (await submitting).json()["view"] == loading_view()
    assert "Europe/Lisbon" in shown(slack.last("views.update"))


async def test_what_fails_after_slack_was_answered_is_told_in_the_window(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = await window(ana, slack, await answer(ana, slack, "tips"))
    monkeypatch.setattr(desk.subscriptions, "subscribe", _breaks)
    await ana.submit(view, {"zone": "Europe/Lisbon"})

    assert "Something went wrong on my side" in shown(slack.last("views.update"))


async def _breaks(*_: Any) -> None:
    raise RuntimeError


async def test_here_in_a_direct_message_is_to_oneself(ana: SlackPerson, slack: StandInSlack) -> None:
    said = await answer(ana, slack, "tips here", channel="D1")

    assert voice.TIPS_HERE_IS_DIRECT in shown(said) and voice.TIPS_GET in shown(said)


async def test_another_word_is_explained(ana: SlackPerson, slack: StandInSlack) -> None:
    assert (await answer(ana, slack, "tips everywhere"))["text"] == voice.TIPS_WORD_UNKNOWN


async def test_another_workspace_sees_and_changes_nothing(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, http: Any
) -> None:
    said = await channel_opted_in(ana, slack)
    stranger = SlackPerson(http, slack, user="U1", team="T2")
    await stranger.press(said, "tips_stop")

    assert await desk.tip_taken("T1", "C1")
    assert "Set up by" not in shown(await answer(stranger, slack, "tips"))


async def test_without_a_database_it_says_that_nothing_changed(
    ana: SlackPerson, slack: StandInSlack, database: Database
) -> None:
    page = await home(ana, slack)
    await database.downgrade("base")
    spoken = [await answer(ana, slack, words) for words in ("tips", "tips here", "tips stop")]
    await ana.press(page, "tips_open")

    assert {said["text"] for said in spoken} == {voice.NOT_SAVED}
    assert voice.NOT_SAVED in shown(slack.last("views.update"))


async def test_what_is_kept_of_tips_is_shown_and_forgotten(
    ana: SlackPerson, slack: StandInSlack, desk: Desk, clock: Clock, post: Post
) -> None:
    await opted_in(ana, slack)
    await channel_opted_in(ana, slack)
    await ana.command("remind ring Sam in 2 weeks")
    clock.move(days=7)
    sent = await post.deliver()
    asked = await answer(ana, slack, "forget")
    await ana.press(asked, "forget_everything")
    clock.move(days=30)

    for name in ("subscriptions", "deliveries", "tips_shown"):
        assert voice.HELD_NAMES[name].partition("{count}")[2] in asked["text"]
    assert sent == 2 and set((await desk.people.held(ANA)).values()) == {0}
    assert await post.deliver() == 0
    assert voice.TIPS_OFF in shown(slack.last("views.publish"))
