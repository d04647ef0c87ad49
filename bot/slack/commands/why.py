"""`/boundary why <principle>`: the idea behind a line, an example, and what it rests on."""

from difflib import get_close_matches
from typing import TYPE_CHECKING

from bot.blocks import voice
from bot.blocks.principles import principle_blocks
from bot.blocks.words import escaped

if TYPE_CHECKING:
    from bot.slack.command import Call

USAGE = "why <principle>"
ABOUT = "Explain a line: `why equal-treatment`, or a word of its name."


async def run(call: "Call") -> None:
    """Explain the principle that the words come nearest to."""
    playbooks = call.desk.playbooks
    wanted = "-".join(call.text.lower().split())
    ids = [p.id for p in playbooks.principles]
    by_title = [p.id for p in playbooks.principles if call.text and call.text.lower() in p.title.lower()]
    nearest = [i for i in ids if i == wanted] or by_title or get_close_matches(wanted, ids, 1, 0.5)
    principle = playbooks.principle(nearest[0]) if nearest else None
    if principle is None:
        await call.answer(voice.UNKNOWN_PRINCIPLE.format(word=escaped(call.text, 80).replace("`", "")))
        return
    held = await call.desk.preferences(call.person)
    await call.answer(principle.title, principle_blocks(principle, principle.id in held.principles))
