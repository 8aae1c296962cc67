"""Ragged arrays: many lists of numbers in one array, and an array of where each list starts."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", bound=np.generic)


def gathered(
    values: NDArray[T], starts: NDArray[np.int64], rows: NDArray[np.int64]
) -> tuple[NDArray[T], NDArray[np.int64]]:
    """The values of the lists `rows`, concatenated, and for each value the index of its list in `rows`."""
    at, owners = ranges(starts[rows], starts[rows + 1])
    return values[at], owners


def ranges(
    firsts: NDArray[np.int64], lasts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers of several half-open ranges, concatenated, and for each number the index of its range."""
    counts = lasts - firsts
    owners = np.repeat(np.arange(len(counts)), counts)
    offsets = np.cumsum(counts) - counts
    return np.arange(counts.sum()) - offsets[owners] + firsts[owners], owners


def starts_of(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each list starts, given the lengths of all lists, and the end of the last one."""
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts
