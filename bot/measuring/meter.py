"""The interface through which the parts report counts and times.

It accepts only numbers and labels from fixed lists, so no text and no person can get into the metrics.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Protocol


class Counted(StrEnum):
    """What is counted, each with labels in the order given here."""

    QUESTIONS = "questions"
    """By platform and outcome (`bot.dispatch.outcome_tracker`)."""
    REFUSALS = "refusals"
    """By kind (`bot.dispatch.outcome_tracker`)."""
    RELOADS = "reloads"
    """By outcome: published, unchanged, refused, busy or failed."""
    GENERATIONS = "generations"
    """Opened for serving; without labels."""
    POLLS = "polls"
    """Polls of sources, by outcome: unchanged, changed or failed."""
    ERRORS = "errors"
    """By kind (`bot.operation.error_counter`)."""


class Timed(StrEnum):
    """What is timed, in seconds."""

    QUEUE = "queue"
    """A question's wait for the search thread."""
    SEARCH = "search"
    """The search itself, including the reader."""
    READING = "reading"
    """The reader."""
    RENDERING = "rendering"
    """Building the card of an answer."""
    SENDING = "sending"
    """Until the platform has accepted the reply."""
    WHOLE = "whole"
    """From the event's arrival until its answer is shown."""
    RELOAD = "reload"
    """A completed reload."""
    DATABASE = "database"
    """A read or write of the chat database."""


class Meter(Protocol):
    """Receives counts and times, from any thread; it never raises and never blocks."""

    def count(self, what: Counted, *labels: str, by: int = 1) -> None:
        """Count an event, `by` times."""
        ...

    def time(self, what: Timed, seconds: float) -> None:
        """Record a duration in seconds."""
        ...


class NoMeter:
    """Discards everything."""

    def count(self, what: Counted, *labels: str, by: int = 1) -> None:
        """As `Meter`."""

    def time(self, what: Timed, seconds: float) -> None:
        """As `Meter`."""


class InMemoryMeter:
    """Stores everything in memory, for tests."""

    def __init__(self) -> None:
        """Nothing was counted yet."""
        self.counts: Counter[tuple[str, ...]] = Counter()
        self.times: defaultdict[Timed, list[float]] = defaultdict(list)

    def count(self, what: Counted, *labels: str, by: int = 1) -> None:
        """As `Meter`."""
        self.counts[what, *labels] += by

    def time(self, what: Timed, seconds: float) -> None:
        """As `Meter`."""
        self.times[what].append(seconds)


@contextmanager
def timed(meter: Meter, what: Timed) -> Iterator[None]:
    """Measure the time of a context, also if it raises."""
    began = time.perf_counter()
    try:
        yield
    finally:
        meter.time(what, time.perf_counter() - began)
