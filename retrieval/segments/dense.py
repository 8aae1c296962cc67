"""Nearest vectors by inner product. FAISS is only imported here and in `codes`."""

import struct
from typing import TypeVar

import faiss
import numpy as np
from numpy.typing import NDArray

from retrieval.models.embedder import Vectors

T = TypeVar("T", bound=faiss.Index)
Mask = NDArray[np.bool_]
"""One flag per row: whether it may be found."""
ROWS_AT = 8
"""Offset of the number of rows in a FAISS file, in 64 bits; the last 64 bits before the rows are their size
in bytes (`write_index_header` and `IndexScalarQuantizer` in FAISS's `index_write.cpp`)."""


class DenseIndex:
    """An exact index: every row is compared, also with a filter.

    Rows are 16-bit floats (FAISS's flat scalar quantiser), as vectors are stored: nothing is lost compared
    with `IndexFlatIP`, at half its memory and, since it is memory-bound, twice its speed (180,000 x 384: 4.4
    ms against 9.9 ms a question). They are not copied from the memory-mapped file.
    """

    def __init__(self, file: memoryview) -> None:
        """`file` is an index file (see `dense_header`), whose checksum was checked. Raises ValueError if it
        is something else."""
        self._file = np.frombuffer(file, np.uint8)  # keeps the memory alive from which FAISS reads the rows
        self._index = read_index(self._file, faiss.IndexScalarQuantizer, "the vectors")
        rows, dimension = int(self._index.ntotal), int(self._index.d)
        held = self._file[self._file.size - 2 * rows * dimension :]
        self.vectors: NDArray[np.float16] = held.view(np.float16).reshape(rows, dimension)
        """The rows, as a view of the file."""

    @classmethod
    def of(cls, vectors: NDArray[np.float16]) -> "DenseIndex":
        """An in-memory index of rows of length 1, shape (rows, dimension)."""
        return cls(memoryview(dense_header(*vectors.shape) + vectors.tobytes()))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a row."""
        return int(self._index.d)

    def search(
        self, question: Vectors, count: int, allowed: Mask | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The cosines and rows of the `count` allowed rows nearest to `question` (shape (1, dimension)), best
        first."""
        if not len(self) or (allowed is not None and not allowed.any()):
            return np.zeros(0, np.float32), np.zeros(0, np.int64)
        use_one_thread()
        cosines, rows = self._index.search(question, min(count, len(self)), params=_selecting(allowed))
        found = rows[0] >= 0  # FAISS pads with -1
        return np.asarray(cosines[0][found], np.float32), np.asarray(rows[0][found], np.int64)

    def within(
        self, question: Vectors, least: float, allowed: Mask | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The cosines and rows of all allowed rows whose cosine is at least `least`, unordered."""
        use_one_thread()
        # FAISS returns only rows that are strictly nearer.
        bound = float(np.nextafter(np.float32(least), np.float32(-2)))
        _, cosines, rows = self._index.range_search(question, bound, params=_selecting(allowed))
        return np.asarray(cosines, np.float32), np.asarray(rows, np.int64)

    def similarity(self, question: Vectors, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The cosine of each of these rows and the question, bit for bit as `search` returns it, whatever
        other rows are given."""
        return similarity(question, self.vectors[rows])


def similarity(question: Vectors, rows: NDArray[np.float16]) -> NDArray[np.float32]:
    """The cosine of each row, of any index, and the question, bit for bit as `search` returns it.

    The rows are copied into a FAISS index: that takes a seventh of the time of converting and multiplying
    them.
    """
    if not len(rows):
        return np.zeros(0, np.float32)
    use_one_thread()
    some = _empty(rows.shape[1])
    some.add_sa_codes(rows.view(np.uint8))
    cosines, order = some.search(question, len(rows))
    found = np.empty(len(rows), np.float32)
    found[order[0]] = cosines[0]
    return found


def use_one_thread() -> None:
    """Make FAISS use one thread in the calling thread (OpenMP keeps the number for each). On a shared machine
    two threads busy-wait for each other longer than they save: a question took 80 ms of CPU instead of 42, at
    53,000 passages."""
    faiss.omp_set_num_threads(1)


def dense_header(rows: int, dimension: int) -> bytes:
    """The part of a FAISS file before that many rows of 16-bit floats."""
    header = bytearray(faiss.serialize_index(_empty(dimension)).tobytes())
    struct.pack_into("<q", header, ROWS_AT, rows)
    struct.pack_into("<q", header, len(header) - 8, 2 * rows * dimension)
    return bytes(header)


def _empty(dimension: int) -> faiss.IndexScalarQuantizer:
    empty = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    empty.is_trained = True
    return empty


def read_index(file: NDArray[np.uint8], kind: type[T], what: str) -> T:
    """Read an index of that kind from a file in memory, which must stay in memory if its rows are not copied.
    Raises ValueError, which names `what` it should be, if it is something else."""
    try:
        # FAISS's type hints lack it.
        index = faiss.read_index(faiss.ZeroCopyIOReader(faiss.swig_ptr(file), file.size))  # type: ignore[attr-defined]
    except RuntimeError as error:
        raise ValueError(f"{what} are no index") from error
    if not isinstance(index, kind):
        raise ValueError(f"{what} are an index of another kind")  # noqa: TRY004 - a damaged file
    return index


def _selecting(allowed: Mask | None) -> "faiss.SearchParameters | None":
    if allowed is None:
        return None
    # FAISS's type hints have the C++ signatures; its Python layer accepts these.
    selector = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))  # type: ignore[call-arg, arg-type]
    return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
