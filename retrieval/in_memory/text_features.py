"""The features of passages, each computed from the text according to its definition."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.collection.candidates import Candidates
from retrieval.collection.passage import Passage
from retrieval.collection.passage_features import NO_FEATURES, Floats, PassageFeatures
from retrieval.collection.query_terms import QueryTerms
from retrieval.models.embedder import EncodedQuestion, Vectors
from retrieval.models.token_vectors import Places, Signs, similarity
from retrieval.text.analyzer import Analyzer
from retrieval.text.sentences import Span


@dataclass(frozen=True, slots=True)
class SplitPassage:
    """A passage with its sentences and chunks (spans in its article), and each chunk's vector and tokens."""

    passage: Passage
    sentences: tuple[Span, ...]
    chunks: tuple[Span, ...]
    vectors: Vectors
    tokens: tuple[tuple[Places, Signs], ...]


def text_features(
    passages: Sequence[SplitPassage],
    candidates: Candidates,
    terms: QueryTerms,
    question: EncodedQuestion | None,
    analyzer: Analyzer,
) -> PassageFeatures:
    """The features of these passages; the candidates have their BM25 shares and cosines."""
    if not passages:
        return NO_FEATURES
    shares = candidates.words.tolist()
    rows, sentences = [], []
    for passage, share, meaning in zip(passages, shares, candidates.meanings.tolist(), strict=True):
        article = passage.passage.article
        best = max(
            one for other, one in zip(passages, shares, strict=True) if other.passage.article is article
        )
        found = _Passage(passage, terms, question, analyzer)
        rows.append((share, meaning, best, *found.row()))
        sentences += found.sentence_rows()
    return PassageFeatures(
        np.array(rows, np.float32),
        np.array(sentences, np.float32),
        np.cumsum([0, *(len(passage.sentences) for passage in passages)]),
        np.array([span for passage in passages for span in passage.sentences], np.int64),
    )


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Which of the question's terms a text has, and for each of the question's tokens the similarity of the
    nearest token of the text."""

    terms: QueryTerms
    has: NDArray[np.bool_]
    nearest: Floats

    @property
    def coverage(self) -> float:
        """The weight of the terms that it has."""
        return float(self.has @ self.terms.shares())

    @property
    def weighted(self) -> float:
        """The similarity of the tokens to their nearest tokens in the text, by the tokens' weights."""
        return float(self.nearest @ self.terms.token_shares()) if len(self.nearest) else 0.0

    @property
    def mean(self) -> float:
        """The mean similarity of the tokens to their nearest tokens in the text."""
        return float(self.nearest.mean()) if len(self.nearest) else 0.0

    def joined(self, other: "_Evidence") -> "_Evidence":
        """The same of both texts together."""
        return _Evidence(self.terms, self.has | other.has, np.maximum(self.nearest, other.nearest))


class _Passage:
    """A passage and its sentences, compared with the question."""

    def __init__(
        self, passage: SplitPassage, terms: QueryTerms, question: EncodedQuestion | None, analyzer: Analyzer
    ) -> None:
        self._terms = terms
        self._sentences = [_Sentence(passage, span, terms, question, analyzer) for span in passage.sentences]
        own = [one.own for one in self._sentences]
        self._whole = reduce(_Evidence.joined, own)
        self._pairs = [own[0], *(one.joined(before) for before, one in pairwise(own))]
        self._titled = _has(terms, analyzer.terms(passage.passage.article.title))
        self._opens = passage.passage.start == 0

    def row(self) -> tuple[float, ...]:
        """TEXT_FEATURES from `coverage` on."""
        shares = self._terms.shares()
        return (
            float((self._whole.has | self._titled) @ shares),
            float(self._titled @ shares),
            max(pair.coverage for pair in self._pairs),
            self._whole.weighted,
            max(one.own.mean for one in self._sentences),
            self._opens,
        )

    def sentence_rows(self) -> list[tuple[float, ...]]:
        """SENTENCE_FEATURES of each sentence."""
        last = max(len(self._sentences) - 1, 1)
        return [
            (
                one.own.coverage,
                pair.coverage,
                one.meaning,
                float(one.follows @ self._terms.pair_shares()),
                one.own.mean,
                one.own.weighted,
                pair.mean,
                place / last,
                self._opens and place == 0,
                one.length / 40,
                one.news / 20,
            )
            for place, (one, pair) in enumerate(zip(self._sentences, self._pairs, strict=True))
        ]


class _Sentence:
    """The features of one sentence with regard to the question."""

    def __init__(
        self,
        passage: SplitPassage,
        span: Span,
        terms: QueryTerms,
        question: EncodedQuestion | None,
        analyzer: Analyzer,
    ) -> None:
        found = analyzer.terms(passage.passage.article.text[slice(*span)])
        chunk = next(
            place for place, (start, end) in enumerate(passage.chunks) if start <= span[0] and span[1] <= end
        )
        self.own = _Evidence(terms, _has(terms, found), _nearest(passage, chunk, span, terms))
        self.follows = _follows(terms, found)
        self.length = len(found)
        self.news = sum(term not in terms.terms for term in found)
        self.meaning = float(passage.vectors[chunk] @ question.vector[0]) if question else 0.0


def _has(terms: QueryTerms, found: Sequence[str]) -> NDArray[np.bool_]:
    """Which of the question's terms are among `found`."""
    return np.array([term in found for term in terms.terms], np.bool_)


def _follows(terms: QueryTerms, found: Sequence[str]) -> NDArray[np.bool_]:
    """Which of the question's pairs are adjacent in `found`."""
    beside = set(pairwise(found))
    pairs = [(terms.terms[one], terms.terms[other]) in beside for one, other in sorted(terms.pairs)]
    return np.array(pairs or [False], np.bool_)


def _nearest(passage: SplitPassage, chunk: int, span: Span, terms: QueryTerms) -> Floats:
    """For each token of the question, the similarity of the nearest token in the sentence; 0 if there is
    none."""
    places, signs = passage.tokens[chunk]
    where = passage.chunks[chunk][0] + places.astype(np.int64)
    inside = signs[(where >= span[0]) & (where < span[1])]
    if not len(terms.tokens) or not len(inside):
        return np.zeros(len(terms.tokens), np.float32)
    return np.asarray(np.maximum(similarity(terms.tokens, inside).max(axis=1), 0), np.float32)
