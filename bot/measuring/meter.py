"""The interface through which the parts report counts and times.

Nothing of what people write, and nobody of them, can come through it: all it takes are words of fixed lists
and numbers.
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
    """Taken on, to answer from; without labels."""
    POLLS = "polls"
    """Visits of sources, by outcome: unchanged, changed or failed."""
    ERRORS = "errors"
    """By kind (`bot.operation.error_counter`)."""


class Timed(StrEnum):
    """What is timed, in seconds."""

    QUEUE = "queue"
    """A question's wait for the thread that searches."""
    SEARCH = "search"
    """Its work in that thread, reading among it."""
    READING = "reading"
    """The best passages and the question, read together."""
    RENDERING = "rendering"
    """Making the card of an answer."""
    SENDING = "sending"
    """Until the platform has taken the reply."""
    WHOLE = "whole"
    """From the event's arrival until its answer stands there."""
    RELOAD = "reload"
    """A reload that was carried out."""
    DATABASE = "database"
    """A read or write of what chats remember."""


class Meter(Protocol):
    """Is told what happens, from any thread; it never raises and never waits."""

    def count(self, what: Counted, *labels: str, by: int = 1) -> None:
        """That it happened, so many times."""
        ...

    def time(self, what: Timed, seconds: float) -> None:
        """That it took so long."""
        ...


class NoMeter:
    """Keeps nothing."""

    def count(self, what: Counted, *labels: str, by: int = 1) -> None:
        """As `Meter`."""

    def time(self, what: Timed, seconds: float) -> None:
        """As `Meter`."""


class Tally:
    """Keeps all of it in memory, for tests."""

    def __init__(self) -> None:
        """Nothing happened yet."""
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
    """Times the block, also where it raises."""
    began = time.perf_counter()
    try:
        yield
    finally:
        meter.time(what, time.perf_counter() - began)
