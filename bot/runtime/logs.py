"""Logs for the operator: one line an event, with an incident id where something broke, no secret, and nothing
of what others wrote that could pass for a line of ours."""

import logging
import secrets
import sys
import threading
from collections import Counter
from collections.abc import Iterable
from types import TracebackType

from bot.runtime.log_lines import JsonLines, TextLines
from bot.runtime.rate_limit import RateLimits

INCIDENT_BYTES = 4
"""Random bytes of an incident's id: eight letters can be read out to somebody, and do not come twice."""
LIKE_LINES = 30
"""Warnings and errors a minute that differ in their values alone: strangers can cause some of them without
end, and thirty tell an operator what a thousand would."""
LINES = 300
"""Warnings and errors a minute in all: with tracebacks of 3 kB at most 1.3 GB a day, whatever happens."""


class _Handler(logging.StreamHandler):  # type: ignore[type-arg] # the stream may be any
    """To standard error, with an end to what can be caused without end."""

    def __init__(self, lines: logging.Formatter) -> None:
        super().__init__(sys.stderr)
        self.setFormatter(lines)
        self._pace = RateLimits()
        self._left_out: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        """Write it, unless too many like it were written in the last minute; that is said, and how many."""
        if record.levelno < logging.WARNING:
            super().emit(record)
            return
        name = record.name
        wait = self._pace.take({f"{name} {str(record.msg)[:200]}": LIKE_LINES, "": LINES})
        if not wait:
            if left := self._left_out.pop(name, 0):
                super().emit(_note(name, "%d lines were left out here", left))
            super().emit(record)
            return
        if name not in self._left_out:
            super().emit(_note(name, "too many lines like the last ones: more are left out for %.0f s", wait))
        self._left_out[name] += 1


def _note(name: str, words: str, value: float) -> logging.LogRecord:
    return logging.LogRecord(name, logging.WARNING, __file__, 0, words, (value,), None)


def log_to_stderr(known: Iterable[str], level: int = logging.INFO, *, as_json: bool = False) -> None:
    """Log everything of that level to standard error, with the `known` secrets and what looks like one taken
    out, `as_json` one object a line; also what nothing catches. Some libraries say less: at their
    lowest levels they print whole messages, and Alembic each of its parts."""
    root = logging.getLogger()
    root.handlers[:] = [_Handler(JsonLines(known) if as_json else TextLines(known))]
    root.setLevel(level)
    for name in ("discord", "slack_bolt", "slack_sdk", "aiohttp", "httpx", "alembic.runtime.plugins"):
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda failed: _uncaught(
        failed.exc_type, failed.exc_value or failed.exc_type(), failed.exc_traceback
    )


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger("bot").critical("not caught", exc_info=(kind, error, trace))


def incident() -> str:
    """A new id that is said to the person and stands in the log."""
    return secrets.token_hex(INCIDENT_BYTES)
