"""The workspace of `boundary demo`: the app in the local Slack, with what that leaves out put back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import local_workspace
from bot.blocks import voice
from bot.local.page import NotSeenError, Page, opened_page
from bot.local.passing import LocalWorkspace
from bot.local.server import local_slack
from bot.local.tour import GOSSIP, GOSSIP_SLIP, SLIP, tour
from bot.local.transcript import text_of
from bot.local.workspace import ANA, DIRECT, WITH_SAM, workspace
from bot.settings import Settings


@pytest.fixture
async def local(program: Path, settings: Settings) -> AsyncIterator[LocalWorkspace]:
    async with local_workspace(settings, program) as running:
        yield running


@pytest.fixture
async def ana(local: LocalWorkspace) -> AsyncIterator[Page]:
    async with opened_page(local.slack.url, ANA) as page:
        yield page
        await page.sees_all_acknowledged()


async def test_the_tour_uses_every_door(ana: Page, local: LocalWorkspace) -> None:
    scenes = [scene async for scene in tour(ana, local.move_on)]

    assert len(scenes) == 9 and SLIP in "".join(scenes[0].came)


async def test_an_edit_that_helps_is_noticed(ana: Page) -> None:
    await ana.types(DIRECT, GOSSIP)
    mine = await ana.sees_message(GOSSIP, by=ANA)
    await ana.sees_message(GOSSIP_SLIP)
    await ana.edits(mine, "Your margins are fine.")

    assert (await ana.sees_message("Nice edit"))["thread_ts"] == mine["ts"]


async def test_a_box_that_nobody_touched_is_sent_as_it_was_shown(ana: Page) -> None:
    await ana.types(WITH_SAM, f"/boundary check {GOSSIP}")
    await ana.presses(await ana.sees_message(GOSSIP_SLIP), "draft_edit")
    modal = await ana.sees_modal(voice.CHECK_AGAIN)
    await ana.submits({"blocks": [block | {"type": "section"} for block in modal["blocks"]]})

    again = await ana.sees_modal(voice.CHECK_AGAIN)
    assert [b["element"]["initial_value"] for b in again["blocks"] if b.get("block_id") == "draft_0_0"] == [GOSSIP]


async def nothing_due() -> int | None:
    return None


async def test_a_note_comes_back_when_its_time_has_come(ana: Page, local: LocalWorkspace) -> None:
    await ana.types(WITH_SAM, "/boundary remind ring Sam about the menu in 2 days")
    await ana.sees_message("I'll remind you on")
    due = await local.move_on()
    reminder = await ana.sees_message(voice.REMINDER.partition("{")[0])

    assert due and reminder["channel"] == DIRECT and "ring Sam about the menu" in str(reminder["blocks"])
    assert await local.move_on() is None


async def test_a_channel_takes_the_tip_and_hears_who_asked(ana: Page, local: LocalWorkspace) -> None:
    await ana.types(WITH_SAM, "/boundary tips here")
    await ana.presses(await ana.sees_message(voice.TIPS_GET_HERE), "tips_open")
    await ana.submits(await ana.sees_modal(voice.TIPS_TO_CHANNEL))
    announced = await ana.sees_message("Any member can change or stop it here.")
    await local.move_on()
    tip = await ana.sees_message(voice.TIP_TRIED)

    assert announced["channel"] == tip["channel"] == WITH_SAM
    assert voice.TIP_OF_CHANNEL in text_of(tip)


async def test_a_tour_without_an_app_stops_at_the_first_thing_that_does_not_come(program: Path) -> None:
    async with local_slack(program, workspace()) as slack, opened_page(slack.url, ANA, patience=0.2) as page:
        with pytest.raises(NotSeenError, match=f"a message with “{SLIP}” did not come"):
            _ = [scene async for scene in tour(page, nothing_due)]
