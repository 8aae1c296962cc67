"""A passage's score: its signals, weighed."""

import math

import numpy as np

from retrieval.ranking.features import PASSAGE_SIGNALS, Floats, PassageFeatures
from retrieval.ranking.hit import Signals
from retrieval.ranking.weights import column, kind, weights

OFFSET = "offset"
"""What is added to the weighed signals, so that the score is the chance that the passage holds the answer."""

_EDGE = 1e-6
"""How near a score may come to 0 or 1 before its log-odds are taken."""


def log_odds(score: float) -> float:
    """The natural logarithm of the odds of a score, 13.8 either way at most."""
    within = min(max(score, _EDGE), 1 - _EDGE)
    return math.log(within / (1 - within))


def passage_scores(weighed: PassageFeatures, *, known: bool) -> Floats:
    """A score from 0 to 1 for each passage; `known` says whether the model knows the question's language."""
    table = weights().passage[kind(known=known)]
    value = weighed.passages @ column(table, PASSAGE_SIGNALS) + table[OFFSET]
    return np.asarray(1 / (1 + np.exp(-value)), np.float32)


def signals_of(row: Floats, *, known: bool) -> Signals:
    """What is told of a passage's signals."""
    found = dict(zip(PASSAGE_SIGNALS, row.tolist(), strict=True))
    return Signals(
        meaning=found["meaning"] if known else None,
        words=found["words"],
        coverage=found["coverage"],
        late=found["late"] if known else None,
        pair=found["pair_coverage"],
        title=found["title_coverage"],
        fresh=found["fresh"],
    )
