"""The terms of each sentence, in order, from which features are computed without reading texts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.ragged import gathered


@dataclass(frozen=True, slots=True)
class ForwardIndex:
    """The terms of sentence i are `terms[starts[i] : starts[i + 1]]`: rows of the segment's term list."""

    starts: NDArray[np.int64]
    terms: NDArray[np.int32]

    def of(self, sentences: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The terms of these sentences, concatenated, and for each term the index of its sentence in
        `sentences`."""
        return gathered(self.terms, self.starts, sentences)
