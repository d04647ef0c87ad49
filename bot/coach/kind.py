"""What a kind of rule is: the fields it adds to a rule, how they compile, and which matches count."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.coach.model import Pattern, Rule, Trigger, Within
from bot.coach.phrase import Phrasebook
from bot.coach.text import Reading


@dataclass(frozen=True)
class Compiled:
    """The part of a rule that its kind decides."""

    triggers: tuple[Trigger, ...]
    within: Within = "sentence"
    unless_said: tuple[Pattern, ...] = ()
    settings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FieldSpec:
    """A key that a kind adds to a rule: its type, what it means, and whether it may be left out."""

    type: Any
    about: str
    required: bool = True


@dataclass(frozen=True)
class Kind:
    """A kind of rule; each file of `bot/coach/kinds` holds one as KIND. Without `counts` every match does."""

    name: str
    about: str
    fields: Mapping[str, FieldSpec]
    compile: Callable[[Mapping[str, Any], Phrasebook], Compiled]
    counts: Callable[[Rule, str, Reading], bool] | None = None


def one_trigger_each(phrases: list[str], phrasebook: Phrasebook) -> tuple[Trigger, ...]:
    """Compile `phrases` so that any of them is enough."""
    return tuple(Trigger((phrasebook.compile(phrase),)) for phrase in phrases)
