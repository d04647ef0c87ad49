"""Principles to browse: the list, the page of one, and why a line was shown."""

from bot.blocks import voice
from bot.blocks.elements import Block, actions, button, context, header, modal, plain, section, select
from bot.blocks.limits import OPTION_TEXT, PLACEHOLDER_TEXT
from bot.blocks.words import escaped, quoted
from bot.coach.model import Playbooks, Principle

MOST_CODES = 4


def principles_view(playbooks: Playbooks) -> Block:
    """Return the modal that lists all principles."""
    return modal("principles", voice.PRINCIPLES_TITLE, principles_blocks(playbooks))


def principles_blocks(playbooks: Playbooks) -> list[Block]:
    """Return all principles by name, with a menu to read one."""
    titles = "\n".join(f"• *{escaped(p.title)}*  `{p.id}`" for p in playbooks.principles)
    return [section(voice.PRINCIPLES_INTRO), section(titles), principle_menu(playbooks)]


def principle_menu(playbooks: Playbooks) -> Block:
    """Return the menu that opens a principle's page."""
    menu = select("principle_open", {p.id: p.title[:OPTION_TEXT] for p in playbooks.principles[:100]})
    menu["placeholder"] = plain(voice.PICK_PRINCIPLE, PLACEHOLDER_TEXT)
    return actions("principles", menu)


def why_view(principle: Principle, is_muted: bool, note: str = "") -> Block:
    """Return the page of `principle` as a modal."""
    return modal("why", voice.WHY_TITLE, principle_blocks(principle, is_muted, note))


def principle_blocks(principle: Principle, is_muted: bool, note: str = "") -> list[Block]:
    """Return the idea of `principle`, what it never means, an example, what it rests on, and a `note` of what was just done."""
    codes = "\n".join(
        f"• {escaped(c.what, 400)} ({escaped(c.where, 200)}, {c.date})" for c in principle.codes[:MOST_CODES]
    )
    words = voice.UNMUTE_PRINCIPLE if is_muted else voice.MUTE_PRINCIPLE
    blocks = [
        header(principle.title),
        section(voice.IDEA.format(idea=escaped(principle.idea, 1_500))),
        section(voice.NEVER_MEANS.format(never=escaped(principle.never_means, 900))),
        section(
            voice.EXAMPLE.format(before=quoted(principle.pair.before, 900), after=quoted(principle.pair.after, 900))
        ),
    ]
    if codes:
        blocks.append(section(voice.RESTS_ON.format(codes=codes)))
    mute = button(words, "principle_unmute" if is_muted else "principle_mute", principle.id)
    return [*blocks, actions("principle", mute), *([context(note)] if note else [])]
