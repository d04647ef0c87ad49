"""What a delivery says: the letter, as text and blocks, and which tip it carries."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.store.deliveries import Delivery


@dataclass(frozen=True)
class Letter:
    """A message, ready for Slack; `tip_id` and `recalled` are what the ledger remembers as shown, empty for a reminder."""

    text: str
    blocks: Sequence[dict[str, Any]]
    tip_id: str = ""
    recalled: str = ""


Write = Callable[[Delivery, int], Awaitable[Letter | None]]
"""(delivery, now) -> the letter; None where there is nothing to say, such as when everything is muted."""
