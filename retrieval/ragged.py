"""Ragged arrays: many short lists of numbers as one long array, and where each list starts in it."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", bound=np.generic)


def gathered(
    values: NDArray[T], starts: NDArray[np.int64], rows: NDArray[np.int64]
) -> tuple[NDArray[T], NDArray[np.int64]]:
    """The values of some of the lists, one after the other, and for each value its list's place in `rows`."""
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


def starts_of(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each of lists of these lengths starts, and where the last one ends."""
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts
