"""The metrics of an evaluation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from bot.evaluation.outcome import DEEP, FIRST, Group, Outcome, within

SURE = 1.959964
"""The number of standard deviations on each side of the mean that contain 95 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One metric: its `name` in JSON, its `label` for people, the `group` of questions that it is measured
    on, and its value `of` one outcome, from 0 to 1. A `share` only has the values 0 and 1."""

    name: str
    label: str
    group: Group
    of: Callable[[Outcome], float]
    share: bool = True


def _hit(places: int) -> Measure:
    return Measure(
        f"hit_{places}", f"hit@{places}", Group.ANSWERABLE, lambda outcome: within(outcome.rank, places)
    )


MEASURES = (
    *(_hit(places) for places in (1, 3, 5, 10)),
    Measure("all_10", "all@10", Group.ANSWERABLE, lambda outcome: outcome.whole),
    Measure(
        "mrr_10",
        "MRR@10",
        Group.ANSWERABLE,
        lambda outcome: 1 / outcome.rank if outcome.rank and outcome.rank <= DEEP else 0.0,
        share=False,
    ),
    Measure("article_3", "article@3", Group.ANSWERABLE, lambda outcome: within(outcome.article_rank, FIRST)),
    Measure("sentence_1", "sentence@1", Group.ANSWERABLE, lambda outcome: outcome.marked),
    Measure("answered", "answered", Group.ANSWERABLE, lambda outcome: outcome.answered),
    Measure("refused", "refused", Group.UNANSWERABLE, lambda outcome: not outcome.answered),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """The mean of a measure over `of` questions (0 if there are none), with its 95 % confidence interval,
    None if that is not known."""

    measure: Measure
    value: float
    of: int
    bounds: tuple[float, float] | None


def figures(outcomes: Sequence[Outcome]) -> list[Figure]:
    """Every measure of these outcomes."""
    made = []
    for measure in MEASURES:
        values = [float(measure.of(outcome)) for outcome in outcomes if outcome.group is measure.group]
        value = sum(values) / len(values) if values else 0.0
        bounds = share_bounds(sum(values), len(values)) if measure.share and values else None
        made.append(Figure(measure, value, len(values), bounds))
    return made


def share_bounds(count: float, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share, which is also valid for few questions and near 0 and 1."""
    share, wide = count / of, SURE**2 / of
    middle = (share + wide / 2) / (1 + wide)
    half = sqrt(wide * (share * (1 - share) + wide / 4)) / (1 + wide)
    return max(0.0, middle - half), min(1.0, middle + half)


def count(outcomes: Sequence[Outcome], group: Group) -> int:
    """The number of questions in the group."""
    return sum(outcome.group is group for outcome in outcomes)


def by_type(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """The outcomes by the type of their questions, sorted by type."""
    found: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        found.setdefault(outcome.type, []).append(outcome)
    return dict(sorted(found.items()))


def latency(outcomes: Sequence[Outcome], percentile: float) -> float:
    """This percentile of the seconds that answers took; 0 without questions."""
    seconds = [outcome.seconds for outcome in outcomes]
    return float(np.percentile(seconds, percentile)) if seconds else 0.0
