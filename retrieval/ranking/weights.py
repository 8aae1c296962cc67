"""The weights of the features: the numbers in `weights.json`, fitted by `python -m benchmarks.ranking`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

FILE = "weights.json"
Table = Mapping[str, float]


class Signals(StrEnum):
    """The signals by which a question's hits are ranked; each has weights of its own."""

    WORDS = "words"
    """Words alone, if the model does not know the question's language."""
    MEANING = "meaning"
    """Words and the model's vectors."""
    READING = "reading"
    """The same, and what a reader with fitted weights rates."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Tables of weights by signals. They weigh the features of passages, those of sentences, and those of
    each probability whose product is the confidence.

    Passages have none for READING, since they are ranked before they are read. Those of sentences for READING
    also weigh the reading, the passage's score, conflicts and lacking amounts.
    """

    passage: Mapping[str, Table]
    sentence: Mapping[str, Table]
    confidence: Mapping[str, Mapping[str, Table]]


@cache
def weights() -> Weights:
    """The fitted weights, out of the package."""
    return Weights(**json.loads((files(__package__) / FILE).read_text("utf-8")))


def weight_vector(table: Table, names: Sequence[str]) -> NDArray[np.float32]:
    """The weights in the order of `names`; 0 for a feature without one."""
    return np.array([table.get(name, 0.0) for name in names], np.float32)
