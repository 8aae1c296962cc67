"""The metrics of a bot for Prometheus.

Every label has a fixed list of values; any other value is counted as `other`. So no question, community or
name of a person can become a label, and the size of a scrape is bounded.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import choose_encoder

from bot.dispatch.outcome_tracker import OTHER, REFUSALS, Outcome
from bot.measuring.meter import Counted, Timed
from bot.operation.error_counter import ERRORS

PLATFORMS = ("discord", "slack")
STAGES = (Timed.QUEUE, Timed.SEARCH, Timed.READING, Timed.RENDERING, Timed.SENDING, Timed.WHOLE)
"""The stages of a question."""
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0)
"""Bounds of the histograms of an answer: a search takes 20 ms over 53,000 passages, and 20 s is the deadline
(`bot.runtime.worker.DEADLINE`)."""
RELOAD_SECONDS = (0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0)
"""Bounds of the histogram of reloads: one article takes moments, a first corpus of 50,000 half an hour."""
DATABASE_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5, 10.0)
"""Bounds of the histogram of reads and writes of the chat database: a millisecond in a local file."""


@dataclass(frozen=True, slots=True)
class _Count:
    name: str
    help: str
    labels: Mapping[str, frozenset[str]]


COUNTS = {
    Counted.QUESTIONS: _Count(
        "newsdesk_questions",
        "Questions put to the bot, by what became of them.",
        {"platform": frozenset(PLATFORMS), "outcome": frozenset(Outcome)},
    ),
    Counted.REFUSALS: _Count(
        "newsdesk_refusals", "What people asked for and were told is not done, by why.", {"kind": REFUSALS}
    ),
    Counted.RELOADS: _Count(
        "newsdesk_reloads",
        "Reloads of the corpus by this process.",
        {"outcome": frozenset({"published", "unchanged", "refused", "busy", "failed"})},
    ),
    Counted.GENERATIONS: _Count(
        "newsdesk_generations_taken_on", "Generations that this process began to answer from.", {}
    ),
    Counted.POLLS: _Count(
        "newsdesk_polls",
        "Visits of sources by this process.",
        {"outcome": frozenset({"unchanged", "changed", "failed"})},
    ),
    Counted.ERRORS: _Count("newsdesk_errors", "Errors in the log, by kind.", {"kind": ERRORS}),
}
"""The name, help text and labels of each count; each label may also have the value `OTHER`."""


class PrometheusMeter:
    """A `Meter` for Prometheus; `registry` has only this meter's metrics."""

    def __init__(self) -> None:
        """Every labelled count starts at 0, so that Prometheus sees the first event as an increase."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._counts = {
            what: Counter(one.name, one.help, tuple(one.labels), registry=self.registry)
            for what, one in COUNTS.items()
        }
        self._known: dict[tuple[str, ...], Counter] = {}
        for what, one in COUNTS.items():
            for labels in _combinations(list(one.labels.values())):
                self._child(what, labels)
        stages = Histogram(
            "newsdesk_stage_seconds",
            "Seconds of each stage of an answer.",
            ("stage",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self._times: dict[Timed, Histogram] = {stage: stages.labels(stage) for stage in STAGES}
        self._times[Timed.RELOAD] = Histogram(
            "newsdesk_reload_seconds",
            "Seconds of reloads by this process.",
            buckets=RELOAD_SECONDS,
            registry=self.registry,
        )
        self._times[Timed.DATABASE] = Histogram(
            "newsdesk_database_seconds",
            "Seconds of a read or write of what chats remember.",
            buckets=DATABASE_SECONDS,
            registry=self.registry,
        )
        self._taken_on = Gauge(
            "newsdesk_generation_taken_on_timestamp_seconds",
            "When this process last began to answer from another generation (Unix time).",
            registry=self.registry,
        )

    def count(self, what: Counted, *labels: str, by: int = 1) -> None:
        """As `Meter`."""
        child = self._known.get((what, *labels))
        if child is None:
            allowed = COUNTS[what].labels.values()
            child = self._child(
                what,
                tuple(one if one in known else OTHER for one, known in zip(labels, allowed, strict=True)),
            )
        child.inc(by)
        if what is Counted.GENERATIONS:
            self._taken_on.set(time.time())

    def time(self, what: Timed, seconds: float) -> None:
        """As `Meter`."""
        self._times[what].observe(seconds)

    def page(self, accept: str = "") -> tuple[bytes, str]:
        """The current metrics and their content type, in the format that the header `Accept` asks for."""
        encode, kind = choose_encoder(accept)
        return encode(self.registry), kind

    def _child(self, what: Counted, labels: tuple[str, ...]) -> Counter:
        counter = self._counts[what]
        child = self._known[what, *labels] = counter.labels(*labels) if labels else counter
        return child


def _combinations(lists: list[frozenset[str]]) -> list[tuple[str, ...]]:
    made: list[tuple[str, ...]] = [()]
    for values in lists:
        made = [(*head, value) for head in made for value in sorted(values)]
    return made
