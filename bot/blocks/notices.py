"""Short words of the app about itself: what was done, what could not be, and the question before everything is deleted."""

from bot.blocks import voice
from bot.blocks.elements import Block, actions, button, modal, section


def notice(words: str) -> list[Block]:
    """Return `words` as a message; they must be escaped already."""
    return [section(words)]


def notice_view(title: str, words: str) -> Block:
    """Return `words` as a modal; they must be escaped already."""
    return modal("notice", title, [section(words)])


def waiting_view(title: str) -> Block:
    """Return what stands in a modal until there is something to show."""
    return modal("waiting", title, [section(voice.WAITING)])


def forget_blocks(said: str) -> list[Block]:
    """Return what is held, with the button that deletes it."""
    ask = button(voice.FORGET_YES, "forget_everything", style="danger")
    return [section(f"{said} {voice.FORGET_ASK}"), actions("forget", ask)]
