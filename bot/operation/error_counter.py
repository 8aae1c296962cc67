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
"""By the package whose error it is."""
_SYSTEM: dict[str, tuple[type[BaseException], ...]] = {
    "timeout": (TimeoutError,),
    "network": (ConnectionError,),
    "system": (OSError, MemoryError),
}
ERRORS = frozenset({*_CLASSES, *_LIBRARIES.values(), *_SYSTEM, OTHER})
"""Kinds of errors."""


class ErrorCounter(logging.Handler):
    """Counts each error that is logged, by its kind."""

    def __init__(self, meter: Meter) -> None:
        """What is less than an error is not counted."""
        super().__init__(logging.ERROR)
        self._meter = meter

    def emit(self, record: logging.LogRecord) -> None:
        """Count it."""
        kinds = (kind for error in _errors_of(record) if (kind := error_kind(error)) != OTHER)
        self._meter.count(Counted.ERRORS, next(kinds, OTHER))


def error_kind(error: BaseException) -> str:
    """Which of ERRORS it is."""
    for kinds in (_CLASSES, _SYSTEM):
        if kinds is _SYSTEM and (found := _LIBRARIES.get(type(error).__module__.split(".")[0])):
            return found
        for kind, classes in kinds.items():
            if isinstance(error, classes):
                return kind
    return OTHER


def _errors_of(record: logging.LogRecord) -> Iterator[BaseException]:
    """The error of a record, what it was made of, and those that it names."""
    error = record.exc_info[1] if record.exc_info else None
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
    if isinstance(record.args, tuple):
        yield from (one for one in record.args if isinstance(one, BaseException))
