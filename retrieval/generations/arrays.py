"""Reading and writing arrays as .npy files, without pickles."""

import threading
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from typing import Any, TypeVar

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from retrieval.segments.row_blocks import RowBlocks

T = TypeVar("T", bound=np.generic)

HEADER_MOST = 16_384
"""Bytes that contain the header of any .npy file: NumPy refuses headers of over 10,000."""

_ONE_HEADER = threading.Lock()
"""NumPy parses a header with `ast.literal_eval`, which is not thread-safe in Python before 3.11.8 and 3.12.2:
sometimes it fails with "AST constructor recursion depth mismatch" (python/cpython#106905)."""


def array_blocks(array: RowBlocks) -> Iterator[bytes]:
    """The content of a .npy file with the array, in blocks."""
    header = BytesIO()
    fields = {
        "descr": npy.dtype_to_descr(np.dtype(array.dtype)),
        "fortran_order": False,
        "shape": array.shape,
    }
    npy.write_array_header_1_0(header, fields)
    yield header.getvalue()
    for block in array.blocks():
        yield np.ascontiguousarray(block).tobytes()


def array_in(content: memoryview, kind: type[T]) -> NDArray[T]:
    """The array in a .npy file's content, without copying. Raises ValueError if its dtype or order
    differs."""
    # As read_array_header_1_0 reads it: 8 bytes of magic and version, 2 of the header's length, the header.
    size = 10 + int.from_bytes(content[8:10], "little")
    shape, fortran, dtype = _header(bytes(content[: min(size, HEADER_MOST)]))
    if dtype != np.dtype(kind) or fortran:
        raise ValueError(f"an array of {dtype} where {np.dtype(kind)} was expected")
    rows = np.frombuffer(content, dtype, offset=size)
    return rows.reshape(shape)


@lru_cache(maxsize=1024)
def _header(content: bytes) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    """The shape, whether the order is Fortran's, and the dtype that a header says. Small segments have the
    same ones, and parsing one takes longer than reading such a file."""
    header = BytesIO(content)
    if npy.read_magic(header) != (1, 0):
        raise ValueError("an array of another version")
    with _ONE_HEADER:
        return npy.read_array_header_1_0(header)
