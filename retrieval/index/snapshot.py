"""One immutable generation of one collection, ready to be searched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from retrieval.dates.date_filter import within
from retrieval.dates.zone import zone_of
from retrieval.index.dense import DenseIndex, Mask
from retrieval.index.forward import ForwardIndex
from retrieval.index.lexical import LexicalIndex
from retrieval.index.passage import Passage
from retrieval.index.tables import Tables
from retrieval.models.embedder import Vectors
from retrieval.models.token_vectors import Tokens
from retrieval.question.names import Names, people
from retrieval.question.query import Query
from retrieval.text.analyzer import Analyzer

NO_SOURCE = -2
"""The row of a source whose articles were all withdrawn; a filter asks for -1 where a source is not there."""


@dataclass(frozen=True)
class Snapshot:
    """A generation in memory. Nothing in it changes; a reload makes another one.

    `withdrawn` articles are in it and are never found.
    """

    generation: str
    collection: str
    model: str
    created: datetime
    articles: Sequence[Article]
    tables: Tables
    dense: DenseIndex
    lexical: LexicalIndex
    forward: ForwardIndex
    tokens: Tokens
    words: Analyzer
    withdrawn: frozenset[str] = frozenset()

    def passage(self, row: int) -> Passage:
        """The passage of that row."""
        article, start, end = self.tables.passages[row]
        return Passage(self.articles[article], int(start), int(end))

    def first_passage(self, article: int) -> Passage:
        """The passage that opens the article of that row."""
        return self.passage(int(np.searchsorted(self.tables.passages[:, 0], article)))

    def article(self, article_id: str) -> Article | None:
        """The article of that id, unless it was withdrawn."""
        row = self._rows.get(article_id)
        return None if row is None or article_id in self.withdrawn else self.articles[row]

    def allowed(self, query: Query) -> Mask | None:
        """One flag an article, whether the query's filters let it be found; None where all may be."""
        bounds = query.narrowed()
        if not bounds and not self.withdrawn:
            return None
        mask = np.ones(len(self.articles), np.bool_)
        if bounds.periods:
            zone = zone_of(query.zone)
            mask &= np.logical_or.reduce([within(self.published, *period, zone) for period in bounds.periods])
        if bounds.sources:
            mask &= np.isin(self._source_rows, [self.sources.get(name, -1) for name in bounds.sources])
        if bounds.authors:
            mask &= np.array([not bounds.authors.isdisjoint(names) for names in self._authors], np.bool_)
        return mask & self.stands

    @cached_property
    def standing(self) -> Sequence[Article]:
        """Its articles without the withdrawn: whatever is counted, listed or named is of these."""
        if self.withdrawn.isdisjoint(self._rows):
            return self.articles
        return tuple(article for article in self.articles if article.id not in self.withdrawn)

    @cached_property
    def names(self) -> Names:
        """Its sources and authors, as a question may name them."""
        return Names(self.source_names.values(), (article.author or "" for article in self.standing))

    @cached_property
    def _authors(self) -> list[frozenset[str]]:
        """Each article's authors, without case."""
        return [frozenset(people((article.author or "").casefold())) for article in self.articles]

    @cached_property
    def _rows(self) -> dict[str, int]:
        """Each article's id and its row."""
        return {article.id: row for row, article in enumerate(self.articles)}

    @cached_property
    def source_names(self) -> dict[str, str]:
        """Each source's name without case, and as the articles write it."""
        return {article.source.casefold(): article.source for article in self.standing}

    @cached_property
    def sources(self) -> dict[str, int]:
        """Each source's name without case, and its row among the sources."""
        names = sorted({article.source.casefold() for article in self.standing})
        return {name: row for row, name in enumerate(names)}

    @cached_property
    def stands(self) -> Mask:
        """One flag an article, whether it was not withdrawn."""
        return np.array([article.id not in self.withdrawn for article in self.articles], np.bool_)

    @cached_property
    def _source_rows(self) -> NDArray[np.int32]:
        rows = (self.sources.get(article.source.casefold(), NO_SOURCE) for article in self.articles)
        return np.fromiter(rows, np.int32, len(self.articles))

    @cached_property
    def published(self) -> NDArray[np.float64]:
        """Seconds; an article without a date is in no range of dates (comparisons with NaN are false)."""
        return np.array(
            [article.published.timestamp() if article.published else np.nan for article in self.articles]
        )

    @cached_property
    def newest(self) -> datetime | None:
        """When the newest dated article was published."""
        return max((article.published for article in self.standing if article.published), default=None)

    @cached_property
    def chunk_of_sentence(self) -> NDArray[np.int64]:
        """The chunk that each sentence is part of."""
        ends = self.tables.chunks.astype(np.int64)
        starts = self.tables.sentences.astype(np.int64)
        return np.searchsorted(ends[:, 0] << 32 | ends[:, 2], starts[:, 0] << 32 | starts[:, 1], side="right")

    def passages_of_chunks(self, chunks: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of every passage that holds one of the chunks."""
        firsts, lasts = self.tables.chunks_of[:, 0], self.tables.chunks_of[:, 1]
        starts = np.searchsorted(lasts, chunks, side="right")
        ends = np.searchsorted(firsts, chunks, side="right")
        ranges = [np.arange(start, end) for start, end in zip(starts, ends, strict=True)]
        return np.unique(np.concatenate(ranges)) if ranges else np.zeros(0, np.int64)

    def meaning(self, question: Vectors, passages: NDArray[np.int64]) -> NDArray[np.float32]:
        """The cosine of the question with each passage's best chunk."""
        ranges = self.tables.chunks_of[passages]
        rows = np.unique(np.concatenate([np.arange(first, last) for first, last in ranges]))
        similar = dict(zip(rows.tolist(), self.dense.similarity(question, rows).tolist(), strict=True))
        best = [max(similar[row] for row in range(first, last)) for first, last in ranges]
        return np.array(best, np.float32)
