"""Finds the candidate passages for a question, by words and by vectors."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from retrieval.collection.candidates import NO_CANDIDATES, Candidates
from retrieval.index.collection_bm25 import CollectionBm25
from retrieval.index.nearest import NearestChunks, cosines
from retrieval.index.row_numbers import Part, RowNumbers, Rows
from retrieval.index.top_rows import best_rows, sort_keys
from retrieval.models.embedder import EncodedQuestion, Vectors
from retrieval.ragged import ranges, starts_of
from retrieval.segments.dense import Mask
from retrieval.segments.segment import Segment
from retrieval.segments.tables import flags_of
from retrieval.switch_interval import SHORT_INTERVAL

CHUNK_CANDIDATES = 200
"""Chunks found by vectors; they are in about 150 passages. 100 and 400 gave the same hit@10 on NewsQA."""
PASSAGE_CANDIDATES = 100
"""Passages found by words."""
TWO_THREADS = 500_000
"""Chunks with codes from which on words and vectors are searched in two threads, if no other question is
being answered. At 138,000 that cost 2 ms of 25 and saved nothing."""


class _RunningSearches:
    """Counts the candidate searches that run in this process. The desk's slots and the switch interval count
    whole questions instead, whatever step they are at."""

    def __init__(self) -> None:
        self._lock, self._count = threading.Lock(), 0

    @contextmanager
    def counted(self) -> Iterator[bool]:
        """Count a search while the context is open; yields whether it is the only one, which may use a second
        thread."""
        with self._lock:
            self._count += 1
            alone = self._count == 1
        try:
            yield alone
        finally:
            with self._lock:
                self._count -= 1


_RUNNING = _RunningSearches()


def find_candidates(
    segments: Sequence[Segment],
    words: CollectionBm25,
    terms: Sequence[str],
    question: EncodedQuestion | None,
    allowed: Sequence[Mask | None],
    nearest: NearestChunks,
) -> Candidates:
    """The passages with the highest BM25 scores for the terms, and those of the chunks nearest to the
    question, ordered by article id and position.

    `allowed` has one flag per article for each segment, or None if all are allowed. Filters apply inside both
    searches, so a narrow filter costs no candidates. A passage's number is its row plus the number of
    passages in all earlier segments. `nearest` searches the vectors.
    """

    def by_words() -> Rows:
        return words.top_passages(terms, PASSAGE_CANDIDATES, allowed)

    def by_meaning() -> Rows:
        if question is None:
            return np.zeros(0, np.int64)
        return _by_meaning(segments, words.numbers, question.vector, allowed, nearest)

    large = sum(len(segment.codes) for segment in segments if segment.codes) >= TWO_THREADS
    with _RUNNING.counted() as alone:
        by_bm25, near = _in_parallel(by_words, by_meaning) if large and alone else (by_words(), by_meaning())
    either = np.union1d(by_bm25, near)
    if not len(either):
        return NO_CANDIDATES
    scores = words.scores(terms, either)
    tables = [segment.tables.passages for segment in segments]
    bm25_scores = _of_some(scores, either, by_bm25)
    best = best_rows(segments, tables, words.numbers, bm25_scores, by_bm25, PASSAGE_CANDIDATES)
    numbers = np.union1d(best, near)
    parts = words.numbers.parts(numbers)
    shares = _of_some(scores, either, numbers) / max(words.bound(terms), 1e-9)
    published = [segments[place].articles.published[tables[place][rows, 0]] for place, _, rows in parts]
    meanings = _meanings(segments, parts, question)
    found = Candidates(numbers, shares, meanings, np.concatenate(published))
    if len(parts) < 2:
        return found
    keys = sort_keys(segments, tables, parts)
    return found.take(np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64))


def _in_parallel(one: Callable[[], Rows], other: Callable[[], Rows]) -> tuple[Rows, Rows]:
    """Run both functions, the second in a thread of its own; nearly all of their time is outside the GIL.

    The thread for the vectors needs the GIL again after each segment: with a switch interval of 5 ms both
    took 40 ms at a million passages, longer than one after the other (34), and with the short one 25.
    Starting a thread for each question takes a tenth of a millisecond, and there is none to lose in a fork.
    """
    with SHORT_INTERVAL, ThreadPoolExecutor(1) as threads:
        found = threads.submit(other)
        return one(), found.result()


def _of_some(values: NDArray[np.float32], rows: Rows, some: Rows) -> NDArray[np.float32]:
    """The values of `some` of the rows; `rows` is ascending."""
    return values[np.searchsorted(rows, some)]


def _by_meaning(
    segments: Sequence[Segment],
    passages: RowNumbers,
    question: Vectors,
    allowed: Sequence[Mask | None],
    nearest: NearestChunks,
) -> Rows:
    """The numbers of the passages that contain the nearest chunks."""
    tables = [segment.tables.chunks for segment in segments]
    masks = [
        None if mask is None else flags_of(mask, table) for table, mask in zip(tables, allowed, strict=True)
    ]
    found = nearest.near(segments, question, CHUNK_CANDIDATES, masks)
    chunks = RowNumbers(map(len, tables))
    values = np.concatenate([np.zeros(0, np.float32), *(near for near, _ in found)])
    numbers = chunks.of([rows for _, rows in found])
    chosen = best_rows(segments, tables, chunks, values, numbers, CHUNK_CANDIDATES)
    held = [
        segments[place].passages_of_chunks(rows) + passages.first(place)
        for place, _, rows in chunks.parts(chosen)
    ]
    return np.concatenate([np.zeros(0, np.int64), *held])


def _meanings(
    segments: Sequence[Segment], parts: Sequence[Part], question: EncodedQuestion | None
) -> NDArray[np.float32]:
    """The cosine of the question and the nearest chunk of each passage."""
    if question is None:
        return np.zeros(parts[-1][1].stop, np.float32)
    numbers = RowNumbers(len(segment.tables.chunks) for segment in segments)
    bounds = np.concatenate(
        [
            segments[place].tables.chunks_of[rows].astype(np.int64) + numbers.first(place)
            for place, _, rows in parts
        ]
    )
    chunks, back = np.unique(ranges(*bounds.T)[0], return_inverse=True)
    near = cosines(segments, numbers.parts(chunks), question.vector)[back]
    return np.maximum.reduceat(near, starts_of(bounds[:, 1] - bounds[:, 0])[:-1])
