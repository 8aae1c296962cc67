"""Which terms each sentence has, in order: what a passage's features are computed from, with no text read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ForwardIndex:
    """The terms of sentence i are `terms[starts[i] : starts[i + 1]]`: rows of the lexical index's terms."""

    starts: NDArray[np.int64]
    terms: NDArray[np.int32]

    def of(self, sentences: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The terms of these sentences, one after the other, and for each term its sentence's place among
        them."""
        return gathered(self.terms, self.starts, sentences)


def forward_index(sentences: Iterable[Sequence[int]]) -> ForwardIndex:
    """The index of sentences given by the rows of their terms."""
    rows = [np.asarray(sentence, np.int32) for sentence in sentences]
    starts = np.zeros(len(rows) + 1, np.int64)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    return ForwardIndex(starts, np.concatenate([np.zeros(0, np.int32), *rows]))


def gathered(
    values: NDArray[np.int32], starts: NDArray[np.int64], rows: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The values of some rows of a ragged array, one after the other, and the place in `rows` of each."""
    at, owners = ranges(starts[rows], starts[rows + 1])
    return values[at], owners


def ranges(
    firsts: NDArray[np.int64], lasts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers of several half-open ranges, one after the other, and for each number its range."""
    counts = lasts - firsts
    owners = np.repeat(np.arange(len(counts)), counts)
    offsets = np.cumsum(counts) - counts
    return np.arange(counts.sum()) - offsets[owners] + firsts[owners], owners
