"""Judges a ranking as people see it, with diversity, over folds that share no article."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.cases import Case
from retrieval.ranking.diversity import diversify

SHOWN = 10
NOT_SHOWN = 99
"""The rank of a passage that is not shown."""
ECE_BINS = 10


def page_of(case: Case, scores: NDArray[np.float64]) -> list[int]:
    """The indices of the passages that would be shown, best first."""
    order = np.argsort(-scores, kind="stable")
    shown = [case.shown[place] for place in order.tolist()]
    extents = [(one.article.id, one.start, one.end) for one in shown]
    return [int(order[place]) for place in diversify(np.exp(scores[order]).tolist(), extents, SHOWN)]


def first_right(case: Case, scores: NDArray[np.float64]) -> int:
    """The rank of the first shown passage that holds the answer, NOT_SHOWN if there is none."""
    shown = page_of(case, scores)
    return next((rank for rank, one in enumerate(shown, 1) if case.right[one]), NOT_SHOWN)


def folds_of(groups: Sequence[str], count: int, seed: int) -> NDArray[np.int64]:
    """The fold of each case; the same for all of a group."""
    names = sorted(set(groups))
    np.random.default_rng(seed).shuffle(names)
    fold = {name: place % count for place, name in enumerate(names)}
    return np.array([fold[group] for group in groups])


def calibration_error(confidence: Sequence[float], right: Sequence[bool]) -> float:
    """The expected calibration error: the mean distance between the confidence and the share that is
    right."""
    said, held = np.array(confidence), np.array(right, np.float64)
    bins = np.minimum((said * ECE_BINS).astype(int), ECE_BINS - 1)
    parts = [bins == one for one in set(bins.tolist())]
    return float(sum(abs(said[part].mean() - held[part].mean()) * part.mean() for part in parts))
