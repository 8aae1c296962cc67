"""Checks the invariants of a segment that all its users rely on."""

from collections.abc import Iterator
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from corpus.errors import GenerationUnusable
from retrieval.segments.article_table import ArticleTable
from retrieval.segments.codes import Codes
from retrieval.segments.dense import DenseIndex
from retrieval.segments.segment import Segment
from retrieval.segments.tables import Tables

UNIT_TOLERANCE = 0.01
"""How far a vector's length may be from 1 (rounding to 16 bits changes it by less than 0.001)."""
CHECKED_AT_ONCE = 16_384
"""Vectors converted to 32 bits at a time for the check: 25 MB at 384 dimensions."""

CODES_TRIED = 1_000
"""A vector of the index must be among this many nearest by codes to itself."""


def check(segment: Segment, generation: str, *, thorough: bool = False) -> None:
    """Check that the tables are within bounds and the sizes of all parts agree; if `thorough`, also that each
    span is inside its text and each chunk has a unit vector, for which every text and vector is read.

    Raises GenerationUnusable, which names the generation, otherwise.
    """
    # Each part is looked at only after those before it are known to be sound.
    wrong = chain(
        _wrong_spans(segment, thorough=thorough),
        _wrong_ranges(segment.tables),
        _wrong_articles(segment.articles),
        _wrong_terms(segment),
        _wrong_vectors(segment, thorough=thorough),
    )
    if reason := next(wrong, None):
        raise GenerationUnusable(generation, f"its files don't fit together ({reason})")


def _wrong_spans(segment: Segment, *, thorough: bool) -> Iterator[str]:
    """What is wrong with the places of passages, chunks and sentences in articles."""
    tables, articles = segment.tables, len(segment.articles)
    for name, table in (
        ("passage", tables.passages),
        ("chunk", tables.chunks),
        ("sentence", tables.sentences),
    ):
        if table.ndim != 2 or table.shape[1] != 3 or bool(len(table)) != bool(articles):
            yield f"{len(table)} {name}s for {articles} articles"
        if not articles:
            continue
        rows, starts, ends = table.T
        if rows.min() < 0 or rows.max() >= articles or (starts < 0).any() or (starts >= ends).any():
            yield f"a {name} out of bounds"
        if thorough and (ends > _lengths(segment)[rows]).any():
            yield f"a {name} past the end of its article"


def _wrong_ranges(tables: Tables) -> Iterator[str]:
    """What is wrong with the chunks and sentences of each passage."""
    for name, of, parts in (
        ("chunk", tables.chunks_of, tables.chunks),
        ("sentence", tables.sentences_of, tables.sentences),
    ):
        if of.shape != (len(tables.passages), 2):
            yield f"passages and {name}s differ"
        firsts, lasts = of.T
        if (firsts < 0).any() or (firsts >= lasts).any() or (lasts > len(parts)).any():
            yield f"a passage without its {name}s"


def _wrong_articles(articles: ArticleTable) -> Iterator[str]:
    """What is wrong with the articles' texts and order."""
    if not _ragged(articles.starts, len(articles), len(articles.texts)):
        yield "articles and their texts differ"
    if [one.id for one in articles.headings] != sorted({one.id for one in articles.headings}):
        yield "articles are not in the order of their ids"


def _wrong_terms(segment: Segment) -> Iterator[str]:
    """What is wrong with the terms of passages and of sentences."""
    tables, postings, forward = segment.tables, segment.postings, segment.forward
    if not _ragged(postings.terms.starts, len(postings.terms), len(postings.terms.text)):
        yield "terms and their letters differ"
    if not _ragged(postings.starts, len(postings.terms), len(postings.rows)):
        yield "terms and their passages differ"
    if len(postings.counts) != len(postings.rows) or len(postings.lengths) != len(tables.passages):
        yield "passages and their terms differ"
    if not _within(postings.rows, len(tables.passages)) or not _within(forward.terms, len(postings.terms)):
        yield "a term out of bounds"
    if not _ragged(forward.starts, len(tables.sentences), len(forward.terms)):
        yield "sentences and their terms differ"


def _wrong_vectors(segment: Segment, *, thorough: bool) -> Iterator[str]:
    """What is wrong with the tokens, vectors and codes of chunks."""
    chunks, tokens, dense, codes = len(segment.tables.chunks), segment.tokens, segment.dense, segment.codes
    if not _ragged(tokens.starts, chunks, len(tokens.places)):
        yield "chunks and their tokens differ"
    if tokens.signs.ndim != 2 or len(tokens.signs) != len(tokens.places):
        yield f"{len(tokens.signs)} tokens at {len(tokens.places)} places"
    if len(dense) != chunks:
        yield f"{len(dense)} vectors for {chunks} chunks"
    if codes and len(codes) != len(dense):
        yield f"{len(codes)} codes for {len(dense)} vectors"
    if codes and codes.dimension != dense.dimension:
        yield "codes are of other vectors"
    if thorough and chunks and (reason := _vectors_reason(dense)):
        yield reason
    if thorough and codes and (reason := _codes_reason(codes, dense)):
        yield reason


def _vectors_reason(dense: DenseIndex) -> str | None:
    """What is wrong with the vectors; None if nothing."""
    vectors = dense.vectors
    for start in range(0, len(vectors), CHECKED_AT_ONCE):
        norms = np.linalg.norm(vectors[start : start + CHECKED_AT_ONCE].astype(np.float32), axis=1)
        if not (np.abs(norms - 1) < UNIT_TOLERANCE).all():
            return "a vector is not of length 1"
    nearest, _ = dense.search(vectors[-1:].astype(np.float32), 1)
    if not nearest.size or nearest[0] < 1 - UNIT_TOLERANCE:
        return "the index does not find a vector that is in it"
    return None


def _codes_reason(codes: Codes, dense: DenseIndex) -> str | None:
    """What is wrong with the codes (None if nothing): each sampled vector must be found by its own code."""
    for row in {0, len(dense) // 2, len(dense) - 1}:
        vector = dense.vectors[row : row + 1].astype(np.float32)
        _, found = codes.search(vector, CODES_TRIED)
        if dense.similarity(vector, found).max() < 1 - UNIT_TOLERANCE:
            return "codes are of other vectors"
    return None


def _lengths(segment: Segment) -> NDArray[np.int64]:
    """The number of characters of each text."""
    bounds, texts = segment.articles.starts.tolist(), segment.articles.texts
    return np.array([len(str(texts[start:end], "utf-8")) for start, end in pairwise(bounds)], np.int64)


def _within(rows: NDArray[np.int32], count: int) -> bool:
    return not rows.size or bool(rows.min() >= 0 and rows.max() < count)


def _ragged(starts: NDArray[np.int64], rows: int, values: int) -> bool:
    """Whether `starts` divides that many values into that many rows."""
    if starts.shape != (rows + 1,):
        return False
    return bool(starts[0] == 0 and starts[-1] == values and (np.diff(starts) >= 0).all())
