"""Arrays that need not fit in memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike, NDArray


@dataclass(frozen=True, slots=True)
class Pieces:
    """An array that need not fit in memory: `pieces` returns an iterator over blocks of its rows."""

    shape: tuple[int, ...]
    dtype: DTypeLike
    pieces: Callable[[], Iterator[NDArray[np.generic]]]

    @classmethod
    def of(cls, array: NDArray[np.generic]) -> "Pieces":
        """An array that is in memory, as one piece."""
        return cls(array.shape, array.dtype, lambda: iter((array,)))
