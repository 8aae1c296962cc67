"""Calibration of the confidence: of the answers with a confidence of 0.8, eight in ten should be right."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.outcome import Outcome

BINS = 10
"""The usual number of equal bins of the scale from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions with a confidence from `low` to `high`: their number, their mean `confidence`, and how
    many were `right`."""

    low: float
    high: float
    questions: int
    confidence: float
    right: int


def bins(outcomes: Sequence[Outcome]) -> list[Bin]:
    """The measured outcomes in bins by confidence, without empty bins.

    A question is right if one of the first three passages has its answer, even if they were not shown as an
    answer. A question that the corpus can't answer is never right.
    """
    found: list[list[Outcome]] = [[] for _ in range(BINS)]
    for outcome in outcomes:
        if outcome.measured:
            found[min(int(outcome.confidence * BINS), BINS - 1)].append(outcome)
    return [
        Bin(
            low=number / BINS,
            high=(number + 1) / BINS,
            questions=len(inside),
            confidence=sum(outcome.confidence for outcome in inside) / len(inside),
            right=sum(outcome.right for outcome in inside),
        )
        for number, inside in enumerate(found)
        if inside
    ]


def calibration_error(made: Sequence[Bin]) -> float:
    """The expected calibration error, 0 to 1 (Naeini, Cooper and Hauskrecht, 2015): the mean distance between
    confidence and share of right answers, weighted by the bins' numbers of questions."""
    total = sum(one.questions for one in made)
    return sum(abs(one.confidence * one.questions - one.right) for one in made) / total if total else 0.0
