"""Sends what is ready in one workspace, one message after the other, so that a crash leaves at most one of them in doubt.

For each: pace, write, commit the intent, check that we were not frozen meanwhile, send, commit that it was sent. Slack's limits
hold by construction: only one process drains a workspace, and it keeps a distance to what was sent before, by anybody.
"""

import logging
import random
from dataclasses import dataclass

from bot.store.database import StoreDownError
from bot.store.deliveries import Deliveries, Delivery
from bot.store.vault import UnreadableError
from bot.tips.clock import Clock, Pulse
from bot.tips.letters import Letter, Write
from bot.tips.mail import REQUEST_SECONDS, Absent, InDoubt, Limited, Mail, NotPosted, Posted, Refused, Unknowable
from bot.tips.meters import Meters

log = logging.getLogger(__name__)

AT_ONCE = 0.0
STORE_DOWN_SECONDS = 5.0


@dataclass(frozen=True)
class Pace:
    """How fast, and how patient; all in seconds.

    `settle` must be longer than a request can last: a younger intent belongs to somebody who is still sending. `lease` is the
    engine's, and longer than a request and a freeze together.
    """

    channel: float = 1.05
    workspace: float = 0.2
    stretch: float = 20.0
    settle: int = 2 * REQUEST_SECONDS
    frozen: float = 4.0
    lease: float = 30.0
    first_retry: float = 30.0
    longest_retry: float = 3_600.0
    longest_pause: float = 600.0
    most_tries: int = 30  # about a day
    tick: float = 5.0


