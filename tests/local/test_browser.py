"""The page of the local Slack in a real browser: what a person clicks, types and reads."""

import asyncio
from pathlib import Path

import pytest

from bot.app import local_workspace
from bot.blocks import voice
from bot.local.tour import DRAFT, GOSSIP, GOSSIP_SLIP, SLIP
from bot.settings import Settings
from tests.local.browser import missing, opened_browser


@pytest.mark.skipif(bool(missing()), reason=f"no browser to drive: {missing()} not installed")
async def test_a_draft_is_edited_in_the_modal_that_a_button_opens(
    program: Path, settings: Settings, tmp_path: Path
) -> None:
    def clicks_through(url: str) -> None:
        with opened_browser(tmp_path / "profile") as browser:
            browser.opens(url)
            browser.sends(f"/boundary check {DRAFT}")
            assert SLIP in browser.sees(".msg", voice.YOUR_CALL).text
            browser.presses(voice.EDIT)
            browser.sees(".modal", SLIP)
            browser.types(".modal .bk-plain-input", GOSSIP)
            browser.presses(voice.CHECK_AGAIN)
            assert SLIP not in browser.sees(".modal", GOSSIP_SLIP).text

    async with local_workspace(settings, program) as local:
        await asyncio.to_thread(clicks_through, local.slack.url)
