"""Which terms each sentence has, in order: what a passage's features are computed from, with no text read."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.ragged import gathered


@dataclass(frozen=True, slots=True)
class ForwardIndex:
    """The terms of sentence i are `terms[starts[i] : starts[i + 1]]`: rows of the segment's terms."""

    starts: NDArray[np.int64]
    terms: NDArray[np.int32]

    def of(self, sentences: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The terms of these sentences, one after the other, and for each term its sentence's place among
        them."""
        return gathered(self.terms, self.starts, sentences)
