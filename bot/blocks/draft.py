"""The draft modal: a box to write in, who it goes to and where, and the review of what the box holds."""

import json

from bot.blocks import voice
from bot.blocks.carry import Form
from bot.blocks.elements import Block, actions, button, context, divider, field, modal, plain, section, select
from bot.blocks.limits import INPUT_TEXT, PLACEHOLDER_TEXT
from bot.blocks.review import review_blocks
from bot.coach.model import Draft, Review

CALLBACK = "draft"
MOST_PARTS = 4
MOST_TOLD = 30
MOST_CHARACTERS = MOST_PARTS * INPUT_TEXT


def loading_view() -> Block:
    """Return what stands in the modal while the draft is read."""
    return modal(CALLBACK, voice.CHECK_TITLE, [section(voice.READING)])


def draft_view(form: Form, review: Review | None = None, note: str = "") -> Block:
    """Return the modal with `form` filled in, and what `review` says above it."""
    draft = Draft(form.text, form.relationship, form.venue, form.profession)
    said = review_blocks(review, draft, in_modal=True, expanded=form.expanded) if review else []
    noted = [context(note)] if note else []
    blocks = [*said, *([divider()] if said else []), *noted, *_boxes(form), *_context(form)]
    submit = voice.CHECK_AGAIN if review else voice.CHECK
    return modal(CALLBACK, voice.CHECK_TITLE, blocks, submit, metadata_of(form))


def metadata_of(form: Form) -> str:
    """Return what the modal remembers of itself between clicks; never any words."""
    kept = {"turn": form.turn, "parts": len(form.parts), "expanded": form.expanded, "told": form.told[:MOST_TOLD]}
    return json.dumps(kept, separators=(",", ":"))


def parts_of(text: str) -> tuple[str, ...]:
    """Cut `text` into boxes of Slack's size, between words where that loses nothing; beyond four boxes the rest is left out."""
    parts: list[str] = []
    while text and len(parts) < MOST_PARTS:
        end = _end_of_part(text, MOST_PARTS - len(parts) - 1)
        parts.append(text[:end])
        text = text[end:]
    return tuple(parts) or ("",)


def _end_of_part(text: str, boxes_left: int) -> int:
    """Return where the next box ends: behind a space, but not so early that the rest no longer fits into `boxes_left`."""
    if len(text) <= INPUT_TEXT:
        return len(text)
    earliest = max(INPUT_TEXT // 2, min(len(text), MOST_CHARACTERS) - INPUT_TEXT * boxes_left)
    space = max(text.rfind(gap, earliest - 1, INPUT_TEXT) for gap in (" ", "\n"))
    return space + 1 if space >= 0 else INPUT_TEXT


def box_id(turn: int, index: int) -> str:
    """Return the block id of a box: a new `turn` is a new id, since Slack shows a new value only in a new input."""
    return f"draft_{turn}_{index}"


def _boxes(form: Form) -> list[Block]:
    boxes = [_box(form, index, part) for index, part in enumerate(form.parts)]
    if len(form.parts) < MOST_PARTS:
        boxes.append(actions("draft_more", button(voice.LONGER, "draft_longer")))
    return boxes


def _box(form: Form, index: int, part: str) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": "text",
        "multiline": True,
        "max_length": INPUT_TEXT,
        "placeholder": plain(voice.DRAFT_PLACEHOLDER, PLACEHOLDER_TEXT),
    }
    if part:
        element["initial_value"] = part
    label = voice.DRAFT_LABEL if len(form.parts) == 1 else voice.DRAFT_PART.format(number=index + 1)
    return field(box_id(form.turn, index), label, element, voice.DRAFT_HINT if index == 0 else "", optional=index > 0)


def _context(form: Form) -> list[Block]:
    profession: Block = {"type": "plain_text_input", "action_id": "text", "max_length": 120}
    if form.profession:
        profession["initial_value"] = form.profession[:120]
    recipient: Block = {"type": "users_select", "action_id": "chosen"}
    if form.recipient:
        recipient["initial_user"] = form.recipient
    return [
        field("relationship", voice.WHO_LABEL, select("chosen", voice.RELATIONSHIPS, form.relationship)),
        field("venue", voice.WHERE_LABEL, select("chosen", voice.VENUES, form.venue)),
        field("recipient", voice.RECIPIENT_LABEL, recipient),
        field("profession", voice.PROFESSION_LABEL, profession, voice.PROFESSION_HINT),
    ]
