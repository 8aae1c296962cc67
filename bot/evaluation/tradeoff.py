"""The trade-off of the confidence threshold: what would be answered and refused at each."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.outcome import Group, Outcome


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """Were everything answered from a confidence of `threshold` on: the share of the answerable questions
    that would be answered, and of the others that would be refused."""

    threshold: float
    answered: float
    refused: float


def operating_points(outcomes: Sequence[Outcome]) -> list[OperatingPoint]:
    """Every threshold that makes a difference, from 0 to above 1; none where either kind of question is
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
