"""Logs for the operator: one line per event, with an incident number for failures, without secrets, and with
untrusted text escaped."""

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
"""Random bytes of an incident number: its eight letters can be read out, and are practically unique."""
LIKE_LINES = 30
"""The most warnings and errors per minute that differ only in their values: strangers can cause some of them
without limit, and thirty tell an operator as much as a thousand."""
LINES = 300
"""The most warnings and errors per minute in all: with tracebacks of 3 kB at most 1.3 GB a day."""


class _Handler(logging.StreamHandler):  # type: ignore[type-arg] # the stream may be any
    """Writes to standard error, with limits on what strangers can cause."""

    def __init__(self, lines: logging.Formatter) -> None:
        super().__init__(sys.stderr)
        self.setFormatter(lines)
        self._pace = RateLimits()
        self._left_out: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, unless too many similar ones were written in the last minute; the number of skipped
        records is logged."""
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
    """Log everything from a level on to standard error, also uncaught exceptions, without the `known` secrets
    and everything that looks like one; `as_json` writes JSON lines. Some libraries are limited to warnings:
    at lower levels they log whole messages, and Alembic each of its plugins."""
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
    """A new incident number, which the person is told and the log contains."""
    return secrets.token_hex(INCIDENT_BYTES)
