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
        self._let_go(now)
        if key in self._seen:
            return False
        self._seen[key] = now
        return True

    def forget(self, key: str) -> None:
        """Make room for `key` to be seen as new again."""
        self._seen.pop(key, None)

    def _let_go(self, now: float) -> None:
        while self._seen:
            oldest = next(iter(self._seen))
            if self._seen[oldest] > now - self._seconds and len(self._seen) < self._most:
                return
            del self._seen[oldest]
