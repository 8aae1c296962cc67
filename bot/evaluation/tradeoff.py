"""The trade-off of the confidence threshold: the shares that would be answered and refused at each."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.outcome import Group, Outcome


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """If every question with a confidence of at least `threshold` were answered: the share of answerable
    questions that would be `answered`, and of unanswerable ones that would be `refused`."""

    threshold: float
    answered: float
    refused: float


def operating_points(outcomes: Sequence[Outcome]) -> list[OperatingPoint]:
    """The operating point of every distinct threshold, from 0 to above 1; none if either kind of question is
    missing."""
    own = sorted(outcome.confidence for outcome in outcomes if outcome.group is Group.ANSWERABLE)
    others = sorted(outcome.confidence for outcome in outcomes if outcome.group is Group.UNANSWERABLE)
    if not own or not others:
        return []
    thresholds = [0.0, *sorted({*own, *others} - {0.0}), 1.0 + 1e-9]
    return [
        OperatingPoint(
            threshold=threshold,
            answered=1 - bisect_left(own, threshold) / len(own),
            refused=bisect_left(others, threshold) / len(others),
        )
        for threshold in thresholds
    ]
