"""The features of passages, each computed from the text according to its definition."""

from collections.abc import Sequence
from dataclasses import dataclass
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
    rows, sentences = [], []
    for passage, words, meaning in zip(
        passages, candidates.words.tolist(), candidates.meanings.tolist(), strict=True
    ):
        article = passage.passage.article
        alike = [
            share
            for other, share in zip(passages, candidates.words.tolist(), strict=True)
            if other.passage.article is article
        ]
        found = [_Sentence(passage, span, terms, question, analyzer) for span in passage.sentences]
        titled = _has(terms, analyzer.terms(article.title))
        held = np.logical_or.reduce([one.has for one in found])
        nearest = np.maximum.reduce([one.nearest for one in found])
        opens = passage.passage.start == 0
        pairs: list[_Sentence | _Pair] = [found[0], *(one.joined(other) for other, one in pairwise(found))]
        shares = terms.shares()
        rows.append(
            (
                words,
                meaning,
                max(alike),
                (held | titled) @ shares,
                titled @ shares,
                max(pair.has @ shares for pair in pairs),
                nearest @ terms.token_shares() if len(nearest) else 0,
                max(one.mean for one in found),
                opens,
            )
        )
        sentences += [
            (
                one.has @ shares,
                pair.has @ shares,
                one.meaning,
                one.follows @ terms.pair_shares(),
                one.mean,
                one.nearest @ terms.token_shares() if len(one.nearest) else 0,
                pair.mean,
                place / max(len(found) - 1, 1),
                opens and place == 0,
                one.length / 40,
                one.news / 20,
            )
            for place, (one, pair) in enumerate(zip(found, pairs, strict=True))
        ]
    return PassageFeatures(
        np.array(rows, np.float32),
        np.array(sentences, np.float32),
        np.cumsum([0, *(len(passage.sentences) for passage in passages)]),
        np.array([span for passage in passages for span in passage.sentences], np.int64),
    )


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
        self.has = _has(terms, found)
        self.follows = _follows(terms, found)
        self.length = len(found)
        self.news = sum(term not in terms.terms for term in found)
        self.meaning = float(passage.vectors[chunk] @ question.vector[0]) if question else 0.0
        self.nearest = _nearest(passage, chunk, span, terms)

    @property
    def mean(self) -> float:
        """The mean similarity of the question's tokens to their nearest tokens in the sentence."""
        return float(self.nearest.mean()) if len(self.nearest) else 0.0

    def joined(self, before: "_Sentence") -> "_Pair":
        """Combine the sentence with the one before."""
        return _Pair(self.has | before.has, np.maximum(self.nearest, before.nearest))


@dataclass(frozen=True, slots=True)
class _Pair:
    has: NDArray[np.bool_]
    nearest: Floats

    @property
    def mean(self) -> float:
        return float(self.nearest.mean()) if len(self.nearest) else 0.0


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
