"""Tracks the outcome of one event for the metrics: how a question ended, and why something was refused."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from bot.answers.answer import NoAnswer
from bot.cards.failures import OPERATORS
from bot.chat.delivered_answer import DeliveredAnswer
from bot.chat.refusal import LowConfidence, Refusal
from bot.measuring.meter import Counted, Meter, Timed
from corpus.errors import BadQuestion, NewsdeskError, OverLimit, UnknownName


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    NOT_FOUND = "not-found"
    """The reply was that no answer was found."""
    REFUSED = "refused"
    """The reply was a refusal."""
    TOLD = "told"
    """It did not ask for passages: a count, a list, or small talk."""
    SILENT = "silent"
    """It was not addressed to the bot, and there was no sure answer."""
    FAILED = "failed"
    """Something broke; the person was told if possible."""


OTHER = "other"
REFUSALS = frozenset(
    {
        "answer-gone",
        "busy",
        "no-collection",
        "no-source",
        "not-allowed",
        "reload-busy",
        "stopping",
        "switched-off",
        "too-fast",
        "too-late",
        "limit",
        "question",
        "unknown-name",
        OTHER,
    }
)
"""The kinds of refusals in the metrics: keys of refusals about load, rights and the corpus, one word for each
kind of invalid input, and OTHER for the rest."""


class Tracker:
    """The outcome of one event, as its handler reports it."""

    def __init__(self, meter: Meter, *, shown: bool = True) -> None:
        """`shown` is whether a person waits for a reply."""
        self.outcome: Outcome | None = None
        """None if the event was not handled here."""
        self._meter = meter
        self._shown = shown

    def refuse(self, error: NewsdeskError) -> None:
        """Record a refusal, whose reason the person was told."""
        if isinstance(error, OPERATORS):
            self.outcome = Outcome.FAILED
            return
        if isinstance(error, LowConfidence):
            self.outcome = Outcome.SILENT
            return
        self._meter.count(Counted.REFUSALS, refusal_kind(error))
        self.outcome = Outcome.REFUSED if self._shown else Outcome.SILENT

    def conclude(self, answer: DeliveredAnswer | None) -> None:
        """Record that the event was handled, with its answer if it has one."""
        if answer is None:
            self.outcome = Outcome.TOLD
        else:
            found = not isinstance(answer.result, NoAnswer)
            self.outcome = Outcome.ANSWERED if found else Outcome.NOT_FOUND

    def fail(self) -> None:
        """Record a failure."""
        self.outcome = Outcome.FAILED


def refusal_kind(error: NewsdeskError) -> str:
    """The kind of a refusal, one of REFUSALS."""
    if isinstance(error, Refusal):
        return error.key if error.key in REFUSALS else OTHER
    if isinstance(error, BadQuestion):
        return "question"
    if isinstance(error, UnknownName):
        return "unknown-name"
    return "limit" if isinstance(error, OverLimit) else OTHER


@contextmanager
def track_outcome(meter: Meter, platform: str, *, question: bool, shown: bool) -> Iterator[Tracker]:
    """Track the outcome of an event in this context; for a `question`, the outcome and the time of its answer
    are counted."""
    course = Tracker(meter, shown=shown)
    began = time.perf_counter()
    try:
        yield course
    finally:
        if question and course.outcome:
            meter.count(Counted.QUESTIONS, platform, course.outcome)
            if course.outcome in (Outcome.ANSWERED, Outcome.NOT_FOUND):
                meter.time(Timed.WHOLE, time.perf_counter() - began)
