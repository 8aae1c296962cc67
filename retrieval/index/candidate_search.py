"""The passages of a collection that are worth ranking for a question: by words and by meaning."""

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from retrieval.collection.candidates import NO_CANDIDATES, Candidates
from retrieval.index.collection_words import CollectionWords
from retrieval.index.nearest import NearestChunks
from retrieval.index.ties import Rows, best_rows, place_in_order
from retrieval.models.embedder import EncodedQuestion, Vectors
from retrieval.segments.dense import Mask
from retrieval.segments.segment import Segment
from retrieval.segments.tables import flags_of

CHUNK_CANDIDATES = 200
"""Chunks taken by meaning; their passages are about 150. 100 and 400 gave the same hit@10 on NewsQA."""
PASSAGE_CANDIDATES = 100
"""Passages taken by words."""
WAITING_SECONDS = 0.0002
"""How long a thread of the process waits for the interpreter's lock before it asks for it, from the first
question to a large collection on. After each segment the vectors' thread needs it again: with Python's 5 ms
the two took 40 ms at a million passages, longer than one after the other (34), and with this 25."""


def find_candidates(
    segments: Sequence[Segment],
    words: CollectionWords,
    terms: Sequence[str],
    question: EncodedQuestion | None,
    allowed: Sequence[Mask | None],
    nearest: NearestChunks,
) -> Candidates:
    """The passages with the highest BM25 scores for the terms, and those of the chunks nearest to the
    question, by their articles' ids and where they begin.

    `allowed` has one flag an article for each segment, None for all. Filters act inside both searches, so
    that a narrow one costs no candidate. A passage's number is its row and the number of passages of all
    segments before. `nearest` looks through the vectors.
    """

    def by_words() -> list[Rows]:
        return words.likely(terms, PASSAGE_CANDIDATES, allowed)

    def by_meaning() -> list[Rows]:
        if question is None:
            return [np.zeros(0, np.int64) for _ in segments]
        return _by_meaning(segments, question.vector, allowed, nearest)

    if any(segment.codes for segment in segments):
        # Either takes ten milliseconds there, nearly all of them outside of the interpreter's lock. A thread
        # for each question takes a tenth of one, and is not missed after a fork.
        sys.setswitchinterval(WAITING_SECONDS)
        with ThreadPoolExecutor(1) as beside:
            found_near = beside.submit(by_meaning)
            likely, near = by_words(), found_near.result()
    else:
        likely, near = by_words(), by_meaning()
    either = [np.union1d(rows, others) for rows, others in zip(likely, near, strict=True)]
    scores = [words.scores(place, terms, rows) for place, rows in enumerate(either)]
    values = list(map(_of_some, scores, either, likely))
    tables = [segment.tables.passages for segment in segments]
    best = best_rows(segments, tables, values, likely, PASSAGE_CANDIDATES)
    bound = max(words.bound(terms), 1e-9)
    first, found, keys = 0, list[Candidates](), list[tuple[str, int]]()
    for place, segment in enumerate(segments):
        rows, passages = np.union1d(best[place], near[place]), tables[place]
        if rows.size:
            shares = _of_some(scores[place], either[place], rows) / bound
            meanings = _meanings(segment, question, rows)
            published = segment.articles.published[passages[rows, 0]]
            found.append(Candidates(rows + first, shares, meanings, published))
            keys += [place_in_order(segment, passages, row) for row in rows.tolist()]
        first += segment.passage_count
    if len(found) < 2:
        return found[0] if found else NO_CANDIDATES
    return Candidates.joined(found).take(np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64))


def _of_some(values: NDArray[np.float32], rows: Rows, some: Rows) -> NDArray[np.float32]:
    """The values of some of the rows, which ascend."""
    return values[np.searchsorted(rows, some)]


def _by_meaning(
    segments: Sequence[Segment],
    question: Vectors,
    allowed: Sequence[Mask | None],
    nearest: NearestChunks,
) -> list[Rows]:
    """For each segment the passages of its chunks that are among the nearest of all."""
    masks = [
        None if mask is None else flags_of(mask, segment.tables.chunks)
        for segment, mask in zip(segments, allowed, strict=True)
    ]
    found = nearest.near(segments, question, CHUNK_CANDIDATES, masks)
    tables = [segment.tables.chunks for segment in segments]
    values, rows = [near for near, _ in found], [rows for _, rows in found]
    chosen = best_rows(segments, tables, values, rows, CHUNK_CANDIDATES)
    return [segment.passages_of_chunks(chunks) for segment, chunks in zip(segments, chosen, strict=True)]


def _meanings(segment: Segment, question: EncodedQuestion | None, rows: Rows) -> NDArray[np.float32]:
    return segment.meaning(question.vector, rows) if question else np.zeros(len(rows), np.float32)
