"""What was seen a short while ago: the first to say so is told, whatever comes twice is known, and memory stays small."""

from collections.abc import Callable


class Recent:
    """Remembers keys for `seconds` after they were first seen, at most `most` of them: beyond that the oldest are let go."""

    def __init__(self, seconds: float, most: int, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._most = most
        self._clock = clock
        self._seen: dict[str, float] = {}

    def is_new(self, key: str) -> bool:
        """Tell whether `key` was not seen lately, and remember it."""
        now = self._clock()
        while self._seen and self._seen[next(iter(self._seen))] <= now - self._seconds:
            self._let_go_oldest()
        if key in self._seen:
            return False
        if len(self._seen) >= self._most:
            self._let_go_oldest()
        self._seen[key] = now
        return True

    def forget(self, key: str) -> None:
        """Make room for `key` to be seen as new again."""
        self._seen.pop(key, None)

    def _let_go_oldest(self) -> None:
        del self._seen[next(iter(self._seen))]
