"""Nearest vectors by product quantisation: short codes find the candidates that are worth comparing exactly.

Product quantisation (Jégou, Douze and Schmid, 2011): each three dimensions of a vector are replaced by the
index of the nearest of 16 centroids, in 4 bits, and a question is compared with each centroid once (fast
scan: André, Kermarrec and Le Scouarnec, 2015). A row of 384 dimensions takes 64 bytes instead of 768.
"""

from collections.abc import Iterator

import faiss
import numpy as np
from numpy.typing import NDArray

from retrieval.models.embedder import Vectors
from retrieval.segments.dense import read_index, use_one_thread
from retrieval.segments.row_blocks import RowBlocks

TOGETHER = (3, 2)
"""Dimensions per code: the first number that divides a vector's. Of 823,653 chunks (`benchmarks.growth`, 100
questions) the 2,000 nearest by codes held 0.9997 of the 200 nearest, in 2.95 ms; with 2 dimensions 1.0000 in
3.62 ms, with 4 0.996 in 2.27 ms. To compare all took 28.7 ms."""
BITS = 4
"""Bits per code, as fast scan requires."""
TRAINED_ON = 4_096
"""Rows that the centroids are fitted to: 256 for each, the most that FAISS uses."""
AT_ONCE = 16_384
"""Rows converted to 32 bits at a time: 25 MB at 384 dimensions."""


class Codes:
    """The codes of a segment's vectors, in the same order of rows."""

    def __init__(self, file: memoryview) -> None:
        """`file` is the output of `codes_file`, whose checksum was checked. Raises ValueError if it is
        something else."""
        self._index = read_index(np.frombuffer(file, np.uint8), faiss.IndexPQFastScan, "the codes")

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of the vectors."""
        return int(self._index.d)

    def search(self, question: Vectors, count: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The approximate cosines and the rows of the `count` nearest to `question` (shape (1, dimension)),
        best first."""
        use_one_thread()
        cosines, rows = self._index.search(question, min(count, len(self)))
        return np.asarray(cosines[0], np.float32), np.asarray(rows[0], np.int64)


def can_be_coded(dimension: int) -> bool:
    """Whether vectors of that dimension can have codes."""
    return any(dimension % each == 0 for each in TOGETHER)


def codes_file(vectors: RowBlocks) -> bytes:
    """The codes of rows of length 1, shape (rows, dimension), as a file; see `can_be_coded` for the
    dimension.

    Deterministic: the centroids are fitted to evenly spaced rows, and FAISS starts with the same ones each
    time.
    """
    rows, dimension = vectors.shape
    use_one_thread()
    parts = dimension // next(each for each in TOGETHER if dimension % each == 0)
    index = faiss.IndexPQFastScan(dimension, parts, BITS, faiss.METRIC_INNER_PRODUCT)
    step = -(-rows // TRAINED_ON)
    index.train(np.concatenate([block[-first % step :: step].copy() for first, block in _blocks(vectors)]))
    for _, block in _blocks(vectors):
        index.add(block)
    return bytes(faiss.serialize_index(index))


def _blocks(vectors: RowBlocks) -> Iterator[tuple[int, Vectors]]:
    """Blocks of rows in 32 bits, with the number of each block's first row. A block is overwritten by the
    next one."""
    room = np.empty((AT_ONCE, *vectors.shape[1:]), np.float32)
    first = filled = 0
    for piece in vectors.blocks():
        at = 0
        while at < len(piece):
            part = piece[at : at + AT_ONCE - filled]
            room[filled : filled + len(part)] = part
            at, filled = at + len(part), filled + len(part)
            if filled == AT_ONCE:
                yield first, room
                first, filled = first + filled, 0
    if filled:
        yield first, room[:filled]
