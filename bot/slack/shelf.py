"""The newest good playbooks and the coach that knows them; read anew in a thread of their own, so that nobody waits for a reload."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.coach.kind import Kind
from bot.coach.model import Playbooks
from bot.coach.review import Coach
from bot.library import Library

LOOK_EVERY = timedelta(seconds=5)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Taught:
    """A set of playbooks, and the coach that knows them."""

    playbooks: Playbooks
    coach: Coach


class Shelf:
    """Hands out the newest good set; its files are looked at every few seconds, and only while somebody asks."""

    def __init__(self, library: Library, kinds: dict[str, Kind], clock: Callable[[], datetime]) -> None:
        self._library = library
        self._kinds = kinds
        self._clock = clock
        playbooks = library.playbooks()
        self._held = Taught(playbooks, Coach(playbooks, kinds))
        self._looked_at = clock()
        self._reader = ThreadPoolExecutor(1, "playbooks")
        self._reading: Future[Taught] | None = None

    def newest(self) -> Taught:
        """Return the newest set that has been read; raise nothing for files that an author is in the middle of changing."""
        if self._reading is None and self._clock() - self._looked_at >= LOOK_EVERY:
            self._looked_at = self._clock()
            self._reading = self._reader.submit(self._read)
        if self._reading is not None and self._reading.done():
            self._take(self._reading)
            self._reading = None
        return self._held

    def _read(self) -> Taught:
        newest = self._library.playbooks()
        return self._held if newest is self._held.playbooks else Taught(newest, Coach(newest, self._kinds))

    def _take(self, reading: Future[Taught]) -> None:
        error = reading.exception()
        if error is not None:
            log.error("playbooks not reloaded", exc_info=error)
        elif reading.result() is not self._held:
            self._held = reading.result()
            log.info("playbooks reloaded", extra={"rules": len(self._held.playbooks.rules)})
        for problem in self._library.problems:
            log.warning("playbooks not reloaded", extra={"file": problem.file, "line": problem.line})
