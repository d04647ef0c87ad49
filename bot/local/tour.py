"""The tour of the app in the local Slack: a person's deeds and what must come of each, one scene after another."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from bot.blocks import voice
from bot.local.page import Json, NotSeenError, Page
from bot.local.passing import MoveOn
from bot.local.transcript import lines_of, text_of
from bot.local.workspace import APP_NAME, DIRECT, WITH_SAM

DRAFT = "Hi Sam, the menu is nearly there. As it's you, I'll do it for half price, just don't mention it to the others."
SLIP = "half price"
GOSSIP = "Your margins are fine. I shouldn't really say this, but the bakery on Mill Street is two months behind with the rent."
GOSSIP_SLIP = "shouldn't really say this"
PERSON = "Ana"


@dataclass(frozen=True)
class Scene:
    """One thing that was done and what came of it."""

    title: str
    did: str
    came: tuple[str, ...]
    who: str = APP_NAME


async def tour(page: Page, move_on: MoveOn) -> AsyncIterator[Scene]:
    """Use every door once; raise NotSeenError at the first thing that is not as it should be."""
    answer = await _checks_in_a_channel(page)
    yield _scene("A command in #menu-with-sam", f"/boundary check {DRAFT}", answer, f"{APP_NAME}, only to {PERSON}")
    modal = await _uses_the_wording(page, answer)
    yield _scene("The better wording, in a window", f"presses [{voice.USE}]", modal)
    again = await _checks_again(page, modal)
    yield _scene("Checked once more", f"presses [{voice.CHECK_AGAIN}]", again)
    reply = await _writes_to_the_app(page)
    yield _scene("A direct message to the app", GOSSIP, reply, f"{APP_NAME}, in the thread")
    yield _scene("Home", f"opens {APP_NAME}", await _opens_home(page))
    yield _scene("The tip of the week", "/boundary tip", await _asks_for_the_tip(page), f"{APP_NAME}, only to {PERSON}")
    taken = await _takes_the_weekly_tip(page)
    yield _scene("One a week", f"/boundary tips, [{voice.TIPS_GET}], [{voice.TIPS_START}]", taken)
    tip = await _gets_it_in_time(page, move_on)
    yield _scene("Days later", "waits; here time is moved on", tip, f"{APP_NAME}, in a direct message")
    yield _scene("The tip, answered", f"presses [{voice.TIP_TRIED}]", await _tried_it(page, tip))
    await page.sees_all_acknowledged()
    _expect(not page.said_aloud(), "silence where others can see it")


async def _checks_in_a_channel(page: Page) -> Json:
    await page.types(WITH_SAM, f"/boundary check {DRAFT}")
    answer = await page.sees_message(SLIP)
    _expect(answer.get("subtype") == "ephemeral", "an answer that only its author sees")
    return answer


async def _uses_the_wording(page: Page, answer: Json) -> Json:
    await page.presses(answer, "wording_use")
    modal = await page.sees_modal(voice.WORDING_USED)
    _expect(SLIP not in text_of(modal), "a draft without the line that was reworded")
    return modal


async def _checks_again(page: Page, modal: Json) -> Json:
    await page.submits(modal)
    again = await page.sees_modal(voice.CHECK_AGAIN)
    _expect("Try:" not in text_of(again), "nothing more to say about the new wording")
    return again


async def _writes_to_the_app(page: Page) -> Json:
    await page.types(DIRECT, GOSSIP)
    mine = await page.sees_message(GOSSIP, by=page.user)
    reply = await page.sees_message(GOSSIP_SLIP)
    _expect(reply.get("thread_ts") == mine["ts"], "the review in the thread of the draft")
    return reply


async def _opens_home(page: Page) -> Json:
    await page.opens_home()
    return await page.sees_home(voice.HOME_TITLE)


async def _asks_for_the_tip(page: Page) -> Json:
    await page.types(WITH_SAM, "/boundary tip")
    return await page.sees_message("Two minutes:")


async def _takes_the_weekly_tip(page: Page) -> Json:
    await page.types(WITH_SAM, "/boundary tips")
    offer = await page.sees_message(voice.TIPS_GET)
    await page.presses(offer, "tips_open")
    await page.submits(await page.sees_modal(voice.TIPS_TO_YOU))
    return await page.sees_modal("The next tip comes on")


async def _gets_it_in_time(page: Page, move_on: MoveOn) -> Json:
    page.looks_from_now_on()
    _expect(await move_on() is not None, "a tip that is waiting for its time")
    tip = await page.sees_message(voice.TIP_TRIED)
    _expect(tip["channel"][0] == "D", "the tip in a direct message")
    return tip


async def _tried_it(page: Page, tip: Json) -> Json:
    await page.presses(tip, "tip_tried")
    return await page.sees_changed(voice.TIP_TRIED_SAID)


def _scene(title: str, did: str, shown: Json, who: str = APP_NAME) -> Scene:
    return Scene(title, did, tuple(lines_of(shown)), who)


def _expect(is_so: bool, what: str) -> None:
    if not is_so:
        raise NotSeenError(f"{what} was expected")
