"""Arrays that need not fit in memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike, NDArray


@dataclass(frozen=True, slots=True)
class RowBlocks:
    """An array that need not fit in memory: `blocks` returns an iterator over blocks of its rows."""

    shape: tuple[int, ...]
    dtype: DTypeLike
    blocks: Callable[[], Iterator[NDArray[np.generic]]]

    @classmethod
    def of(cls, array: NDArray[np.generic]) -> "RowBlocks":
        """An array that is in memory, as one block."""
        return cls(array.shape, array.dtype, lambda: iter((array,)))
