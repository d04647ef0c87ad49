"""The modal behind *Not helpful*: four reasons, each quiets one rule in one context for one person."""

from bot.blocks import voice
from bot.blocks.carry import Carry
from bot.blocks.elements import Block, field, modal, options, section
from bot.blocks.words import quoted

CALLBACK = "unhelpful"


def unhelpful_view(carry: Carry) -> Block:
    """Return the modal for the finding that `carry` names."""
    slim = Carry(carry.rule, carry.words, "", carry.relationship, carry.venue).packed()
    radio = {"type": "radio_buttons", "action_id": "chosen", "options": options(voice.REASONS)}
    return modal(
        CALLBACK,
        voice.UNHELPFUL_TITLE,
        [
            section(f"{quoted(carry.words)}\n{voice.UNHELPFUL_INTRO}"),
            field("reason", voice.UNHELPFUL_LABEL, radio, optional=False),
        ],
        voice.UNHELPFUL_SUBMIT,
        slim,  # the words stay in Slack's own view; a button's worth of them fits by construction
    )
