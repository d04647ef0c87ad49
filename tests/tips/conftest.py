"""A workspace on paper: a ledger in SQLite, a clock that only moves when somebody waits, and a letter box instead of Slack."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.deliveries import Deliveries, Delivery
from bot.store.people import Person
from bot.store.subscriptions import Subscriptions
from bot.store.vault import Vault
from bot.tips.calendar import due_after
from bot.tips.drain import Drain, Pace
from bot.tips.letters import Letter
from bot.tips.mail import Absent, Found, Outcome, Posted
from bot.tips.meters import Meters

ANA = Person("T1", "U1")
MONDAY_NINE = 1_796_025_600  # 2026-11-30 09:00 in Berlin


@dataclass
class PaperClock:
    """Time that moves when somebody sleeps, or is told to."""

    wall: int = MONDAY_NINE
    ticks: float = 0.0

    def now(self) -> int:
        return int(self.wall + self.ticks)

    def steady(self) -> float:
        return self.ticks

    async def sleep(self, seconds: float) -> None:
        self.ticks += seconds
        await asyncio.sleep(0)


@dataclass
class LetterBox:
    """Takes letters, and answers what it is told to; keeps what it took, and when."""

    clock: PaperClock
    answers: list[Outcome] = field(default_factory=list)
    finds: Found = field(default_factory=Absent)
    taken: list[tuple[float, str, str]] = field(default_factory=list)
    looked_for: list[str] = field(default_factory=list)

    async def post(self, delivery: Delivery, letter: Letter) -> Outcome:
        self.taken.append((self.clock.steady(), delivery.channel, delivery.id))
        return self.answers.pop(0) if self.answers else Posted("D9", f"{len(self.taken)}.0")

    async def find(self, delivery: Delivery) -> Found:
        self.looked_for.append(delivery.id)
        return self.finds


async def short_letter(delivery: Delivery, now: int) -> Letter | None:
    return Letter("Tip", [], "W01")


@pytest.fixture
def clock() -> PaperClock:
    return PaperClock()


@pytest.fixture
def box(clock: PaperClock) -> LetterBox:
    return LetterBox(clock)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'coach.db'}")
    await opened.upgrade()
    yield opened
    await opened.close()


@pytest.fixture
def deliveries(database: Database) -> Deliveries:
    return Deliveries(database, due_after)


@pytest.fixture
def subscriptions(database: Database) -> Subscriptions:
    return Subscriptions(database, Vault(), due_after)


@pytest.fixture
def meters() -> Meters:
    return Meters()


@pytest.fixture
def drain(deliveries: Deliveries, box: LetterBox, meters: Meters, clock: PaperClock) -> Drain:
    return Drain(deliveries, short_letter, box, meters, clock, Pace())
