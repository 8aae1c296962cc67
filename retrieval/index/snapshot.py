"""One immutable generation of one collection, searched with FAISS and BM25."""

import heapq
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import numpy as np

from corpus.article import Article, published_or_earliest
from retrieval.collection.candidates import Candidates
from retrieval.collection.collection import Occurrences
from retrieval.collection.passage import Passage
from retrieval.collection.passage_features import NO_FEATURES, PassageFeatures
from retrieval.collection.pasted_reference import TitleAndUrlIndex
from retrieval.collection.query_terms import query_terms
from retrieval.collection.source_counts import SourceCount, source_counts
from retrieval.collection.title_search import TitleSearch
from retrieval.index.array_features import array_features
from retrieval.index.article_order import ArticleOrder
from retrieval.index.candidate_search import find_candidates
from retrieval.index.collection_bm25 import CollectionBm25
from retrieval.index.live_segment import LiveSegment
from retrieval.index.nearest import NearestChunks
from retrieval.index.passage_arrays import passage_arrays
from retrieval.index.phrase_search import articles_with_phrase
from retrieval.index.quantised_search import QUANTISED_SEARCH
from retrieval.index.selection import Selection
from retrieval.models.embedder import EncodedQuestion
from retrieval.question.names import Names
from retrieval.question.query import Query
from retrieval.segments.article_filter import filter_mask
from retrieval.segments.article_table import Heading
from retrieval.segments.dense import Mask
from retrieval.segments.segment import Segment
from retrieval.text.analyzer import Analyzer


