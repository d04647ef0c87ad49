"""Together: one phrase of each group, in any order, in a sentence, in two neighbouring ones or in the whole message."""

from collections.abc import Mapping
from typing import Any

from bot.coach.kind import Compiled, FieldSpec, Kind
from bot.coach.model import Trigger, Within
from bot.coach.phrase import Phrasebook


def _compile(fields: Mapping[str, Any], phrasebook: Phrasebook) -> Compiled:
    groups = sorted((phrasebook.compile_any(group) for group in fields["together"]), key=lambda p: p.commonness)
    return Compiled((Trigger(tuple(groups)),), within=fields.get("within") or "sentence")


KIND = Kind(
    name="together",
    about="One phrase of each group in the same sentence, in any order.",
    fields={
        "together": FieldSpec(list[list[str]], "Two to four groups of phrases; one of each group must be there."),
        "within": FieldSpec(
            Within, "sentence (if left out), neighbours (two sentences in a row) or message.", required=False
        ),
    },
    compile=_compile,
)
