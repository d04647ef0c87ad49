"""What a person does in Slack, through a server that we did not write: its envelopes, its signatures, its page's protocol."""

from pathlib import Path

import pytest

from bot.blocks import voice
from bot.local.page import Page, opened_page
from bot.local.tour import DRAFT, GOSSIP, GOSSIP_SLIP, SLIP
from bot.local.transcript import text_of
from bot.local.workspace import ANA, DIRECT, WITH_SAM
from bot.settings import Settings
from tests.local.conftest import over_http

FINE = "Morning! Version three of the homepage is in the folder. Comments by Thursday, please."


def box(view: dict, block_id: str) -> dict:
    return next(b["element"] for b in view["blocks"] if b.get("block_id") == block_id)


async def test_a_command_is_answered_to_its_author_only(ana: Page) -> None:
    await ana.types(WITH_SAM, f"/boundary check {DRAFT}")
    answer = await ana.sees_message(SLIP)

    assert answer["subtype"] == "ephemeral" and answer["channel"] == WITH_SAM
    assert ana.said_aloud() == []


async def test_an_empty_box_is_told_at_the_box_and_a_draft_is_reviewed_in_place(ana: Page) -> None:
    await ana.types(WITH_SAM, "/boundary")
    modal = await ana.sees_modal(voice.DRAFT_LABEL)
    await ana.submits(modal, {"draft_0_0": " "})
    errors = await ana.sees_errors()
    await ana.submits(modal, {"draft_0_0": DRAFT, "relationship": "friend"})
    reviewed = await ana.sees_modal(voice.CHECK_AGAIN)

    assert errors == {"draft_0_0": voice.EMPTY_DRAFT}
    assert SLIP in text_of({"blocks": reviewed["blocks"][:2]})
    assert box(reviewed, "relationship")["initial_option"]["value"] == "friend"


async def test_a_button_under_the_answer_opens_the_draft_to_be_edited(ana: Page) -> None:
    await ana.types(WITH_SAM, f"/boundary check {DRAFT}")
    await ana.presses(await ana.sees_message(SLIP), "draft_edit")
    modal = await ana.sees_modal(voice.CHECK_AGAIN)
    await ana.submits(modal, {"draft_0_0": FINE})

    assert box(modal, "draft_0_0")["initial_value"] == DRAFT
    await ana.sees_modal(voice.FINE)


async def test_the_wording_is_in_the_box_under_a_new_id(ana: Page) -> None:
    await ana.types(WITH_SAM, f"/boundary check {DRAFT}")
    await ana.presses(await ana.sees_message(SLIP), "wording_use")
    modal = await ana.sees_modal(voice.WORDING_USED)
    written = box(modal, "draft_1_0")["initial_value"]

    assert written.startswith("Hi Sam, the menu is nearly there. ") and SLIP not in written


async def test_a_direct_message_is_reviewed_in_its_thread(ana: Page) -> None:
    await ana.types(DIRECT, GOSSIP)
    mine = await ana.sees_message(GOSSIP, by=ANA)
    review = await ana.sees_message(GOSSIP_SLIP)

    assert review["thread_ts"] == mine["ts"]


@pytest.mark.parametrize(("where", "said"), [(WITH_SAM, "/boundary help"), (DIRECT, "help")])
async def test_help_names_the_subcommands(ana: Page, where: str, said: str) -> None:
    await ana.types(where, said)

    assert "/boundary why <principle>" in text_of(await ana.sees_message("/boundary check <draft>"))


async def test_home_opens_the_preferences_and_shows_what_was_saved(ana: Page) -> None:
    await ana.opens_home()
    await ana.presses(await ana.sees_home(voice.NO_PROFESSION), "preferences_open")
    await ana.submits(await ana.sees_modal(voice.LEAST_LABEL), {"profession": "garden designer", "least": "2"})

    assert voice.LEAST["2"] in text_of(await ana.sees_home("garden designer"))


async def test_a_line_that_did_not_help_is_not_mentioned_again(ana: Page) -> None:
    await ana.types(WITH_SAM, f"/boundary check {DRAFT}")
    answer = await ana.sees_message(SLIP)
    await ana.presses(answer, "why_open")
    await ana.sees_modal("The idea.")
    await ana.presses(answer, "unhelpful_open")
    await ana.submits(await ana.sees_modal(voice.UNHELPFUL_INTRO), {"reason": "agreed"})
    await ana.sees_modal(voice.QUIETED)
    await ana.types(WITH_SAM, f"/boundary check {DRAFT}")

    assert SLIP not in text_of(await ana.sees_message(""))


async def test_what_is_signed_with_another_secret_is_refused(program: Path, settings: Settings) -> None:
    async with over_http(program, settings, secret="another-secret") as slack, opened_page(slack.url, ANA) as page:
        await page.types(WITH_SAM, f"/boundary check {DRAFT}")

        await page.sees_traffic("HTTP 401")
