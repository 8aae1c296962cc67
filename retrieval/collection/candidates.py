"""The candidate passages that a collection finds for a question."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages of one collection by their numbers, one entry each in four arrays of one length.

    `words` are BM25 scores as shares of the highest one that the question could get; `meanings` cosines of
    the question with the passage's nearest chunk, 0 if the model was not asked; `published` the articles'
    dates in seconds since 1970, NaN without one.
    """

    numbers: NDArray[np.int64]
    words: NDArray[np.float32]
    meanings: NDArray[np.float32]
    published: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.numbers)

    def take(self, places: NDArray[np.int64]) -> "Candidates":
        """Those at these places, in that order."""
        return Candidates(
            self.numbers[places], self.words[places], self.meanings[places], self.published[places]
        )

    @classmethod
    def joined(cls, found: Sequence["Candidates"]) -> "Candidates":
        """Several runs of them, one after the other."""
        return cls(
            np.concatenate([one.numbers for one in found]),
            np.concatenate([one.words for one in found]),
            np.concatenate([one.meanings for one in found]),
            np.concatenate([one.published for one in found]),
        )


NO_CANDIDATES = Candidates(
    np.zeros(0, np.int64), np.zeros(0, np.float32), np.zeros(0, np.float32), np.zeros(0, np.float64)
)
"""None at all."""
