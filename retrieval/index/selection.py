"""Compares questions with the passages of some articles only."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retrieval.collection.candidates import NO_CANDIDATES, Candidates
from retrieval.models.embedder import EncodedQuestion
from retrieval.question.query import Query
from retrieval.segments.segment import Segment

if TYPE_CHECKING:
    from retrieval.index.snapshot import Snapshot


class _Rows:
    """The rows of these articles' passages in one segment, and of the passages' chunks."""

    def __init__(self, place: int, segment: Segment, articles: NDArray[np.int64]) -> None:
        self.place, self.segment = place, segment
        table = segment.tables
        self.passages = np.flatnonzero(np.isin(table.passages[:, 0], articles))
        self.articles = table.passages[self.passages, 0]
        ranges = table.chunks_of[self.passages].astype(np.int64)
        lengths = ranges[:, 1] - ranges[:, 0]
        self._starts = np.cumsum(lengths) - lengths
        chunks = np.repeat(ranges[:, 0] - self._starts, lengths) + np.arange(int(lengths.sum()))
        self._chunks, self._of = np.unique(chunks, return_inverse=True)

    def meanings(self, question: EncodedQuestion | None) -> NDArray[np.float32]:
        """The cosine of the question and each passage's nearest chunk; 0 without a model."""
        if question is None:
            return np.zeros(len(self.passages), np.float32)
        near = self.segment.dense.similarity(question.vector, self._chunks)
        return np.asarray(np.maximum.reduceat(near[self._of], self._starts), np.float32)


class Selection:
    """Some articles of a snapshot, to be compared with many questions. The time for each question depends on
    the number of their passages, and not on the size of the collection."""

    def __init__(self, snapshot: Snapshot, article_ids: Set[str]) -> None:
        """Articles that the snapshot does not have are ignored."""
        self._snapshot = snapshot
        self._rows = []
        for place, one in enumerate(snapshot.live):
            found = (one.segment.articles.row(article_id) for article_id in article_ids)
            rows = np.array([row for row in found if row is not None and one.articles[row]], np.int64)
            if rows.size:
                self._rows.append(_Rows(place, one.segment, rows))

    def candidates(self, query: Query, question: EncodedQuestion | None) -> Candidates:
        """All passages of the articles that are within the query's filters."""
        words, allowed = self._snapshot.words, self._snapshot.allowed(query)
        terms = self._snapshot.analyzer.question_terms(query.wording)
        bound = max(words.bound(terms), 1e-9)
        found = []
        for one in self._rows:
            made = Candidates(
                numbers := one.passages + words.numbers.first(one.place),
                words.scores(terms, numbers) / np.float32(bound),
                one.meanings(question),
                one.segment.articles.published[one.articles],
            )
            mask = allowed[one.place]
            found.append(made if mask is None else made.take(np.flatnonzero(mask[one.articles])))
        return Candidates.joined(found) if found else NO_CANDIDATES
