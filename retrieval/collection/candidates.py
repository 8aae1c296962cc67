"""The candidate passages that a collection finds for a question."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidate passages of one collection, as four arrays of equal length.

    `numbers` identify the passages. `words` are BM25 scores as shares of the question's upper bound;
    `meanings` the cosines of the question and the passage's nearest chunk, 0 without a model; `published` the
    articles' dates in seconds since 1970, NaN without one.
    """

    numbers: NDArray[np.int64]
    words: NDArray[np.float32]
    meanings: NDArray[np.float32]
    published: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.numbers)

    def take(self, places: NDArray[np.int64]) -> "Candidates":
        """The candidates at these indices, in that order."""
        return Candidates(
            self.numbers[places], self.words[places], self.meanings[places], self.published[places]
        )

    @classmethod
    def joined(cls, found: Sequence["Candidates"]) -> "Candidates":
        """Concatenate several."""
        return cls(
            np.concatenate([one.numbers for one in found]),
            np.concatenate([one.words for one in found]),
            np.concatenate([one.meanings for one in found]),
            np.concatenate([one.published for one in found]),
        )


NO_CANDIDATES = Candidates(
    np.zeros(0, np.int64), np.zeros(0, np.float32), np.zeros(0, np.float32), np.zeros(0, np.float64)
)
