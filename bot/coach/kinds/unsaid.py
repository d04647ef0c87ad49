"""Unsaid: phrases that are fine only when something else is said in the message."""

from collections.abc import Mapping
from typing import Any

from bot.coach.kind import Compiled, FieldSpec, Kind, one_trigger_each
from bot.coach.phrase import Phrasebook


def _compile(fields: Mapping[str, Any], phrasebook: Phrasebook) -> Compiled:
    said = tuple(phrasebook.compile(phrase) for phrase in fields["unless_said"])
    return Compiled(one_trigger_each(fields["phrases"], phrasebook), unless_said=said)


KIND = Kind(
    name="unsaid",
    about="A phrase, with nothing in the whole message that makes it fine.",
    fields={
        "phrases": FieldSpec(list[str], "Phrases; each is enough."),
        "unless_said": FieldSpec(list[str], "Phrases; any of them, anywhere in the message, makes it fine."),
    },
    compile=_compile,
)
