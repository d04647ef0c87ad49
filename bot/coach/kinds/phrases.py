"""Phrases: any of them in one sentence is a finding."""

from collections.abc import Mapping
from typing import Any

from bot.coach.kind import Compiled, FieldSpec, Kind, one_trigger_each
from bot.coach.phrase import Phrasebook


def _compile(fields: Mapping[str, Any], phrasebook: Phrasebook) -> Compiled:
    return Compiled(one_trigger_each(fields["phrases"], phrasebook))


KIND = Kind(
    name="phrases",
    about="Any of the phrases in one sentence.",
    fields={"phrases": FieldSpec(list[str], "Phrases; each is enough.")},
    compile=_compile,
)
