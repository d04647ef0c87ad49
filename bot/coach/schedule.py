"""When somebody wants to hear: a weekday and a minute in a timezone, every week or once a month; plain values without a clock."""

from dataclasses import dataclass
from typing import Literal

Every = Literal["week", "month"]

MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True)
class Schedule:
    """A weekday (0 is Monday), a minute of that day (540 is 9:00) in an IANA timezone; monthly means the month's first such weekday."""

    weekday: int
    minute: int
    zone: str
    every: Every = "week"

    def __post_init__(self) -> None:
        if (
            self.weekday not in range(7)
            or self.minute not in range(MINUTES_A_DAY)
            or self.every not in ("week", "month")
        ):
            raise ValueError("no such weekday, minute or period")


def week_of(now: int) -> int:
    """Return the number of the week of `now` (Unix seconds) in UTC: weeks begin on Monday and are counted from 1970 on."""
    return (now // 86_400 + 3) // 7
