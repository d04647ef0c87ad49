"""`make screenshots`: the pictures of README, taken from the local Slack's page in Chromium."""

import asyncio
import os
import platform
import sys
import tempfile
from pathlib import Path

from bot.app import local_workspace
from bot.blocks import voice
from bot.local.obtain import fetch, held, package_for
from bot.local.tour import DRAFT, SLIP
from bot.settings import from_environment
from tests.local.browser import Browser, missing, opened_browser

FOLDER = Path(__file__).parent / "screenshots"
SHORT_DRAFT = "As it's you: half price, just don't mention it."


def take(url: str) -> None:
    """Take both pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="chromium-") as profile, opened_browser(Path(profile)) as browser:
        browser.opens(url)
        _review_in_a_channel(browser)
        _modal(browser)


def _review_in_a_channel(browser: Browser) -> None:
    browser.has_size(1000, 500)
    browser.sends(f"/boundary check {DRAFT}")
    browser.sees(".msg", voice.YOUR_CALL)
    browser.shoots(FOLDER / "review.png")


def _modal(browser: Browser) -> None:
    browser.has_size(1000, 760)
    browser.sends("/boundary")
    browser.types(".modal .bk-plain-input", SHORT_DRAFT)
    browser.presses(voice.CHECK)
    browser.sees(".modal", SLIP)
    browser.shoots(FOLDER / "modal.png")


async def main() -> None:
    """Run the app in the local Slack and take the pictures."""
    if lacking := missing():
        sys.exit(
            f"not installed: {lacking}; on Debian: apt-get install chromium chromium-driver fonts-noto-color-emoji"
        )
    settings, package = from_environment(os.environ), package_for(platform.system(), platform.machine())
    assert settings.cache is not None
    program = held(settings.cache, package) or fetch(settings.cache, package)
    async with local_workspace(settings, program) as local:
        await asyncio.to_thread(take, local.slack.url)


if __name__ == "__main__":
    asyncio.run(main())
