"""The immutable index of some articles of a collection."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from retrieval.collection.passage import Passage
from retrieval.models.token_vectors import Tokens
from retrieval.ragged import ranges
from retrieval.segments.article_table import ArticleTable
from retrieval.segments.codes import Codes
from retrieval.segments.dense import DenseIndex
from retrieval.segments.forward import ForwardIndex
from retrieval.segments.postings import Postings
from retrieval.segments.tables import Tables


@dataclass(frozen=True)
class Segment:
    """Articles with their passages, chunks, vectors and terms, ordered by article id.

    The tables refer to rows of `articles`; rows of passages and chunks are those of the tables. A segment
    does not depend on other segments: statistics of the whole collection are in `CollectionBm25`. Large
    segments have `codes` of their vectors.
    """

    articles: ArticleTable
    tables: Tables
    dense: DenseIndex
    postings: Postings
    forward: ForwardIndex
    tokens: Tokens
    codes: Codes | None = None

    @property
    def passage_count(self) -> int:
        """The number of passages."""
        return len(self.tables.passages)

    def passage(self, row: int) -> Passage:
        """The passage with that row."""
        article, start, end = self.tables.passages[row].tolist()
        return Passage(self.articles[article], start, end)

    def first_passage(self, article: int) -> Passage:
        """The opening passage of the article with that row."""
        return self.passage(int(np.searchsorted(self.tables.passages[:, 0], article)))

    def term_rows(self, terms: Sequence[str]) -> NDArray[np.int64]:
        """The rows of the terms; -1 for terms that no passage has."""
        rows = [self.postings.terms.row(term) for term in terms]
        return np.array([-1 if row is None else row for row in rows], np.int64)

    @cached_property
    def chunk_of_sentence(self) -> NDArray[np.int64]:
        """The row of each sentence's chunk."""
        ends = self.tables.chunks.astype(np.int64)
        starts = self.tables.sentences.astype(np.int64)
        return np.searchsorted(ends[:, 0] << 32 | ends[:, 2], starts[:, 0] << 32 | starts[:, 1], side="right")

    def passages_of_chunks(self, chunks: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of all passages that contain any of the chunks."""
        firsts, lasts = self.tables.chunks_of[:, 0], self.tables.chunks_of[:, 1]
        wanted = chunks.astype(np.int32)  # the table's type, or all of the table would be converted
        starts = np.searchsorted(lasts, wanted, side="right")
        ends = np.searchsorted(firsts, wanted, side="right")
        return np.unique(ranges(starts, ends)[0])
