"""Log formatters: text, or one JSON object per line.

Both remove secrets, and escape untrusted text so that it can't be mistaken for a log line.
"""

import json
import logging
from collections.abc import Iterable
from datetime import UTC, datetime

from bot.runtime.redaction import redacted
from corpus.lazy_pattern import lazy_pattern

INDENT = "    "
"""The indentation of lines of a traceback."""

_STEERING = {
    code: f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    for code in (
        *range(0x20),
        *range(0x7F, 0xA0),
        # Line ends, and characters that change the direction of the text.
        *(0x2028, 0x2029, 0x061C, 0x200E, 0x200F),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
    if code != ord("\t")
}
"""Characters that would start a new line or control a terminal, and their escapes."""
_OWN = frozenset(vars(logging.LogRecord("", 0, "", 0, "", (), None))) | {"message", "asctime", "taskName"}
"""The attributes of every record; all others are fields of the event."""
_FIELD = lazy_pattern(r"\w{1,40}")


class _Lines(logging.Formatter):
    """The common part of both formatters: the text of a record, without secrets."""

    def __init__(self, known: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._known = [secret for secret in known if secret]

    def _said(self, record: logging.LogRecord) -> str:
        try:
            return record.getMessage()
        except Exception:  # noqa: BLE001 - logging would print its arguments as they are
            return f"{record.msg!r} with {record.args!r}"

    def _details(self, record: logging.LogRecord) -> list[str]:
        """The lines of tracebacks."""
        # Not `exc_text`, which another formatter may have set.
        details = [self.formatException(record.exc_info)] if record.exc_info else []
        details += [self.formatStack(record.stack_info)] if record.stack_info else []
        return [self._harmless(line) for detail in details for line in self._clean(detail).split("\n")]

    def _clean(self, text: str) -> str:
        return redacted(text, self._known)

    @staticmethod
    def _harmless(text: str) -> str:
        return text.translate(_STEERING)


class TextLines(_Lines):
    """One line per record; the lines of its traceback are indented, so that none looks like a record."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a record."""
        record.message = self._said(record)
        record.asctime = self.formatTime(record)
        first = self._harmless(self._clean(self.formatMessage(record)))
        return "\n".join([first, *(INDENT + line for line in self._details(record))])


class JsonLines(_Lines):
    """One JSON object per record and line: `time` (UTC), `level`, `logger`, `message`, the fields of the
    event, such as `incident`, and `traceback`, if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a record."""
        at = datetime.fromtimestamp(record.created, UTC)
        row: dict[str, object] = {
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": self._text(record.name),
            "message": self._text(self._said(record)),
        }
        for name, value in vars(record).items():
            if name not in _OWN and name not in row and _FIELD.fullmatch(name):
                row[name] = self._value(name, value)
        if details := self._details(record):
            row["traceback"] = "\n".join(details)
        return json.dumps(row, ensure_ascii=False)

    def _value(self, name: str, value: object) -> object:
        if value is None or isinstance(value, bool | int):
            return value
        if isinstance(value, float):
            return value if abs(value) < float("inf") else str(value)  # JSON has neither infinity nor NaN
        # With its name, by which it may be recognised as a secret.
        return self._text(f"{name}={value}").removeprefix(f"{name}=")

    def _text(self, text: str) -> str:
        return self._harmless(self._clean(text))
