"""Numbers: phrases with a <number>, <money> or <percent> that count only above or below a bound."""

import re
from collections.abc import Mapping
from typing import Any

from bot.coach.kind import Compiled, FieldSpec, Kind, one_trigger_each
from bot.coach.model import Rule
from bot.coach.phrase import Phrasebook
from bot.coach.text import Reading

_WORTH = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
    "couple": 2,
    "k": 1000,
    "grand": 1000,
    "m": 1_000_000,
    "million": 1_000_000,
    "lakh": 100_000,
}
_SPELT = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
    )
} | {
    "eighteen": 18,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_NUMBER = re.compile(r"(\d[\d,.]*\d|\d|[a-z]+)\s?(k|m|grand|lakh|million|hundred|thousand)?\b", re.I)


def _compile(fields: Mapping[str, Any], phrasebook: Phrasebook) -> Compiled:
    settings = {bound: str(fields[bound]) for bound in ("above", "below") if fields.get(bound) is not None}
    return Compiled(one_trigger_each(fields["phrases"], phrasebook), settings=settings)


def _counts(rule: Rule, match: str, _reading: Reading) -> bool:
    above = float(rule.settings.get("above", "-inf"))
    below = float(rule.settings.get("below", "inf"))
    return any(above < value < below for value in numbers_in(match))


def numbers_in(words: str) -> list[float]:
    """Return the numbers in `words`, digits or spelt out: '1,500', '2k', 'fifty', 'two hundred'."""
    values = []
    for number, unit in _NUMBER.findall(words.lower()):
        value = _value(number)
        if value is not None:
            values.append(value * _WORTH.get(unit, 1))
    return values


def _value(number: str) -> float | None:
    if not number[0].isdigit():
        return _SPELT.get(number, _WORTH.get(number) if len(number) > 3 else None)
    whole = re.sub(r"[.,](?=\d{3}\b)", "", number).replace(",", ".")
    try:
        return float(whole)
    except ValueError:
        return None


KIND = Kind(
    name="numbers",
    about="A phrase with a <number>, <money> or <percent> beyond a bound.",
    fields={
        "phrases": FieldSpec(list[str], "Phrases; each is enough when its number counts."),
        "above": FieldSpec(float, "The number must be greater than this.", required=False),
        "below": FieldSpec(float, "The number must be smaller than this.", required=False),
    },
    compile=_compile,
    counts=_counts,
)
