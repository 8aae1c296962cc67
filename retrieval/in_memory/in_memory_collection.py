"""A collection in memory, searched by brute force."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

import numpy as np

from corpus.article import Article
from retrieval.collection.candidates import Candidates
from retrieval.collection.collection import Occurrences
from retrieval.collection.passage import Passage, context_of, split_article
from retrieval.collection.passage_features import PassageFeatures
from retrieval.collection.pasted_reference import TitleAndUrlIndex
from retrieval.collection.phrases import contains_phrase, is_about
from retrieval.collection.query_terms import query_terms
from retrieval.collection.source_counts import SourceCount, source_counts
from retrieval.collection.title_search import TitleSearch
from retrieval.in_memory.text_features import SplitPassage, text_features
from retrieval.models.embedder import Embedder, EncodedQuestion
from retrieval.question.names import Names
from retrieval.question.query import Query
from retrieval.segments.article_filter import filter_mask
from retrieval.segments.article_table import ArticleTable
from retrieval.text.analyzer import Analyzer

K1, B = 1.2, 0.75
"""BM25's parameters: Lucene's defaults, as in `retrieval.index.collection_bm25`."""


@dataclass(frozen=True, slots=True)
class _Indexed:
    """A passage with its parts, and the counts of the terms by which it is found."""

    split: SplitPassage
    terms: Counter[str]


class InMemoryCollection:
    """A `Collection` without FAISS, BM25 index or files: a plain reference implementation of each number.

    For tests and a few hundred articles; a question examines every passage.
    """

    def __init__(
        self,
        articles: Sequence[Article],
        embedder: Embedder,
        name: str = "news",
        withdrawn: frozenset[str] = frozenset(),
    ) -> None:
        """`articles` are those of the collection, in any order."""
        self.name = name
        self.generation = f"in memory {name}"
        self.withdrawn = withdrawn
        self._every = tuple(sorted(articles, key=lambda article: article.id))
        self._table = ArticleTable.of(self._every)
        self._embedder, self._analyzer = embedder, Analyzer()
        self._passages = [one for article in self._every for one in self._indexed(article)]
        self.articles = tuple(article for article in self._every if article.id not in withdrawn)
        self.headings = self.articles
        self.sources: Sequence[SourceCount] = source_counts(self.articles)
        self.names = Names(
            {article.source.casefold(): article.source for article in self.articles}.values(),
            (article.author or "" for article in self.articles),
        )

    def without(self, withdrawn: frozenset[str]) -> "InMemoryCollection":
        """A copy with exactly these articles withdrawn."""
        return InMemoryCollection(self._every, self._embedder, self.name, withdrawn)

    @property
    def passage_count(self) -> int:
        """The number of passages, including those of withdrawn articles."""
        return len(self._passages)

    def article(self, article_id: str) -> Article | None:
        """The article with that id, unless it is withdrawn."""
        return next((article for article in self.articles if article.id == article_id), None)

    def titled(self, words: str, *, exact: bool = False) -> Iterator[Article]:
        """The articles whose title, or `COLLECTION:ID`, contains the casefolded words; with `exact`, those
        whose title equals them."""
        return TitleSearch(self.articles).matching(words, exact=exact)

    def count(self, query: Query) -> int:
        """The number of articles that pass the query's filters."""
        return len(self._allowed(query))

    def version(self, article_id: str) -> str | None:
        """The version of the article with that id, withdrawn or not; None if there is none."""
        return next((one.version() for one in self._every if one.id == article_id), None)

    def newer_than(self, earlier: "InMemoryCollection") -> frozenset[str]:
        """The ids of articles that are new or changed since the earlier state."""
        return frozenset(one.id for one in self.articles if earlier.version(one.id) != one.version())

    def select(self, article_ids: Set[str]) -> "InMemorySelection":
        """The articles with these ids that it has, to be compared with many questions."""
        return InMemorySelection(self, article_ids)

    def latest(self, query: Query, limit: int) -> Sequence[Passage]:
        """The opening passages of the newest articles within the query's filters."""
        return [self._opening(article) for article in _newest_first(self._allowed(query))[:limit]]

    def articles_with_phrase(
        self, phrases: Sequence[str], query: Query, *, about: bool = False
    ) -> Sequence[Article]:
        """The articles within the query's filters that contain each of the phrases, or are about each of
        them, newest first."""
        holds = is_about if about else contains_phrase
        return _newest_first(
            article
            for article in self._allowed(query)
            if all(holds(article, phrase, self._analyzer) for phrase in phrases)
        )

    def pasted(self, text: str) -> Article | None:
        """The article whose address or complete title is the text."""
        return TitleAndUrlIndex(self.articles).find(text)

    def at_address(self, address: str) -> Article | None:
        """The article with that address."""
        return TitleAndUrlIndex(self.articles).at(address)

    def passage(self, number: int) -> Passage:
        """The passage of that number."""
        return self._passages[number].split.passage

    def candidates(self, query: Query, question: EncodedQuestion | None) -> Candidates:
        """Every passage within the filters that shares a word with the query; with a model, every passage."""
        found = self.scored(query, question)
        return found if question is not None else found.take(np.flatnonzero(found.words > 0))

    def scored(self, query: Query, question: EncodedQuestion | None) -> Candidates:
        """Every passage within the filters, with its scores."""
        terms = self._analyzer.question_terms(query.wording)
        bound = max(sum(map(self._weight, terms)), 1e-9)
        ids = {article.id for article in self._allowed(query)}
        allowed = [
            (number, one) for number, one in enumerate(self._passages) if one.split.passage.article.id in ids
        ]
        return Candidates(
            np.array([number for number, _ in allowed], np.int64),
            np.array([self._score(one, terms) / bound for _, one in allowed], np.float32),
            np.array([_meaning(one.split, question) for _, one in allowed], np.float32),
            np.array([_seconds(one.split.passage.article, undated=math.nan) for _, one in allowed]),
        )

    def features(
        self, query: Query, question: EncodedQuestion | None, candidates: Candidates
    ) -> PassageFeatures:
        """The text features of the candidates and of each of their sentences."""
        terms = query_terms(query.wording, question, self._analyzer, self._weight)
        passages = [self._passages[number].split for number in candidates.numbers.tolist()]
        return text_features(passages, candidates, terms, question, self._analyzer)

    def occurrences(self, word: str, limit: int) -> Occurrences | None:
        """The passages that contain the word in any inflection; None if it is not a single term."""
        terms = self._analyzer.terms(word)
        if len(terms) != 1:
            return None
        found = [
            one.split.passage
            for one in self._passages
            if terms[0] in one.terms and one.split.passage.article.id not in self.withdrawn
        ]
        return Occurrences(len(found), tuple(found[:limit]))

    def _indexed(self, article: Article) -> Iterator[_Indexed]:
        split = split_article(article)
        chunks = [article.text[start:end] for start, end in split.chunks]
        encoded = self._embedder.embed_passages(chunks)
        context = self._analyzer.terms(context_of(article))
        for (start, end), chunk_range, sentence_range in zip(
            split.passages, split.chunks_of, split.sentences_of, strict=True
        ):
            sentences = split.sentences[slice(*sentence_range)]
            words = [term for a, b in sentences for term in self._analyzer.terms(article.text[a:b])]
            places = range(*chunk_range)
            yield _Indexed(
                SplitPassage(
                    Passage(article, start, end),
                    tuple(sentences),
                    tuple(split.chunks[place] for place in places),
                    encoded.vectors[slice(*chunk_range)].astype(np.float32),
                    tuple(encoded.tokens.of(place) for place in places),
                ),
                Counter([*context, *words]),
            )

    def _weight(self, term: str) -> float:
        count = sum(term in one.terms for one in self._passages)
        return math.log(1 + (len(self._passages) - count + 0.5) / (count + 0.5))

    def _score(self, one: _Indexed, terms: Sequence[str]) -> float:
        average = sum(other.terms.total() for other in self._passages) / len(self._passages)
        length = K1 * (1 - B + B * one.terms.total() / average)
        return sum(self._weight(term) * one.terms[term] / (one.terms[term] + length) for term in terms)

    def _opening(self, article: Article) -> Passage:
        return next(one.split.passage for one in self._passages if one.split.passage.article is article)

    def _allowed(self, query: Query) -> list[Article]:
        """The articles that are not withdrawn and within the query's filters."""
        mask = filter_mask(self._table, np.ones(len(self._every), np.bool_), query.filters(), query)
        found = (self._every[row] for row in np.flatnonzero(mask))
        return [article for article in found if article.id not in self.withdrawn]


class InMemorySelection:
    """Some articles of an in-memory collection: every passage is scored, and theirs are selected."""

    def __init__(self, collection: InMemoryCollection, article_ids: Set[str]) -> None:
        """Articles that the collection does not have are ignored."""
        self._collection, self._ids = collection, article_ids

    def candidates(self, query: Query, question: EncodedQuestion | None) -> Candidates:
        """All passages of the articles that are within the query's filters."""
        found = self._collection.scored(query, question)
        ids = [self._collection.passage(number).article.id for number in found.numbers.tolist()]
        return found.take(np.flatnonzero([one in self._ids for one in ids]))


def _newest_first(articles: Iterable[Article]) -> list[Article]:
    return sorted(articles, key=lambda article: -_seconds(article, undated=-math.inf))


def _seconds(article: Article, *, undated: float) -> float:
    return article.published.timestamp() if article.published else undated


def _meaning(split: SplitPassage, question: EncodedQuestion | None) -> float:
    """The cosine of the question and the passage's nearest chunk."""
    return float((split.vectors @ question.vector[0]).max()) if question else 0.0
