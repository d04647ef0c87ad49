"""One tool over all messages, several times over, in a process of its own: what a benchmark prints about itself."""

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

PASSES = 6


def read_messages(path: str) -> list[str]:
    """Return the texts of a file of JSON lines."""
    return [json.loads(line)["text"] for line in Path(path).read_text("utf-8").splitlines()]


def measure(tool: str, rules: int, messages: list[str], check: Callable[[str], int]) -> dict[str, float | str]:
    """Run `check` over `messages` six times, drop the first pass, and return the medians of the rest (CPU seconds)."""
    passes = []
    hits = 0
    for _ in range(PASSES):
        start = time.process_time()
        hits = sum(check(text) for text in messages)
        passes.append(time.process_time() - start)
    each = [_timed(check, text) for text in messages]
    seconds = statistics.median(passes[1:])
    size = sum(len(text.encode()) for text in messages)
    return {
        "tool": tool,
        "rules": rules,
        "messages_per_second": len(messages) / seconds,
        "megabytes_per_second": size / seconds / 1e6,
        "first_pass_per_second": len(messages) / passes[0],
        "p50_ms": statistics.median(each),
        "p99_ms": sorted(each)[int(len(each) * 0.99)],
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "hits": hits,
    }


def _timed(check: Callable[[str], int], text: str) -> float:
    start = time.process_time()
    check(text)
    return (time.process_time() - start) * 1000


def report(figures: dict[str, float | str]) -> None:
    """Hand `figures` to the process that asked for them."""
    sys.stdout.write(json.dumps(figures) + "\n")
