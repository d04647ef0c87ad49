"""What all listeners share: the newest coach, what a person prefers, and a review that works when the database does not."""

import logging
from collections.abc import AsyncIterator, Callable, Collection, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from bot.coach.kind import Kind
from bot.coach.model import Draft, Finding, Pair, Playbooks, Review, Tip
from bot.coach.preferences import DEFAULTS, Preferences
from bot.coach.schedule import week_of
from bot.coach.tips import Reader, pair_for, this_week
from bot.library import Library
from bot.slack.recent import Recent
from bot.slack.running import SETTLE_SECONDS, Running
from bot.slack.shelf import Shelf
from bot.store.database import StoreDownError
from bot.store.events import STALE_SECONDS, Events
from bot.store.patience import Patience
from bot.store.people import People, Person
from bot.store.readers import Readers
from bot.store.subscriptions import Subscription, Subscriptions
from bot.tips.calendar import local_time

PATIENCE_SECONDS = 1.0
MOST_EVENTS = 20_000
PRUNE_EVERY = timedelta(hours=6)

T = TypeVar("T")

log = logging.getLogger(__name__)


class Desk:
    """Reviews drafts for people and remembers what they prefer; `clock` returns the time in UTC."""

    def __init__(
        self,
        library: Library,
        kinds: dict[str, Kind],
        people: People,
        events: Events,
        readers: Readers,
        subscriptions: Subscriptions,
        clock: Callable[[], datetime],
    ) -> None:
        self._shelf = Shelf(library, kinds, clock)
        self._events = events
        self._clock = clock
        self._patience = Patience(PATIENCE_SECONDS)
        self._answering = Recent(STALE_SECONDS, MOST_EVENTS, lambda: clock().timestamp())
        self._pruned_at = clock()
        self.people = people
        self.readers = readers
        self.subscriptions = subscriptions
        self.running = Running()

    @property
    def now(self) -> int:
        """The time in Unix seconds."""
        return int(self._clock().timestamp())

    @property
    def playbooks(self) -> Playbooks:
        """The newest good playbooks."""
        return self._shelf.newest().playbooks

    async def preferences(self, person: Person) -> Preferences:
        """Return what `person` prefers; what everybody starts with where the database is slow or down."""
        try:
            return await self.wait(self.people.preferences(person, self.now))
        except StoreDownError:
            log.warning("preferences not read", extra={"team": person.team, "user": person.user})
            return DEFAULTS

    async def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Return what `work` on the database returns, within patience; StoreDownError, and StoreSlowError where it may still be done."""
        return await self._patience.wait(work)

    def review(
        self, draft: Draft, held: Preferences, recipient: str = "", again: Collection[str] = frozenset()
    ) -> Review:
        """Review `draft` for somebody who prefers `held`; small things of the principles `again` may be said once more."""
        known = Draft(draft.text, draft.relationship, draft.venue, draft.profession or held.profession)
        wanted = replace(held, told_this_week=held.told_this_week - frozenset(again))
        return self._shelf.newest().coach.review(known, wanted.quiet(self.now, recipient))

    async def shown(self, person: Person, review: Review, door: str) -> None:
        """Note what was shown: ids to the log; to memory a small thing, not to be said again this week, and families, for the tip."""
        findings = [f"{f.principle}/{f.rule}/{f.severity}" for f in review.findings]
        log.info("review", extra={"team": person.team, "user": person.user, "door": door, "findings": findings})
        small = [f.principle for f in review.findings if f.severity == 1]
        principles = {f.principle for f in review.findings}
        families = [p.family for p in self.playbooks.principles if p.id in principles]
        try:
            if families:
                await self.wait(self.readers.struggled(person, families, self.now))
            for principle in small:
                await self.wait(self.people.remember_told(person, principle, self.now))
        except StoreDownError:
            log.warning("what was told is not remembered", extra={"team": person.team, "user": person.user})

    def principle_of(self, rule_id: str) -> str:
        """Return the principle that a rule belongs to; empty where there is no such rule any more."""
        return next((rule.principle for rule in self.playbooks.rules if rule.id == rule_id), "")

    def professions_of(self, described: str) -> list[str]:
        """Return the ids of the professions that a person's own words name."""
        return self._shelf.newest().coach.professions_of(described)

    async def tip(self, person: Person, held: Preferences) -> tuple[Tip, Pair] | None:
        """Return this week's tip of `person`, which is not noted as shown, with the example of their profession."""
        try:
            reader = await self.wait(self.readers.reader(person))
        except StoreDownError:
            reader = Reader(held.principles)
        choice = this_week(self.playbooks, reader, week_of(self.now))
        return (choice.tip, self.pair(choice.tip, held)) if choice else None

    def pair(self, tip: Tip, held: Preferences) -> Pair:
        """Return the before and after of `tip` in the person's profession, where it has that."""
        return pair_for(tip, self.professions_of(held.profession))

    async def tip_taken(self, team: str, place: str) -> Subscription | None:
        """Return the tip that `place` takes: a channel's id, or a person's; StoreDownError where the database is slow or down."""
        return await self.wait(self.subscriptions.of_channel(team, place))

    async def last_zone(self, person: Person) -> str:
        """Return the timezone that `person` chose last; empty where none is known. It may raise StoreDownError."""
        return await self.wait(self.subscriptions.last_zone(person))

    def local(self, instant: int, zone: str) -> datetime:
        """Return `instant` as the clocks of `zone` show it; UTC where no zone is known."""
        return local_time(instant, zone)

    def snoozed_day(self, held: Preferences) -> str:
        """Return the day until which the person wants quiet, as 2026-12-31; empty where they don't."""
        return datetime.fromtimestamp(held.snoozed_until, UTC).date().isoformat() if held.is_snoozed(self.now) else ""

    def start_of(self, day: str) -> int:
        """Return the first second of `day` (2026-12-31) in UTC; 0 for none or one that is past."""
        if not day:
            return 0
        start = int(datetime.combine(date.fromisoformat(day), time(), UTC).timestamp())
        return start if start > self.now else 0

    @asynccontextmanager
    async def once(self, event_id: str) -> AsyncIterator[bool]:
        """Yield whether this attempt at an event is the one to answer; a failed one makes room for Slack's next."""
        if not event_id:  # Slack's events have one; without it nothing can be known to come twice
            yield True
            return
        first = self._answering.is_new(event_id) and await self._begins(event_id)
        try:
            yield first
        except BaseException:
            if first:
                self._answering.forget(event_id)
                await self._tell_events(self._events.release(event_id))
            raise
        if first:
            await self._tell_events(self._events.finish(event_id))
            await self._prune_events()

    async def _begins(self, event_id: str) -> bool:
        try:
            return await self.wait(self._events.start(event_id, self.now))
        except StoreDownError:
            return True  # this process knows what it answered; another one might answer too, which beats nobody

    async def settled(self) -> None:
        """Wait for listeners that still run and for what is on its way to the database, before that is closed."""
        await self.running.ended()
        await self._patience.settled(SETTLE_SECONDS)

    async def _prune_events(self) -> None:
        if self._clock() - self._pruned_at >= PRUNE_EVERY:
            self._pruned_at = self._clock()
            await self._tell_events(self._events.prune(self.now))

    async def _tell_events(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await self.wait(work)
        except StoreDownError:
            log.warning("events not marked")


def finding_of(review: Review, rule: str) -> Finding | None:
    """Return the finding of `rule`, or nothing."""
    return next((finding for finding in review.findings if finding.rule == rule), None)
