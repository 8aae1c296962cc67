"""Vectors in the binary format of PostgreSQL's COPY."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
"""Signature, no flags, no extension (PostgreSQL's documentation of COPY, "Binary Format")."""
END = b"\xff\xff"
ROWS = 4_096
"""Rows per piece: 3 MB with 384 dimensions."""


def pieces(articles: NDArray[np.int32], vectors: NDArray[np.float16]) -> Iterator[bytes]:
    """One row per vector: its number, that of its article, and the vector as pgvector's `halfvec`.

    `vectors` has shape (rows, dimension), `articles` shape (rows,).
    """
    dimension = vectors.shape[1]
    row = np.dtype(
        [
            ("fields", ">i2"),
            ("chunk_size", ">i4"),
            ("chunk", ">i4"),
            ("article_size", ">i4"),
            ("article", ">i4"),
            ("vector_size", ">i4"),
            ("dimension", ">i2"),
            ("unused", ">i2"),
            ("vector", ">f2", (dimension,)),
        ]
    )
    yield HEAD
    for start in range(0, len(vectors), ROWS):
        part = vectors[start : start + ROWS]
        rows = np.zeros(len(part), row)
        rows["fields"], rows["chunk_size"], rows["article_size"] = 3, 4, 4
        rows["vector_size"], rows["dimension"] = 4 + 2 * dimension, dimension
        rows["chunk"] = np.arange(start, start + len(part))
        rows["article"] = articles[start : start + ROWS]
        rows["vector"] = part
        yield rows.tobytes()
    yield END
