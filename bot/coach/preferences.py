"""How one person wants to be coached: their profession, how much they hear, what they muted, and until when they want quiet."""

from dataclasses import dataclass

from bot.coach.model import Severity
from bot.coach.quiet import Quiet


@dataclass(frozen=True)
class Preferences:
    """How one person wants to be coached; the values here are what everybody starts with."""

    profession: str = ""
    least: Severity = 1
    snoozed_until: int = 0
    principles: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    told_this_week: frozenset[str] = frozenset()
    salt: str = ""

    def is_snoozed(self, now: int) -> bool:
        """Tell whether the person asked for silence beyond `now`, in Unix seconds."""
        return now < self.snoozed_until

    def quiet(self, now: int, recipient: str = "") -> Quiet:
        """Return what is not said at `now`; a snooze and a muted recipient leave only severity 3."""
        least: Severity = 3 if self.is_snoozed(now) or (recipient and recipient in self.people) else self.least
        return Quiet(least, self.principles, self.marks, self.told_this_week, self.salt)


DEFAULTS = Preferences()
