"""Arrays as the content of files and back, never as pickles."""

import threading
from collections.abc import Iterator
from io import BytesIO
from typing import TypeVar

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from retrieval.segments.row_pieces import Pieces

T = TypeVar("T", bound=np.generic)

HEADER_MOST = 16_384
"""Bytes in which the header of a .npy file ends: NumPy refuses one of over 10,000."""

_ONE_HEADER = threading.Lock()
"""NumPy reads a header by `ast.literal_eval`, which Python before 3.11.8 and 3.12.2 can't do in two threads
at once: one is now and then told "AST constructor recursion depth mismatch" (python/cpython#106905)."""


def array_pieces(array: Pieces) -> Iterator[bytes]:
    """An array as the content of a .npy file, piece by piece."""
    header = BytesIO()
    fields = {
        "descr": npy.dtype_to_descr(np.dtype(array.dtype)),
        "fortran_order": False,
        "shape": array.shape,
    }
    npy.write_array_header_1_0(header, fields)
    yield header.getvalue()
    for piece in array.pieces():
        yield np.ascontiguousarray(piece).tobytes()


def array_in(content: memoryview, kind: type[T]) -> NDArray[T]:
    """The array in a .npy file's content, where it stands; ValueError if it is of another kind."""
    header = BytesIO(content[:HEADER_MOST])
    if npy.read_magic(header) != (1, 0):
        raise ValueError("an array of another version")
    with _ONE_HEADER:
        shape, fortran, dtype = npy.read_array_header_1_0(header)
    if dtype != np.dtype(kind) or fortran:
        raise ValueError(f"an array of {dtype} where {np.dtype(kind)} was expected")
    rows = np.frombuffer(content, dtype, offset=header.tell())
    return rows.reshape(shape)
