"""What each feature weighs: the numbers in `weights.json`, fitted by `python -m benchmarks.ranking`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

FILE = "weights.json"
Table = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """A table for each kind of question, by whether the model knows its language (`known`) or words alone
    decide (`words`): what the features of passages weigh, those of sentences, and, for each of the chances
    that confidence is the product of, its figures. For the last two there is another table where the hits are
    read (`read`); in that of sentences are also the weights of what the reader says, of the passage and of
    conflicts."""

    passage: Mapping[str, Table]
    sentence: Mapping[str, Table]
    confidence: Mapping[str, Mapping[str, Table]]


@cache
def weights() -> Weights:
    """The fitted weights, out of the package."""
    return Weights(**json.loads((files(__package__) / FILE).read_text("utf-8")))


def column(table: Table, names: Sequence[str]) -> NDArray[np.float32]:
    """The weights in the order of `names`; 0 for a feature that has none."""
    return np.array([table.get(name, 0.0) for name in names], np.float32)


def kind(*, known: bool, read: bool = False) -> str:
    """Which table counts; `read` where a reader that is fitted reads the hits."""
    return "words" if not known else "read" if read else "known"
