"""The weights of the features: the numbers in `weights.json`, fitted by `python -m benchmarks.ranking`."""

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
    """Tables of weights, by the kind of question: `known` if the model knows its language, `words` if words
    alone decide. They weigh the features of passages, those of sentences, and those of each probability whose
    product is the confidence. The last two have another table, `read`, for hits that are read; the one for
    sentences also has the weights of the reading, the passage's score, conflicts and lacking amounts."""

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


def table_key(*, known: bool, read: bool = False) -> str:
    """The key of the table to use; `read` says whether a reader with fitted weights reads the hits."""
    return "words" if not known else "read" if read else "known"
