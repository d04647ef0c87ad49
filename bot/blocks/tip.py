"""The weekly tip as blocks."""

from bot.blocks import voice
from bot.blocks.elements import Block, section
from bot.blocks.words import escaped, quoted
from bot.coach.model import Pair, Tip


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
