"""Our reviews as a benchmark: `python -m bot.bench.ours MESSAGES`."""

import sys

from bot.app import build_coach, build_library
from bot.bench.passes import measure, read_messages, report
from bot.coach.model import Draft
from bot.settings import Settings


def run(path: str) -> None:
    """Measure `Coach.review` with all built-in playbooks."""
    library = build_library(Settings())
    coach = build_coach(library)
    rules = len(library.playbooks().rules)
    report(measure("boundary-coach", rules, read_messages(path), lambda text: len(coach.review(Draft(text)).findings)))


if __name__ == "__main__":
    run(sys.argv[1])
