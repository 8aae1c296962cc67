"""Fits weights: a softmax over the rows of each question, and logistic regressions."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

RIDGE = 1e-3
"""Penalty on squared weights of features scaled to a standard deviation of 1. 1e-4, 1e-3 and 1e-2 gave NewsQA
an MRR of 0.797, 0.797 and 0.795 and RealTimeQA 0.819, 0.818 and 0.824."""

Table = dict[str, float]
Floats = NDArray[np.float64]


def softmax_fit(
    groups: Sequence[tuple[NDArray[np.float32], NDArray[np.bool_]]], weights: Sequence[float]
) -> Floats:
    """The weights that maximise the share of each right row in a softmax with the wrong rows of its group.
    All pieces of evidence count, not only the one that is found most easily."""
    kept = [(rows, right, by) for (rows, right), by in zip(groups, weights, strict=True) if right.any()]
    scale = np.concatenate([rows for rows, _, _ in kept]).std(axis=0) + 1e-9
    races, shares = [], []
    for rows, right, by in kept:
        for winner in np.flatnonzero(right):
            races.append(np.concatenate([rows[winner : winner + 1], rows[~right]]) / scale)
            shares.append(by / right.sum())
    values = np.concatenate(races)
    firsts = np.cumsum([0, *(len(race) for race in races[:-1])])
    owner = np.repeat(np.arange(len(races)), [len(race) for race in races])
    share = np.array(shares) / sum(shares)

    def loss(guess: Floats) -> tuple[float, Floats]:
        scores = values @ guess
        highest = np.maximum.reduceat(scores, firsts)
        powers = np.exp(scores - highest[owner])
        whole = np.add.reduceat(powers, firsts)
        slope = (share[owner] * powers / whole[owner]) @ values - share @ values[firsts]
        value = float(share @ (np.log(whole) + highest - scores[firsts]) + RIDGE * guess @ guess)
        return value, np.asarray(slope + 2 * RIDGE * guess)

    found = minimize(loss, np.zeros(values.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x / scale)


Outcomes = tuple[float, Sequence[Mapping[str, float]], Sequence[bool]]
"""A weight for some questions, the figures of each, and the outcome of each to predict."""


def logistic(groups: Sequence[Outcomes], names: Sequence[str], looseness: float) -> Table:
    """The logistic regression that predicts the outcomes from these figures."""
    rows, right, weights = [], [], []
    for mass, figures, outcomes in groups:
        for found, outcome in zip(figures, outcomes, strict=True):
            rows.append([found[name] for name in names])
            right.append(outcome)
            weights.append(mass / len(figures))
    values = np.array(rows)
    spread = values.std(axis=0)
    # A constant figure, such as the size when all corpora are small, is not scaled.
    scale = np.where(spread > 1e-9, spread, 1.0)
    model = LogisticRegression(C=looseness, max_iter=3000)
    model.fit(values / scale, right, sample_weight=np.array(weights) / np.mean(weights))
    slopes = model.coef_[0] / scale
    return dict(zip(names, slopes.tolist(), strict=True)) | {"offset": float(model.intercept_[0])}
