"""Our reviews as a benchmark: `python -m bot.bench.ours MESSAGES CACHE`."""

import sys
from pathlib import Path

from bot.bench.passes import measure, read_messages, report
from bot.coach.model import Draft
from bot.reading import build_coach, build_library
from bot.settings import Settings


def run(path: str, cache: str) -> None:
    """Measure `Coach.review` with all built-in playbooks, read from the cache as any process but the first one does."""
    library = build_library(Settings(cache=Path(cache)))
    coach = build_coach(library)
    rules = len(library.playbooks().rules)
    report(measure("boundary-coach", rules, read_messages(path), lambda text: len(coach.review(Draft(text)).findings)))


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2])
