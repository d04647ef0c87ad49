"""What a delivery says: the letter, as text and blocks, and which tip it carries."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.blocks import voice
from bot.blocks.reminder import reminder_blocks
from bot.blocks.tip import delivered_tip_blocks, tip_text
from bot.coach.model import Playbooks
from bot.coach.schedule import week_of
from bot.coach.tips import next_tip, pair_for
from bot.store.deliveries import Delivery
from bot.store.people import People
from bot.store.readers import Readers
from bot.store.vault import Vault

ASK_AFTER_IGNORED = 3


@dataclass(frozen=True)
class Letter:
    """A message, ready for Slack; `tip_id` and `recalled` are what the ledger remembers as shown, empty for a reminder."""

    text: str
    blocks: Sequence[dict[str, Any]]
    tip_id: str = ""
    recalled: str = ""


Write = Callable[[Delivery, int], Awaitable[Letter | None]]
"""(delivery, now) -> the letter; None where there is nothing to say, such as when everything is muted."""


class Letters:
    """Writes letters from the playbooks and from what is known of the reader: `write` is a Write."""

    def __init__(
        self,
        playbooks: Callable[[], Playbooks],
        professions_of: Callable[[str], Sequence[str]],
        people: People,
        readers: Readers,
        vault: Vault,
    ) -> None:
        self._playbooks = playbooks
        self._professions_of = professions_of
        self._people = people
        self._readers = readers
        self._vault = vault

    async def write(self, delivery: Delivery, now: int) -> Letter | None:
        """Return the next tip for the reader, or the reminder; UnreadableError where the key of its note is gone."""
        if delivery.kind == "reminder":
            note = self._vault.unseal(delivery.sealed_note) if delivery.sealed_note else ""
            return Letter(voice.REMINDER_TITLE, reminder_blocks(note))
        playbooks = self._playbooks()
        choice = next_tip(playbooks, await self._readers.reader(delivery.person, delivery.channel), week_of(now))
        if choice is None:
            return None
        held = await self._people.preferences(delivery.person, now)
        pair = pair_for(choice.tip, self._professions_of(held.profession))
        ignored = delivery.ignored
        asks_about = delivery.every if ignored > 0 and ignored % ASK_AFTER_IGNORED == 0 else None
        in_channel = delivery.channel != delivery.person.user
        return Letter(
            tip_text(choice.tip),
            delivered_tip_blocks(choice, pair, delivery.channel, in_channel, asks_about),
            choice.tip.id,
            choice.recall.id if choice.recall else "",
        )
