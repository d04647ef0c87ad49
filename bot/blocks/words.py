"""Text on its way into Slack: escaped, so that nothing quoted notifies anybody, and cut to the place where it goes."""

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
