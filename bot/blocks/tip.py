"""The weekly tip as blocks: asked for, delivered, as a question first, answered."""

from collections.abc import Sequence

from bot.blocks import voice
from bot.blocks.elements import Block, actions, button, context, section
from bot.blocks.subscription import block_at, controls
from bot.blocks.words import escaped, quoted
from bot.coach.model import Pair, Tip
from bot.coach.schedule import Every
from bot.coach.tips import Choice


def tip_blocks(tip: Tip, pair: Pair) -> list[Block]:
    """Return `tip` with the before and after of the reader's profession."""
    return [
        section(voice.TIP.format(title=escaped(tip.title, 300), text=escaped(tip.text, 1_200))),
        section(voice.EXAMPLE.format(before=quoted(pair.before, 900), after=quoted(pair.after, 900))),
        section(
            f"{voice.TIP_PLAN.format(plan=escaped(tip.plan, 600))}\n"
            f"{voice.TIP_PRACTICE.format(practice=escaped(tip.practice, 600))}"
        ),
    ]


def tip_text(tip: Tip) -> str:
    """Return the tip in one line, for notifications and screen readers."""
    return f"{voice.TIP_TITLE}: {escaped(tip.title, 300)}"


def asked_tip_blocks(tip: Tip, pair: Pair, place: str, takes_it: bool) -> list[Block]:
    """Return a tip that somebody asked for, with another behind a button, and the offer of one a week where they take none."""
    buttons = [button(voice.TIP_ANOTHER, "tip_another", tip.id)]
    offer = [] if takes_it else [actions(block_at("tips", place), button(voice.TIPS_GET, "tips_open"))]
    return [*tip_blocks(tip, pair), actions(block_at("tip", place), *buttons), *offer]


def delivered_tip_blocks(
    choice: Choice, pair: Pair, place: str, in_channel: bool = False, asks_about: Every | None = None
) -> list[Block]:
    """Return a tip as it arrives by itself: every fourth as a question with the answer behind a button.

    `asks_about` adds the question whether to go on as often as that, after three that nobody answered.
    """
    blocks = [_question(choice.tip, place)] if choice.asks_first else answerable_tip_blocks(choice.tip, pair, place)
    if choice.recall:
        recall = choice.recall
        asked = voice.TIP_RECALL.format(title=escaped(recall.title, 300), question=escaped(recall.question, 600))
        blocks.append(context(asked))
    if in_channel:
        blocks.append(context(voice.TIP_OF_CHANNEL))
    if asks_about:
        blocks.append(section(voice.TIP_HOW_OFTEN[asks_about]))
    return [*blocks, controls(place, in_channel=in_channel, first=_how_often(asks_about))]


def answerable_tip_blocks(tip: Tip, pair: Pair, place: str) -> list[Block]:
    """Return a tip with the buttons that answer it."""
    row = (
        button(voice.TIP_TRIED, "tip_tried", tip.id),
        button(voice.TIP_LATER, "tip_later", tip.id),
        button(voice.TIP_ANOTHER, "tip_another", tip.id),
    )
    return [*tip_blocks(tip, pair), actions(block_at("tip", place), *row)]


def answered(blocks: Sequence[Block], place: str, said: str) -> list[Block]:
    """Return a tip that was delivered as `blocks` with `said` in the place of its buttons."""
    return replaced(blocks, block_at("tip", place), [context(said)])


def opened(blocks: Sequence[Block], place: str, tip: Tip, pair: Pair) -> list[Block]:
    """Return a tip that was delivered as a question with the answer in its place."""
    return replaced(blocks, block_at("tip_question", place), answerable_tip_blocks(tip, pair, place))


def replaced(blocks: Sequence[Block], block_id: str, instead: Sequence[Block]) -> list[Block]:
    """Return `blocks` with others in the place of the one called `block_id`."""
    return [new for old in blocks for new in (instead if old.get("block_id") == block_id else [old])]


def _question(tip: Tip, place: str) -> Block:
    words = voice.TIP_ASKS.format(question=escaped(tip.question, 600))
    asked = section(words, button(voice.TIP_ANSWER, "tip_answer", tip.id))
    return asked | {"block_id": block_at("tip_question", place)}


def _how_often(asks_about: Every | None) -> list[Block]:
    keep = button(voice.TIPS_KEEP, "tips_keep")
    if asks_about == "week":
        return [button(voice.TIPS_MONTHLY, "tips_monthly"), keep]
    return [keep] if asks_about else []
