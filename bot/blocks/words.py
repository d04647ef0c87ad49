"""Text on its way into Slack: escaped, so that nothing quoted notifies anybody, and cut to the place where it goes; and moments as people say them."""

from datetime import datetime

from bot.blocks import voice

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escaped(text: str, longest: int = 3_000) -> str:
    """Return `text` for mrkdwn: Slack's three signs as entities, at most `longest` characters, never cut inside an entity."""
    out: list[str] = []
    left = longest
    for index, character in enumerate(text):
        piece = _ENTITIES.get(character, character)
        rest = len(text) - index - 1
        if len(piece) > left - (1 if rest else 0):
            return "".join(out) + "…"
        out.append(piece)
        left -= len(piece)
    return "".join(out)


def unescaped(text: str) -> str:
    """Return `text` of a Slack message as its author typed it."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def cut(text: str, longest: int) -> str:
    """Return `text` in at most `longest` characters, with an ellipsis where some are gone."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def quoted(text: str, longest: int = 300) -> str:
    """Return `text` on one line in quotation marks, escaped, without marks that would change how it looks."""
    line = " ".join(text.split()).translate(str.maketrans("", "", "*_~`"))
    return f"“{escaped(line, longest)}”"


def moment_said(local: datetime) -> str:
    """Return a moment of somebody's clocks: Monday 30 November at 9:00."""
    month, minute = voice.MONTHS[local.month - 1], local.hour * 60 + local.minute
    return voice.MOMENT.format(
        day=voice.DAYS[str(local.weekday())], date=local.day, month=month, time=time_said(minute)
    )


def date_said(local: datetime) -> str:
    """Return a day: 30 November 2026."""
    return voice.DATE.format(date=local.day, month=voice.MONTHS[local.month - 1], year=local.year)


def time_said(minute: int) -> str:
    """Return a minute of the day: 9:00."""
    return f"{minute // 60}:{minute % 60:02}"
