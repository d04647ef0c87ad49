"""proselint as a benchmark, through its own library calls: `python -m bot.bench.proselint_peer MESSAGES`."""

import sys

from bot.bench.passes import measure, read_messages, report


def run(path: str) -> None:
    """Measure proselint with its default checks."""
    from proselint.checks import __register__
    from proselint.config import DEFAULT
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    registry = CheckRegistry()
    registry.register_many(__register__)
    report(
        measure(
            "proselint",
            len(__register__),
            read_messages(path),
            lambda text: len(LintFile("message", text).lint(DEFAULT)),
        )
    )


if __name__ == "__main__":
    run(sys.argv[1])
