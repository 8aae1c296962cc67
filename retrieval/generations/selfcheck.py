"""Whether a snapshot keeps the promises that everything which reads it relies on."""

import numpy as np
from numpy.typing import NDArray

from corpus.errors import GenerationUnusable
from retrieval.index.snapshot import Snapshot

UNIT_TOLERANCE = 0.01
"""How far a vector's length may be from 1 (16 bits round by less than 0.001)."""
CHECKED_AT_ONCE = 16_384
"""Vectors widened to 32 bits at a time for checking: 25 MB at 384 dimensions."""


def check(snapshot: Snapshot, vectors: NDArray[np.float16]) -> None:
    """Check that tables are within bounds, spans inside their texts, and that each chunk has a unit vector.

    Raises GenerationUnusable where they are not.
    """
    index = snapshot.index
    tables, articles = index.tables, len(index.articles)
    lengths = np.array([len(article.text) for article in index.articles], np.int32)

    def refuse(reason: str) -> None:
        raise GenerationUnusable(snapshot.generation, f"its files don't fit together ({reason})")

    for name, table in (
        ("passage", tables.passages),
        ("chunk", tables.chunks),
        ("sentence", tables.sentences),
    ):
        if table.ndim != 2 or table.shape[1] != 3 or bool(len(table)) != bool(articles):
            refuse(f"{len(table)} {name}s for {articles} articles")
        if not articles:
            continue
        rows, starts, ends = table.T
        if rows.min() < 0 or rows.max() >= articles or (starts < 0).any() or (starts >= ends).any():
            refuse(f"a {name} out of bounds")
        if (ends > lengths[rows]).any():
            refuse(f"a {name} past the end of its article")
    for name, of, parts in (
        ("chunk", tables.chunks_of, tables.chunks),
        ("sentence", tables.sentences_of, tables.sentences),
    ):
        if of.shape != (len(tables.passages), 2):
            refuse(f"passages and {name}s differ")
        firsts, lasts = of.T
        if (firsts < 0).any() or (firsts >= lasts).any() or (lasts > len(parts)).any():
            refuse(f"a passage without its {name}s")
    forward, tokens = index.forward, index.tokens
    if not _ragged(forward.starts, len(tables.sentences), len(forward.terms)):
        refuse("sentences and their terms differ")
    if not _ragged(tokens.starts, len(tables.chunks), len(tokens.places)):
        refuse("chunks and their tokens differ")
    if tokens.signs.ndim != 2 or len(tokens.signs) != len(tokens.places):
        refuse(f"{len(tokens.signs)} tokens at {len(tokens.places)} places")
    if vectors.ndim != 2 or len(vectors) != len(tables.chunks):
        refuse(f"{len(vectors)} vectors for {len(tables.chunks)} chunks")
    if not articles:
        return
    for start in range(0, len(vectors), CHECKED_AT_ONCE):
        norms = np.linalg.norm(vectors[start : start + CHECKED_AT_ONCE].astype(np.float32), axis=1)
        if not (np.abs(norms - 1) < UNIT_TOLERANCE).all():
            refuse("a vector is not of length 1")
    probe = vectors[-1:].astype(np.float32)
    nearest = index.dense.similarity(probe, index.dense.search(probe, 1))
    if not nearest.size or nearest[0] < 1 - UNIT_TOLERANCE:
        refuse("the index does not find a vector that is in it")


def _ragged(starts: NDArray[np.int64], rows: int, values: int) -> bool:
    """Whether `starts` cut so many values into so many rows."""
    if starts.shape != (rows + 1,):
        return False
    return bool(starts[0] == 0 and starts[-1] == values and (np.diff(starts) >= 0).all())
