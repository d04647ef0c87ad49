"""What all listeners share: the newest coach, what a person prefers, and a review that works when the database does not."""

import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.coach.kind import Kind
from bot.coach.model import Draft, Finding, Pair, Playbooks, Review, Tip
from bot.coach.preferences import DEFAULTS, Preferences
from bot.coach.review import Coach
from bot.coach.schedule import week_of
from bot.coach.tips import Reader, pair_for, this_week
from bot.library import Library
from bot.store.database import StoreDownError
from bot.store.events import Events
from bot.store.patience import Patience
from bot.store.people import People, Person
from bot.store.readers import Readers
from bot.store.subscriptions import Subscription, Subscriptions
from bot.tips.calendar import local_time

PATIENCE_SECONDS = 1.0
RELOAD_SECONDS = 5

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
        self._library = library
        self._kinds = kinds
        self._events = events
        self._clock = clock
        self._playbooks = library.playbooks()
        self._coach = Coach(self._playbooks, kinds)
        self._looked_at = clock()
        self._patience = Patience(PATIENCE_SECONDS)
        self.people = people
        self.readers = readers
        self.subscriptions = subscriptions

    @property
    def now(self) -> int:
        """The time in Unix seconds."""
        return int(self._clock().timestamp())

    @property
    def playbooks(self) -> Playbooks:
        """The newest good playbooks; files are looked at every few seconds."""
        if self._clock() - self._looked_at >= timedelta(seconds=RELOAD_SECONDS):
            self._looked_at = self._clock()
            self._reload()
        return self._playbooks

    def _reload(self) -> None:
        newest = self._library.playbooks()
        if newest is not self._playbooks:
            self._playbooks, self._coach = newest, Coach(newest, self._kinds)
            log.info("playbooks reloaded", extra={"rules": len(newest.rules)})
        for problem in self._library.problems:
            log.warning("playbooks not reloaded", extra={"file": problem.file, "line": problem.line})

    async def preferences(self, person: Person) -> Preferences:
        """Return what `person` prefers; what everybody starts with where the database is slow or down."""
        try:
            return await self._patience.wait(self.people.preferences(person, self.now))
        except StoreDownError:
            log.warning("preferences not read", extra={"team": person.team, "user": person.user})
            return DEFAULTS

    def review(self, draft: Draft, held: Preferences, recipient: str = "") -> Review:
        """Review `draft` for somebody who prefers `held`."""
        _ = self.playbooks
        known = Draft(draft.text, draft.relationship, draft.venue, draft.profession or held.profession)
        return self._coach.review(known, held.quiet(self.now, recipient))

    async def shown(self, person: Person, review: Review, door: str) -> None:
        """Note what was shown: ids to the log; to memory a small thing, not to be said again this week, and families, for the tip."""
        findings = [f"{f.principle}/{f.rule}/{f.severity}" for f in review.findings]
        log.info("review", extra={"team": person.team, "user": person.user, "door": door, "findings": findings})
        small = [f.principle for f in review.findings if f.severity == 1]
        principles = {f.principle for f in review.findings}
        families = [p.family for p in self._playbooks.principles if p.id in principles]
        try:
            if families:
                await self._patience.wait(self.readers.struggled(person, families, self.now))
            for principle in small:
                await self._patience.wait(self.people.remember_told(person, principle, self.now))
        except StoreDownError:
            log.warning("what was told is not remembered", extra={"team": person.team, "user": person.user})

    def professions_of(self, described: str) -> list[str]:
        """Return the ids of the professions that a person's own words name."""
        return self._coach.professions_of(described)

    async def tip(self, person: Person, held: Preferences) -> tuple[Tip, Pair] | None:
        """Return this week's tip of `person`, which is not noted as shown, with the example of their profession."""
        try:
            reader = await self._patience.wait(self.readers.reader(person))
        except StoreDownError:
            reader = Reader(held.principles)
        choice = this_week(self.playbooks, reader, week_of(self.now))
        return (choice.tip, self.pair(choice.tip, held)) if choice else None

    def pair(self, tip: Tip, held: Preferences) -> Pair:
        """Return the before and after of `tip` in the person's profession, where it has that."""
        return pair_for(tip, self.professions_of(held.profession))

    async def tip_taken(self, team: str, place: str) -> Subscription | None:
        """Return the tip that `place` takes: a channel's id, or a person's; StoreDownError where the database is slow or down."""
        return await self._patience.wait(self.subscriptions.of_channel(team, place))

    async def last_zone(self, person: Person) -> str:
        """Return the timezone that `person` chose last; empty where none is known. It may raise StoreDownError."""
        return await self._patience.wait(self.subscriptions.last_zone(person))

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
        first = await self._begins(event_id)
        try:
            yield first
        except BaseException:
            if first:
                await self._tell_events(self._events.release, event_id)
            raise
        if first:
            await self._tell_events(self._events.finish, event_id)

    async def _begins(self, event_id: str) -> bool:
        try:
            return await self._patience.wait(self._events.start(event_id, self.now))
        except StoreDownError:
            return True  # better answered twice than not at all

    async def settled(self) -> None:
        """Wait for what is still on its way to the database, before that is closed."""
        await self._patience.settled()

    async def _tell_events(self, verb: Callable[[str], Coroutine[Any, Any, None]], event_id: str) -> None:
        try:
            await self._patience.wait(verb(event_id))
        except StoreDownError:
            log.warning("event not marked", extra={"event_id": event_id})


def finding_of(review: Review, rule: str) -> Finding | None:
    """Return the finding of `rule`, or nothing."""
    return next((finding for finding in review.findings if finding.rule == rule), None)
