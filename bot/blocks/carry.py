"""What a button or a modal carries from one click to the next: in Slack's own payloads, so that we keep nothing."""

import json
from dataclasses import asdict, dataclass
from itertools import pairwise

from bot.blocks.limits import BUTTON_VALUE, INPUT_TEXT


@dataclass(frozen=True)
class Carry:
    """A finding and its draft on the way from a message to a modal; without the text where it is too long for a button."""

    rule: str = ""
    words: str = ""
    text: str = ""
    relationship: str = "unknown"
    venue: str = "unknown"

    def packed(self) -> str:
        """Return the value of a button."""
        value = json.dumps({k: v for k, v in asdict(self).items() if v}, ensure_ascii=False, separators=(",", ":"))
        if len(value) <= BUTTON_VALUE:
            return value
        return Carry(self.rule, self.words[:240], "", self.relationship, self.venue).packed()


def unpacked(value: str) -> Carry:
    """Return what a button of ours carried; an empty one where the value is not of our making."""
    try:
        held = json.loads(value)
        return Carry(**{str(k): str(v) for k, v in held.items()})
    except (ValueError, TypeError, AttributeError):
        return Carry()


@dataclass(frozen=True)
class Form:
    """The draft modal as it stands: the parts of the draft and its context; `turn` counts how often we wrote into the box."""

    parts: tuple[str, ...] = ("",)
    relationship: str = "unknown"
    venue: str = "unknown"
    recipient: str = ""
    profession: str = ""
    turn: int = 0
    expanded: bool = False
    told: tuple[str, ...] = ()  # principles that this modal spoke of, so that checking again does not use them up

    @property
    def text(self) -> str:
        """The whole draft; Slack may take the space at the end of a box away, and people write each box as a paragraph."""
        text = self.parts[0]
        for before, part in pairwise(self.parts):
            is_joint = part and before and len(before) < INPUT_TEXT and not (before[-1].isspace() or part[0].isspace())
            text += f"\n{part}" if is_joint else part
        return text
