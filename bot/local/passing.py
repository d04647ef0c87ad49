"""How time passes in the local workspace: by itself, or at once to whatever is due next."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.local.server import LocalSlack

MoveOn = Callable[[], Awaitable[int | None]]
"""Move time on to the next tip or reminder, which is then delivered; return that instant, None where none waits."""


@dataclass(frozen=True)
class LocalWorkspace:
    """The local Slack with the app at work in it, and its clock."""

    slack: LocalSlack
    move_on: MoveOn
    utc_now: Callable[[], datetime]
