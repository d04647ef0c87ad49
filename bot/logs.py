"""Structured logs: one JSON object a line, with ids, names and timings; never an exception's message, which may hold a draft."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

# What other libraries log may hold the body of a request, so only where it came from is kept; these log no bodies.
TRUSTED = ("bot", "uvicorn.error", "alembic")
_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName", "color_message"}


class JsonLines(logging.Formatter):
    """Formats a record as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
        }
        if record.name.split(".")[0] == "bot" or record.name in TRUSTED:
            line["what"] = record.getMessage()
            line |= {k: v for k, v in record.__dict__.items() if k not in _STANDARD}
        else:
            line["where"] = f"{record.module}.{record.funcName}:{record.lineno}"
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = where_it_failed(record.exc_info[1], record.exc_info[2])
        return json.dumps(line, default=str)


def where_it_failed(error: BaseException, tb: TracebackType | None = None) -> list[str]:
    """Return the types and places of `error` and its causes, without their messages."""
    frames = traceback.extract_tb(tb or error.__traceback__)
    lines = [type(error).__name__, *(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return [*lines, *(["caused by", *where_it_failed(cause)] if cause else [])]


def set_up(level: str = "INFO", stream: TextIO = sys.stderr) -> None:
    """Send all logs as lines of JSON to `stream`."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
