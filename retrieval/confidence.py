"""How likely it is that the passages found hold the answer."""

import math
from collections.abc import Sequence

from retrieval.hit import Hit

ANSWER_AT = 0.5
"""Placeholder until fitted."""


def confidence(hits: Sequence[Hit]) -> float:
    """The probability that one of the first three passages answers, 0 where nothing was found."""
    if not hits:
        return 0.0
    return 1 / (1 + math.exp(-10 * (hits[0].score - 0.3)))
