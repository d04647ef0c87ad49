"""The weekly tip as blocks."""

from bot.blocks import voice
from bot.blocks.elements import Block, actions, button, context, section
from bot.blocks.words import escaped, quoted
from bot.coach.model import Pair, Tip
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


def delivered_tip_blocks(choice: Choice, pair: Pair, asks_how_often: bool) -> list[Block]:
    """Return a tip as it arrives by itself: every fourth as a question with the answer behind a button.

    `asks_how_often` adds the question whether to go on like this, after three that nobody answered.
    """
    if choice.asks_first:
        blocks = [
            section(voice.TIP_ASKS.format(question=escaped(choice.tip.question, 600))),
            actions("tip_answer", button(voice.TIP_ANSWER, "tip_answer", choice.tip.id)),
        ]
    else:
        blocks = tip_blocks(choice.tip, pair)
    if choice.recall:
        recall = choice.recall
        asked = voice.TIP_RECALL.format(title=escaped(recall.title, 300), question=escaped(recall.question, 600))
        blocks.append(context(asked))
    if asks_how_often:
        blocks.append(section(voice.TIP_HOW_OFTEN))
    return blocks


def reminder_blocks(note: str) -> list[Block]:
    """Return a reminder, with the words that the person left for themselves, or without any."""
    return [section(voice.REMINDER.format(note=quoted(note, 2_000)) if note else voice.REMINDER_BARE)]
