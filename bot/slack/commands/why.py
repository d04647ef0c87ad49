"""`/boundary why <principle>`: the idea behind a line, an example, and what it rests on."""

from difflib import get_close_matches
from typing import TYPE_CHECKING

from bot.blocks import voice
from bot.blocks.principles import principle_blocks
from bot.blocks.words import escaped
from bot.coach.model import Playbooks, Principle

if TYPE_CHECKING:
    from bot.slack.command import Call
    from bot.slack.desk import Desk

USAGE = "why <principle>"
ABOUT = "Explain a line: `why equal-treatment`, or a word of its name."

NEAR = 0.55


def takes(words: str, desk: "Desk") -> bool:
    """Say whether `words` come near a principle, or "why" began a draft ("why don't we keep it between us")."""
    return nearest_principle(words, desk.playbooks) is not None


def nearest_principle(words: str, playbooks: Playbooks) -> Principle | None:
    """Return the principle whose id or title `words` come nearest to."""
    wanted = "-".join(words.lower().replace("-", " ").strip(" ?.`").split())
    ids = {p.id: "-".join(p.title.lower().replace(",", "").split()) for p in playbooks.principles}
    named = [i for i, title in ids.items() if wanted and (f"-{wanted}-" in f"-{i}-" or f"-{wanted}-" in f"-{title}-")]
    nearest = named or get_close_matches(wanted, list(ids), 1, NEAR)
    return playbooks.principle(nearest[0]) if nearest else None


async def run(call: "Call") -> None:
    """Explain the principle that the words come nearest to."""
    principle = nearest_principle(call.text, call.desk.playbooks)
    if principle is None:
        await call.answer(voice.UNKNOWN_PRINCIPLE.format(word=escaped(call.text, 80).replace("`", "")))
        return
    held = await call.desk.preferences(call.person)
    await call.answer(principle.title, principle_blocks(principle, principle.id in held.principles))
