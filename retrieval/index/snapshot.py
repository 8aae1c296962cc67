"""One immutable generation of one collection, searched with FAISS and BM25."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from retrieval.collection.candidates import Candidates
from retrieval.collection.collection import Occurrences
from retrieval.collection.passage import Passage
from retrieval.collection.passage_features import PassageFeatures
from retrieval.collection.pasted import PastedSearch
from retrieval.collection.query_terms import query_terms
from retrieval.collection.source_counts import SourceCount, source_counts
from retrieval.collection.title_search import TitleSearch
from retrieval.dates.date_filter import within
from retrieval.dates.zone import zone_of
from retrieval.index.array_features import array_features
from retrieval.index.dense import Mask
from retrieval.index.holding import holding
from retrieval.index.passage_index import PassageIndex
from retrieval.models.embedder import EncodedQuestion
from retrieval.question.names import Names, people
from retrieval.question.query import Query

CHUNK_CANDIDATES = 200
"""Chunks taken by meaning; their passages are about 150. 100 and 400 gave the same hit@10 on NewsQA."""
PASSAGE_CANDIDATES = 100
"""Passages taken by words."""
NO_SOURCE = -2
"""The row of a source whose articles were all withdrawn; a filter asks for -1 where a source is not there."""

_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Snapshot:
    """A generation in memory: a `Collection`. Nothing in it changes; a reload makes another one.

    `withdrawn` articles are in its index and are never found.
    """

    name: str
    generation: str
    model: str
    created: datetime
    index: PassageIndex
    withdrawn: frozenset[str] = frozenset()

    def without(self, withdrawn: frozenset[str]) -> "Snapshot":
        """The same with these articles withdrawn and no others."""
        return replace(self, withdrawn=withdrawn)

    @cached_property
    def articles(self) -> Sequence[Article]:
        """Its articles without the withdrawn: whatever is counted, listed or named is of these."""
        if self.withdrawn.isdisjoint(self._rows):
            return self.index.articles
        return tuple(article for article in self.index.articles if article.id not in self.withdrawn)

    @property
    def passage_count(self) -> int:
        """How many passages are searched, those of withdrawn articles among them."""
        return len(self.index.tables.passages)

    @cached_property
    def names(self) -> Names:
        """Its sources and authors, as a question may name them."""
        return Names(
            {article.source.casefold(): article.source for article in self.articles}.values(),
            (article.author or "" for article in self.articles),
        )

    @cached_property
    def sources(self) -> Sequence[SourceCount]:
        """Each source, how many articles of it there are, and when the newest was published."""
        return source_counts(self.articles)

    def article(self, article_id: str) -> Article | None:
        """The article of that id, unless it was withdrawn."""
        row = self._rows.get(article_id)
        return None if row is None or article_id in self.withdrawn else self.index.articles[row]

    def titled(self, words: str, *, exact: bool = False) -> Iterator[Article]:
        """The articles whose title, or collection and id, hold the casefolded words; with `exact` those whose
        title they are."""
        return self._titles.holding(words, exact=exact)

    def count(self, query: Query) -> int:
        """How many articles the query's filters let be found."""
        mask = self.allowed(query)
        return len(self.articles) if mask is None else int(mask.sum())

    def latest(self, query: Query, limit: int) -> Sequence[Passage]:
        """The opening passages of the newest articles within the query's filters."""
        mask, articles = self.allowed(query), self.index.articles
        rows = range(len(articles)) if mask is None else np.flatnonzero(mask).tolist()
        newest = heapq.nlargest(limit, rows, key=lambda row: _age(articles[row]))
        return [self.index.first_passage(row) for row in newest]

    def holding(self, phrases: Sequence[str], query: Query) -> Sequence[Article]:
        """The articles within the query's filters that have each of the phrases, the newest first."""
        allowed, articles = self.allowed(query), self.index.articles
        found = np.ones(len(articles), np.bool_) if allowed is None else allowed
        for phrase in phrases:
            found = holding(self.index, phrase, found)
        rows = np.flatnonzero(found).tolist()
        return [articles[row] for row in sorted(rows, key=lambda row: _age(articles[row]), reverse=True)]

    def pasted(self, text: str) -> Article | None:
        """The article whose address, or whose whole title, the text is."""
        return self._pasted.find(text)

    def passage(self, number: int) -> Passage:
        """The passage of that number, which is its row."""
        return self.index.passage(number)

    def candidates(self, query: Query, question: EncodedQuestion | None) -> Candidates:
        """The passages with the highest BM25 scores, and those of the chunks nearest to the question.

        Filters act inside both searches, so that a narrow one costs no candidate.
        """
        index, articles = self.index, self.allowed(query)
        of = index.tables.passages[:, 0]
        terms = index.analyzer.question_terms(query.wording)
        words = index.lexical.scores(terms)
        if articles is not None:
            words = np.where(articles[of], words, 0)
        rows = _best(words, PASSAGE_CANDIDATES)
        if question is not None:
            chunks = index.dense.search(question.vector, CHUNK_CANDIDATES, self._chunk_mask(articles))
            rows = np.union1d(rows, index.passages_of_chunks(chunks))
        meanings = np.zeros(len(rows), np.float32)
        if question is not None and rows.size:
            meanings = index.meaning(question.vector, rows)
        shares = words[rows] / max(index.lexical.bound(terms), 1e-9)
        return Candidates(rows, shares, meanings, index.published[of[rows]])

    def features(
        self, query: Query, question: EncodedQuestion | None, candidates: Candidates
    ) -> PassageFeatures:
        """What the words and the meaning of the candidates, and of each of their sentences, say for them."""
        index = self.index
        terms = query_terms(query.wording, question, index.analyzer, index.lexical.weight)
        numbers, words, meanings = candidates.numbers, candidates.words, candidates.meanings
        return array_features(index, terms, question, numbers, words, meanings)

    def occurrences(self, word: str, limit: int) -> Occurrences | None:
        """The passages that have the word in any form; None for what is not one term."""
        terms = self.index.analyzer.terms(word)
        if len(terms) != 1:
            return None
        rows = self.index.lexical.passages(terms[0])
        if len(self.articles) != len(self.index.articles):
            rows = rows[self._stands[self.index.tables.passages[rows, 0]]]
        return Occurrences(len(rows), tuple(self.index.passage(row) for row in rows[:limit].tolist()))

    def allowed(self, query: Query) -> Mask | None:
        """One flag an article, whether the query's filters let it be found; None where all may be."""
        bounds = query.narrowed()
        if not bounds and not self.withdrawn:
            return None
        mask = np.ones(len(self.index.articles), np.bool_)
        if bounds.periods:
            zone, published = zone_of(query.zone), self.index.published
            mask &= np.logical_or.reduce([within(published, *period, zone) for period in bounds.periods])
        if bounds.sources:
            mask &= np.isin(
                self._source_rows, [self._rows_of_sources.get(name, -1) for name in bounds.sources]
            )
        if bounds.authors:
            mask &= np.array([not bounds.authors.isdisjoint(names) for names in self._authors], np.bool_)
        return mask & self._stands

    def _chunk_mask(self, articles: Mask | None) -> Mask | None:
        return None if articles is None else np.asarray(articles[self.index.tables.chunks[:, 0]], np.bool_)

    @cached_property
    def _titles(self) -> TitleSearch:
        return TitleSearch(self.articles)

    @cached_property
    def _pasted(self) -> PastedSearch:
        return PastedSearch(self.articles)

    @cached_property
    def _authors(self) -> list[frozenset[str]]:
        """Each article's authors, without case."""
        return [frozenset(people((article.author or "").casefold())) for article in self.index.articles]

    @cached_property
    def _rows(self) -> dict[str, int]:
        """Each article's id and its row."""
        return {article.id: row for row, article in enumerate(self.index.articles)}

    @cached_property
    def _rows_of_sources(self) -> dict[str, int]:
        """Each source's name without case, and its row among the sources."""
        names = sorted({article.source.casefold() for article in self.articles})
        return {name: row for row, name in enumerate(names)}

    @cached_property
    def _source_rows(self) -> NDArray[np.int32]:
        """Each article's source's row."""
        articles = self.index.articles
        rows = (self._rows_of_sources.get(article.source.casefold(), NO_SOURCE) for article in articles)
        return np.fromiter(rows, np.int32, len(articles))

    @cached_property
    def _stands(self) -> Mask:
        """One flag an article, whether it was not withdrawn."""
        return np.array([article.id not in self.withdrawn for article in self.index.articles], np.bool_)


def _age(article: Article) -> datetime:
    return article.published or _EVER


def _best(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """The rows with the highest scores above 0, ascending; of equal scores the first rows."""
    if scores.size > count:
        least = np.partition(scores, -count)[-count]
        rows = np.flatnonzero(scores >= least)
        rows = np.sort(rows[np.argsort(-scores[rows], kind="stable")][:count])
    else:
        rows = np.arange(scores.size)
    return np.asarray(rows[scores[rows] > 0], np.int64)
