"""Better wordings: fills a rewrite with the names, amounts and days of the flagged sentence, and puts it in its place."""

import re
from functools import cache
from typing import Any

from bot.coach.model import Span
from bot.coach.phrase import BUILT_IN
from bot.coach.text import read

_PLACE = re.compile(r"\{(?P<what>[a-z]+)\|(?P<fallback>[^{}]*)\}")
_GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|dear|morning|afternoon|good (?:morning|afternoon|evening))[ ,]+(?P<name>[A-Z][\w'-]+)", re.I
)
_WHAT = {"amount": "money", "percent": "percent", "day": "day", "time": "time", "number": "number"}


def fallback_of(rewrite: str) -> str:
    """Return `rewrite` with each {what|fallback} as its fallback."""
    return _PLACE.sub(lambda place: place["fallback"], rewrite)


def filled(rewrite: str, sentence: str, draft: str) -> str:
    """Return `rewrite` with what it quotes of the flagged `sentence`, and the name that the `draft` greets."""

    def fact(place: re.Match[str]) -> str:
        if place["what"] == "name":
            greeted = _GREETING.search(draft)
            return greeted["name"] if greeted else place["fallback"]
        known = _WHAT.get(place["what"])
        found = _finder(known).search(sentence) if known else None
        return found.group().strip() if found else place["fallback"]

    return _PLACE.sub(fact, rewrite)


def reworded(text: str, span: Span, rewrite: str) -> str:
    """Return `text` with the sentences that hold `span` replaced by `rewrite`; the rest stays as typed."""
    sentences = [s for s in read(text).bounds if s[0] < span.end and span.start < s[1]]
    if not sentences:
        return text
    start, end = sentences[0][0], sentences[-1][1]
    held = text[start:end]
    before, after = held[: len(held) - len(held.lstrip())], held[len(held.rstrip()) :]
    return text[:start] + before + rewrite + after + text[end:]


@cache
def _finder(built_in: str) -> Any:
    import re2

    options = re2.Options()
    options.case_sensitive = False
    return re2.compile(BUILT_IN[built_in], options)