@dataclass(frozen=True)
class Snapshot:
    """A generation opened for searching: an immutable `Collection`. A reload opens another one.

    A passage's number is its row in its segment plus the number of passages in all earlier segments. Articles
    that are `gone` from a segment, or `withdrawn`, are still in the segment but never found; withdrawn ones
    still count in word statistics. `nearest` searches the vectors.
    """

    name: str
    generation: str
    model: str
    created: datetime
    live: tuple[LiveSegment, ...]
    analyzer: Analyzer
    withdrawn: frozenset[str] = frozenset()
    nearest: NearestChunks = QUANTISED_SEARCH

    def without(self, withdrawn: frozenset[str]) -> "Snapshot":
        """A copy with exactly these articles withdrawn."""
        return replace(self, withdrawn=withdrawn)

    @cached_property
    def segments(self) -> Sequence[Segment]:
        """The segments, including articles that are gone."""
        return [one.segment for one in self.live]

    @cached_property
    def articles(self) -> ArticleOrder:
        """Its articles without withdrawn ones; counts, lists and names refer to these."""
        return ArticleOrder(self.segments, self._masks)

    @cached_property
    def headings(self) -> Sequence[Heading]:
        """The headings of `articles`, without texts."""
        return self.articles.headings()

    @cached_property
    def words(self) -> CollectionBm25:
        """BM25 over all live passages."""
        return CollectionBm25(self.live)

    @property
    def passage_count(self) -> int:
        """The number of passages, including those of withdrawn articles."""
        return self.words.passage_count

    @cached_property
    def names(self) -> Names:
        """Its sources and authors, under the names that a question may use."""
        return Names(
            {one.source.casefold(): one.source for one in self.headings}.values(),
            (one.author or "" for one in self.headings),
        )

    @cached_property
    def sources(self) -> Sequence[SourceCount]:
        """The sources, each with its number of articles and the date of the newest."""
        return source_counts(self.headings)

    def article(self, article_id: str) -> Article | None:
        """The article with that id, unless it is withdrawn."""
        for segment, mask in zip(self.segments, self._masks, strict=True):
            row = segment.articles.row(article_id)
            if row is not None and mask[row]:
                return segment.articles[row]
        return None

    def titled(self, words: str, *, exact: bool = False) -> Iterator[Article]:
        """The articles whose title, or `COLLECTION:ID`, contains the casefolded words; with `exact`, those
        whose title equals them."""
        found = (self.article(one.id) for one in self._titles.matching(words, exact=exact))
        return (one for one in found if one)

    def count(self, query: Query) -> int:
        """The number of articles that pass the query's filters."""
        masks = self.allowed(query)
        return sum(
            len(segment.articles) if mask is None else int(mask.sum())
            for segment, mask in zip(self.segments, masks, strict=True)
        )

    def newer_than(self, earlier: "Snapshot") -> frozenset[str]:
        """The ids of articles that are new or changed since the earlier state. Only segments that it did not
        have are examined; articles that a merge copied have the same versions."""
        known = {id(segment) for segment in earlier.segments}
        return frozenset(
            heading.id
            for one, mask in zip(self.live, self._masks, strict=True)
            if id(one.segment) not in known
            for heading, stands in zip(one.segment.articles.headings, mask.tolist(), strict=True)
            if stands and earlier.version(heading.id) != heading.version
        )

    def select(self, article_ids: Set[str]) -> Selection:
        """The articles with these ids that it has, to be compared with many questions."""
        return Selection(self, article_ids)

    def version(self, article_id: str) -> str | None:
        """The version of the article with that id, withdrawn or not; None if there is none."""
        for one in self.live:
            row = one.segment.articles.row(article_id)
            if row is not None and one.articles[row]:
                return one.segment.articles.headings[row].version
        return None

    def latest(self, query: Query, limit: int) -> Sequence[Passage]:
        """The opening passages of the newest articles within the query's filters."""
        found = self._found(self.allowed(query))
        newest = heapq.nsmallest(limit, found, key=self._newest_first)
        return [self.segments[place].first_passage(row) for place, row in newest]

    def articles_with_phrase(
        self, phrases: Sequence[str], query: Query, *, about: bool = False
    ) -> Sequence[Article]:
        """The articles within the query's filters that contain each of the phrases, or are about each of
        them, newest first."""
        masks: list[Mask | None] = []
        for segment, allowed in zip(self.segments, self.allowed(query), strict=True):
            found = np.ones(len(segment.articles), np.bool_) if allowed is None else allowed
            for phrase in phrases:
                found = articles_with_phrase(segment, self.analyzer, phrase, found, about=about)
            masks.append(found)
        rows = sorted(self._found(masks), key=self._newest_first)
        return [self.segments[place].articles[row] for place, row in rows]

    def pasted(self, text: str) -> Article | None:
        """The article whose address or complete title is the text."""
        found = self._pasted.find(text)
        return self.article(found.id) if found else None

    def at_address(self, address: str) -> Article | None:
        """The article with that address."""
        found = self._pasted.at(address)
        return self.article(found.id) if found else None

    def passage(self, number: int) -> Passage:
        """The passage of that number."""
        place, row = self.words.numbers.row(number)
        return self.segments[place].passage(row)

    def candidates(self, query: Query, question: EncodedQuestion | None) -> Candidates:
        """The passages with the highest BM25 scores, and those of the chunks nearest to the question."""
        terms = self.analyzer.question_terms(query.wording)
        return find_candidates(self.segments, self.words, terms, question, self.allowed(query), self.nearest)

    def features(
        self, query: Query, question: EncodedQuestion | None, candidates: Candidates
    ) -> PassageFeatures:
        """The text features of the candidates and of each of their sentences."""
        terms = query_terms(query.wording, question, self.analyzer, self.words.weight)
        if not len(candidates):
            return NO_FEATURES
        order = np.argsort(candidates.numbers)
        ordered = candidates.take(order)
        parts = self.words.numbers.parts(ordered.numbers)
        arrays = passage_arrays(self.segments, parts, terms, question)
        found = array_features(arrays, self.analyzer, terms, ordered.words, ordered.meanings)
        return found.take(np.argsort(order))

    def occurrences(self, word: str, limit: int) -> Occurrences | None:
        """The passages that contain the word in any inflection; None if it is not a single term."""
        terms = self.analyzer.terms(word)
        if len(terms) != 1:
            return None
        count, first = 0, list[Passage]()
        for segment, mask in zip(self.segments, self._masks, strict=True):
            rows = segment.postings.passages(terms[0])
            if not len(rows):  # common: hundreds of spellings are tried for a misspelt word
                continue
            rows = rows[mask[segment.tables.passages[rows, 0]]]
            count += len(rows)
            first += [segment.passage(row) for row in rows[:limit].tolist()]
        first.sort(key=lambda passage: (passage.article.id, passage.start))
        return Occurrences(count, tuple(first[:limit]))

    def allowed(self, query: Query) -> Sequence[Mask | None]:
        """For each segment one flag per article: whether it is live, not withdrawn and within the query's
        filters; None if all are."""
        bounds = query.filters()
        masks = self._masks
        if bounds:
            masks = [
                filter_mask(segment.articles, mask, bounds, query)
                for segment, mask in zip(self.segments, masks, strict=True)
            ]
        return [None if mask.all() else mask for mask in masks]

    def _found(self, masks: Sequence[Mask | None]) -> Iterator[tuple[int, int]]:
        """The segment index and the row of each article that is allowed."""
        for place, (segment, mask) in enumerate(zip(self.segments, masks, strict=True)):
            rows = range(len(segment.articles)) if mask is None else np.flatnonzero(mask).tolist()
            yield from ((place, row) for row in rows)

    def _newest_first(self, found: tuple[int, int]) -> tuple[float, str]:
        heading = self.segments[found[0]].articles.headings[found[1]]
        return -published_or_earliest(heading).timestamp(), heading.id

    @cached_property
    def _titles(self) -> TitleSearch[Heading]:
        return TitleSearch(self.headings)

    @cached_property
    def _pasted(self) -> TitleAndUrlIndex[Heading]:
        return TitleAndUrlIndex(self.headings)

    @cached_property
    def _masks(self) -> Sequence[Mask]:
        """For each segment one flag per article: whether it is live and not withdrawn."""
        masks = []
        for one in self.live:
            mask = one.articles.copy()
            rows = (one.segment.articles.row(article_id) for article_id in self.withdrawn)
            mask[[row for row in rows if row is not None]] = False
            masks.append(mask)
        return masks
