"""Calibration: of the answers given with a confidence of 0.8, eight in ten should be right."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.outcome import Outcome

BINS = 10
"""Equal parts of the scale from 0 to 1: what a reader can tell apart, and the usual number."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions with a confidence from `low` to `high`: how many, the mean of their confidence, and how
    many of them were right."""

    low: float
    high: float
    questions: int
    confidence: float
    right: int


def bins(outcomes: Sequence[Outcome]) -> list[Bin]:
    """The measured outcomes by their confidence, without bins that are empty.

    Right is a question with its answer in one of the first three passages, whether they were shown as an
    answer or not; one that the corpus can't answer never is.
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
    """How far confidence and share of right ones lie apart, each bin weighing as its questions; 0 to 1.

    It is the expected calibration error (Naeini, Cooper and Hauskrecht, 2015).
    """
    total = sum(one.questions for one in made)
    return sum(abs(one.confidence * one.questions - one.right) for one in made) / total if total else 0.0
