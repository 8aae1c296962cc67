"""Arrays as bytes and back, never as pickles."""

from io import BytesIO
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", bound=np.generic)


def array_bytes(array: NDArray[np.generic]) -> bytes:
    """An array as the content of a .npy file."""
    file = BytesIO()
    np.save(file, array, allow_pickle=False)
    return file.getvalue()


def bytes_array(content: bytes, kind: type[T]) -> NDArray[T]:
    """The array in a .npy file's content; raises ValueError if it is of another kind or holds objects."""
    array = np.load(BytesIO(content), allow_pickle=False)
    if array.dtype != np.dtype(kind):
        raise ValueError(f"an array of {array.dtype} where {np.dtype(kind)} was expected")
    return array  # type: ignore[no-any-return]