class Drain:
    """The handler of the job "drain workspace W"; the same on every engine."""

    def __init__(
        self,
        deliveries: Deliveries,
        write: Write,
        mail: Mail,
        meters: Meters,
        clock: Clock,
        pace: Pace = Pace(),
        resends_in_doubt: bool = False,
    ) -> None:
        self._deliveries = deliveries
        self._write = write
        self._mail = mail
        self._meters = meters
        self._clock = clock
        self._pace = pace
        self._resends_in_doubt = resends_in_doubt
        self._failures: dict[str, int] = {}
        self._is_stopping = False

    def stop(self) -> None:
        """Let every drain end after the message that it is at."""
        self._is_stopping = True

    async def run(self, team: str) -> float | None:
        """Send what is ready in workspace `team`; return in how many seconds to come again, None where nothing is left."""
        try:
            await self._deliveries.overtake(team)
            round_ = Round(self._clock, self._pace)
            while not self._is_stopping and (ready := await self._deliveries.ready(team, self._clock.now())):
                for delivery in ready:
                    pause = await self._deliver(delivery, round_)
                    if pause is not None or self._is_stopping or round_.is_over:
                        return pause or AT_ONCE
        except StoreDownError:
            log.warning("the store is down in the middle of a drain", extra={"team": team})
            return STORE_DOWN_SECONDS
        return None

    async def _deliver(self, delivery: Delivery, round_: "Round") -> float | None:
        """Send one; return seconds of rest for the whole workspace, or None to go on."""
        if delivery.attempt_at is not None:
            await self._resolve(delivery)
            round_.pulse.restart()
            return None
        letter = await self._written(delivery)
        if letter is None:
            return None
        wait = round_.distance_to(delivery.channel)
        await self._clock.sleep(wait)
        if round_.pulse.missed_a_beat(wait):
            return AT_ONCE  # frozen for so long that somebody else may be at this workspace
        claimed = await self._deliveries.claim(delivery, self._clock.now(), letter.tip_id, letter.recalled)
        if claimed is None:
            return AT_ONCE
        if round_.pulse.missed_a_beat():
            await self._deliveries.not_sent(claimed, self._clock.now(), is_failure=False)
            return AT_ONCE
        return await self._send(claimed, letter, round_)

    async def _send(self, delivery: Delivery, letter: Letter, round_: "Round") -> float | None:
        outcome = await self._mail.post(delivery, letter)
        now, team = self._clock.now(), delivery.person.team
        round_.sent_to(delivery.channel)
        round_.pulse.restart()
        if isinstance(outcome, Posted):
            await self._mark_sent(delivery, now, outcome)
            self._failures.pop(team, None)
            return None
        log.info("not sent", extra={"team": team, "delivery": delivery.id, "outcome": repr(outcome)})
        if isinstance(outcome, Limited):
            self._meters.retried.labels("limited").inc()
            await self._deliveries.not_sent(delivery, now, is_failure=False)
            return outcome.seconds
        if isinstance(outcome, Refused):
            await self._deliveries.bury(delivery, outcome.reason, outcome.ends)
            return None
        return await self._failed(delivery, outcome)

    async def _failed(self, delivery: Delivery, outcome: NotPosted | InDoubt) -> float | None:
        """Put off, further each time; rest the workspace too, since what fails for one mostly fails for all."""
        team = delivery.person.team
        self._failures[team] = min(self._failures.get(team, 0) + 1, 20)
        if delivery.tries + 1 >= self._pace.most_tries:
            await self._deliveries.bury(delivery, outcome.reason)
            return None
        again = self._clock.now() + int(_growing(self._pace.first_retry, delivery.tries, self._pace.longest_retry))
        if isinstance(outcome, InDoubt):
            self._meters.retried.labels("in doubt").inc()
            await self._deliveries.put_off(delivery, again)
        else:
            self._meters.retried.labels("failed").inc()
            await self._deliveries.not_sent(delivery, again)
        return _growing(self._pace.first_retry, self._failures[team] - 1, self._pace.longest_pause)

    async def _resolve(self, delivery: Delivery) -> None:
        """Find out about one in doubt: mark it as sent, or make it one to send, or put it off, or give it up."""
        now = self._clock.now()
        if now - (delivery.attempt_at or 0) < self._pace.settle:
            await self._deliveries.put_off(delivery, now + self._pace.settle, is_failure=False)
            return
        found = await self._mail.find(delivery)
        self._meters.doubted.labels(type(found).__name__.lower()).inc()
        if isinstance(found, Posted):
            await self._mark_sent(delivery, now, found)
        elif isinstance(found, Absent) or (isinstance(found, Unknowable) and self._resends_in_doubt):
            await self._deliveries.not_sent(delivery, now, is_failure=False)
        elif isinstance(found, Unknowable) or delivery.tries + 1 >= self._pace.most_tries:
            await self._deliveries.bury(delivery, "in doubt")
        else:
            later = max(found.seconds, _growing(self._pace.first_retry, delivery.tries, self._pace.longest_retry))
            await self._deliveries.put_off(delivery, now + int(later) + 1)

    async def _mark_sent(self, delivery: Delivery, now: int, posted: Posted) -> None:
        if await self._deliveries.sent(delivery, now, posted.channel, posted.ts):
            self._meters.sent.inc()
            self._meters.late.observe(max(0, now - delivery.slot))

    async def _written(self, delivery: Delivery) -> Letter | None:
        """Return the letter; None where there is nothing to send, which is then settled."""
        try:
            letter = await self._write(delivery, self._clock.now())
        except UnreadableError:
            await self._deliveries.bury(delivery, "note unreadable")
            return None
        except StoreDownError:
            raise
        except Exception:  # a letter that can't be written must not hold up the workspace
            log.exception("letter not written", extra={"team": delivery.person.team, "delivery": delivery.id})
            await self._failed(delivery, NotPosted("not written"))
            return None
        if letter is None:
            await self._deliveries.withdraw(delivery)
        return letter


class Round:
    """One turn at a workspace: how long it lasts, what was sent where, and whether the process was frozen."""

    def __init__(self, clock: Clock, pace: Pace) -> None:
        self._clock = clock
        self._pace = pace
        self._ends = clock.steady() + pace.stretch
        # Another process may have drained this workspace a moment ago: keep a channel's distance to whatever it sent.
        self._last_anywhere = clock.steady() + pace.channel - pace.workspace
        self._last_in: dict[str, float] = {}
        self.pulse = Pulse(clock, pace.frozen)

    @property
    def is_over(self) -> bool:
        """Whether it is another workspace's turn."""
        return self._clock.steady() >= self._ends

    def distance_to(self, channel: str) -> float:
        """Return the seconds to wait before something may be sent to `channel`."""
        free = self._last_anywhere + self._pace.workspace
        if channel in self._last_in:
            free = max(free, self._last_in[channel] + self._pace.channel)
        return max(0.0, free - self._clock.steady())

    def sent_to(self, channel: str) -> None:
        """Note that something was sent, or may have been."""
        self._last_anywhere = self._last_in[channel] = self._clock.steady()


def _growing(first: float, times: int, longest: float) -> float:
    """Return a wait that doubles, with a fifth of chance in it so that not all come back at once."""
    return min(longest, first * 2.0 ** min(times, 30)) * random.uniform(0.8, 1.0)  # noqa: S311
