"""A passage's score: a logistic regression on its features."""

import math

import numpy as np

from retrieval.collection.passage_features import Floats, PassageFeatures
from retrieval.ranking.features import PASSAGE_FEATURES
from retrieval.ranking.hit import Features
from retrieval.ranking.weights import Signals, weight_vector, weights

OFFSET = "offset"
"""The key of the intercept, with which the score is the probability that the passage holds the answer."""

_EDGE = 1e-6
"""Scores are clamped this far from 0 and 1 before their log-odds are computed."""


def log_odds(score: float) -> float:
    """The natural logarithm of a score's odds, clamped to ±13.8."""
    within = min(max(score, _EDGE), 1 - _EDGE)
    return math.log(within / (1 - within))


def passage_scores(features: PassageFeatures, *, known: bool) -> Floats:
    """A score from 0 to 1 for each passage; `known` says whether the model knows the question's language."""
    table = weights().passage[Signals.MEANING if known else Signals.WORDS]
    value = features.passages @ weight_vector(table, PASSAGE_FEATURES) + table[OFFSET]
    return np.asarray(1 / (1 + np.exp(-value)), np.float32)


def features_of_hit(row: Floats, *, known: bool) -> Features:
    """The features that are reported with a hit, from its row of PASSAGE_FEATURES."""
    found = dict(zip(PASSAGE_FEATURES, row.tolist(), strict=True))
    return Features(
        meaning=found["meaning"] if known else None,
        words=found["words"],
        coverage=found["coverage"],
        maxsim=found["maxsim"] if known else None,
        pair=found["pair_coverage"],
        title=found["title_coverage"],
        fresh=found["fresh"],
    )
