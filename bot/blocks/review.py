"""A review as blocks: one lead thought with the exact words, a reason, a question and a way out; two more behind *More*."""

from collections.abc import Sequence

from bot.blocks import voice
from bot.blocks.carry import Carry
from bot.blocks.elements import Block, actions, button, context, divider, header, section
from bot.blocks.words import escaped, quoted
from bot.coach.model import Draft, Finding, Praise, Review

MOST_PRAISE = 2


def review_blocks(review: Review, draft: Draft, in_modal: bool, expanded: bool = False, note: str = "") -> list[Block]:
    """Return what is said about `draft`; in a modal the wording goes into the box, in a message it opens the modal."""
    blocks = _said(review, draft, in_modal, expanded)
    if note:
        blocks.append(context(escaped(note)))
    return blocks


def review_text(review: Review) -> str:
    """Return the review in one line, for notifications and screen readers."""
    if review.findings:
        lead = review.findings[0]
        return f"{voice.HEADINGS[lead.severity]}: {escaped(lead.title)}"
    if review.unread is not None:
        return voice.UNREAD.format(reason=escaped(review.unread))
    return _all_clear(review) if not review.praise else escaped(review.praise[0].say, 300)


def _said(review: Review, draft: Draft, in_modal: bool, expanded: bool) -> list[Block]:
    if review.unread is not None:
        return [section(voice.UNREAD.format(reason=escaped(review.unread)))]
    if not review.findings:
        said = [section(_all_clear(review))] if review.held_back or not review.praise else []
        return [*_praised(review.praise), *said]
    lead, *more = review.findings
    blocks = [_heading(lead), *_finding(lead, draft, in_modal, 0, len(more) if not expanded else 0)]
    for index, finding in enumerate(more if expanded else [], 1):
        blocks += [divider(), *_finding(finding, draft, in_modal, index, 0)]
    later = actions("review_later", button(voice.ASK_TOMORROW, "review_later"))
    return [*blocks, *_praised(review.praise), later, context(voice.YOUR_CALL)]


def _all_clear(review: Review) -> str:
    return voice.HELD_BACK if review.held_back else voice.FINE


def _heading(finding: Finding) -> Block:
    words = f"{voice.MARKS[finding.severity]} {voice.HEADINGS[finding.severity]}"
    return header(words) if finding.severity == 3 else section(f"*{words}*")


def _finding(finding: Finding, draft: Draft, in_modal: bool, index: int, more: int) -> list[Block]:
    carried = Carry(finding.rule, finding.span.text, draft.text, draft.relationship, draft.venue).packed()
    blocks = [
        section(f"_{escaped(finding.title)}_\n{_reminded(finding)}"),
        section(f"{escaped(finding.why, 600)} _{escaped(finding.question, 300)}_"),
        section(voice.TRY.format(rewrite=quoted(finding.rewrite, 1_200))),
    ]
    if finding.policy_note:
        blocks.append(context(escaped(finding.policy_note, 600)))
    return [*blocks, actions(f"finding_{index}", *_buttons(finding, carried, in_modal, more))]


def _reminded(finding: Finding) -> str:
    """Return the reminder with the exact words in bold: where it quotes them, else before it."""
    words, reminder = quoted(finding.span.text), escaped(finding.reminder, 900)
    if f" {words}" in f" {reminder}":
        return f" {reminder}".replace(f" {words}", f" *{words}*", 1).lstrip()
    return f"*{words}*\n{reminder}"


def _buttons(finding: Finding, carried: str, in_modal: bool, more: int) -> list[Block]:
    about = f"{finding.title}: "
    buttons = [
        button(voice.USE, "wording_use", carried, style="primary", label=about + voice.USE),
        button(voice.WHY, "why_open", carried, label=about + voice.WHY),
        button(voice.NOT_HELPFUL, "unhelpful_open", carried, label=about + voice.NOT_HELPFUL),
    ]
    if not in_modal:
        buttons.insert(1, button(voice.EDIT, "draft_edit", carried))
    if more:
        buttons.append(button(voice.MORE.format(count=more), "review_more", carried))
    return buttons


def _praised(praise: Sequence[Praise]) -> list[Block]:
    return [
        section(voice.WELL_HANDLED.format(quote=quoted(p.span.text, 200), say=escaped(p.say, 400)))
        for p in praise[:MOST_PRAISE]
    ]
