"""Counts errors from the log."""

import logging
from collections.abc import Iterator

from bot.dispatch.outcome_tracker import OTHER
from bot.measuring.meter import Counted, Meter
from corpus.errors import (
    BadSetting,
    DatabaseAway,
    GenerationUnusable,
    HomeUnusable,
    ModelUnavailable,
    NothingToServe,
    PlatformRefused,
    StoreUnusable,
)

_CLASSES: dict[str, tuple[type[BaseException], ...]] = {
    "database": (DatabaseAway, StoreUnusable),
    "home": (HomeUnusable,),
    "generation": (GenerationUnusable, NothingToServe),
    "model": (ModelUnavailable,),
    "settings": (BadSetting,),
    "platform": (PlatformRefused,),
}
_LIBRARIES = {
    "discord": "platform",
    "slack_sdk": "platform",
    "slack_bolt": "platform",
    "aiohttp": "network",
    "httpcore2": "network",
    "sqlite3": "database",
    "sqlalchemy": "database",
    "psycopg": "database",
    "obstore": "files",
    "onnxruntime": "model",
}
"""The kind by the package of the error's class."""
_SYSTEM: dict[str, tuple[type[BaseException], ...]] = {
    "timeout": (TimeoutError,),
    "network": (ConnectionError,),
    "system": (OSError, MemoryError),
}
ERRORS = frozenset({*_CLASSES, *_LIBRARIES.values(), *_SYSTEM, OTHER})
"""The kinds of errors."""


class ErrorCounter(logging.Handler):
    """Counts each error that is logged, by its kind."""

    def __init__(self, meter: Meter) -> None:
        """Records below the level ERROR are not counted."""
        super().__init__(logging.ERROR)
        self._meter = meter

    def emit(self, record: logging.LogRecord) -> None:
        """Count a record."""
        kinds = (kind for error in _errors_of(record) if (kind := error_kind(error)) != OTHER)
        self._meter.count(Counted.ERRORS, next(kinds, OTHER))


def error_kind(error: BaseException) -> str:
    """The kind of an error, one of ERRORS."""
    for kinds in (_CLASSES, _SYSTEM):
        if kinds is _SYSTEM and (found := _LIBRARIES.get(type(error).__module__.split(".")[0])):
            return found
        for kind, classes in kinds.items():
            if isinstance(error, classes):
                return kind
    return OTHER


def _errors_of(record: logging.LogRecord) -> Iterator[BaseException]:
    """The exception of a record, its causes, and exceptions among its arguments."""
    error = record.exc_info[1] if record.exc_info else None
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
    if isinstance(record.args, tuple):
        yield from (one for one in record.args if isinstance(one, BaseException))
