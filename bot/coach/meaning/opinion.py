"""What the model thinks of a draft, and how sure it must be before anything is said: all numbers of that judgement come from one file."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sight:
    """What the model sees in one window: how likely it speaks, which principle, how serious, and where in the readable text."""

    sure: float
    principle: str
    severity: int
    start: int
    end: int


@dataclass(frozen=True)
class Thresholds:
    """How sure the model must be, from data: `made_by` is the command that measured them.

    `message`, `words` and `offset` turn the model's two scores into one probability; `speak` is what is needed alone,
    `principles` add to it; below `fine` a weak rule is quieted.
    """

    made_by: str
    message: float
    words: float
    offset: float
    speak: float
    fine: float
    principles: Mapping[str, float] = field(default_factory=dict)

    def needed(self, principle: str) -> float:
        """Return how sure the model must be to speak alone about `principle`."""
        return min(self.speak + self.principles.get(principle, 0.0), 0.999)


@dataclass(frozen=True)
class Opinion:
    """What the model thinks of a whole draft: its sights, the surest first."""

    sights: tuple[Sight, ...] = ()

    @property
    def sure(self) -> float:
        return self.sights[0].sure if self.sights else 0.0

    def at(self, start: int, end: int) -> float:
        """Return how sure the model is about the windows that hold some of start..end."""
        return max((s.sure for s in self.sights if s.start < end and start < s.end), default=self.sure)
