"""The features of passages and of their sentences, computed from the arrays of a segment, no text read."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.collection.passage_features import NO_FEATURES, Floats, PassageFeatures
from retrieval.collection.query_terms import QueryTerms
from retrieval.models.embedder import EncodedQuestion
from retrieval.models.token_vectors import similarity
from retrieval.ragged import ranges
from retrieval.segments.segment import Segment
from retrieval.text.analyzer import Analyzer


def array_features(
    segment: Segment,
    analyzer: Analyzer,
    terms: QueryTerms,
    question: EncodedQuestion | None,
    rows: NDArray[np.int64],
    words: Floats,
    meaning: Floats,
) -> PassageFeatures:
    """The features of the passages of these rows, whose BM25 shares and cosines are known."""
    if not rows.size:
        return NO_FEATURES
    tables = segment.tables
    articles = tables.passages[rows, 0]
    of = tables.sentences_of[rows].astype(np.int64)
    sentence_rows, owners = ranges(of[:, 0], of[:, 1])
    starts = np.concatenate([[0], np.cumsum(of[:, 1] - of[:, 0])])
    has, follows, counts, fresh = _terms_found(segment, terms, sentence_rows)
    weights = terms.shares()
    first_of = np.concatenate([[True], owners[1:] != owners[:-1]])
    with_before = has | np.where(first_of[:, None], False, np.roll(has, 1, axis=0))
    passage_has = np.logical_or.reduceat(has, starts[:-1])
    titles = {row: _title(segment, analyzer, terms, row) for row in set(articles.tolist())}
    title_has = np.array([titles[row] for row in articles.tolist()])
    sentence_coverage, pair_coverage = _weighed(has, weights), _weighed(with_before, weights)
    maxsim = _maxsim(segment, terms, sentence_rows, first_of, starts)
    chunk_meaning = _chunk_meaning(segment, question, sentence_rows)
    spans = tables.passages[rows]
    columns = (
        words,
        meaning,
        _best_of_article(articles, words),
        _weighed(passage_has | title_has, weights),
        _weighed(title_has, weights),
        np.maximum.reduceat(pair_coverage, starts[:-1]),
        maxsim.passage,
        np.maximum.reduceat(maxsim.sentence, starts[:-1]),
        spans[:, 1] == 0,
    )
    place = np.arange(len(owners)) - starts[owners]
    sentence_columns = (
        sentence_coverage,
        pair_coverage,
        chunk_meaning,
        _weighed(follows, terms.pair_shares()),
        maxsim.sentence,
        maxsim.sentence_weighted,
        maxsim.pair,
        place / np.maximum(of[owners, 1] - of[owners, 0] - 1, 1),
        (place == 0) & (spans[owners, 1] == 0),
        counts / 40,
        fresh / 20,
    )
    return PassageFeatures(
        np.stack(columns, axis=1).astype(np.float32),
        np.stack(sentence_columns, axis=1).astype(np.float32),
        starts,
        tables.sentences[sentence_rows, 1:].astype(np.int64),
    )


def _weighed(values: NDArray[Any], weights: Floats) -> Floats:
    """The sum of each row's values by weight. Not as a product of matrices, whose last digits hang on how
    many rows there are, and so on how a collection is cut into segments."""
    return np.asarray((values * weights).sum(axis=1), np.float32)


def _terms_found(
    segment: Segment, terms: QueryTerms, sentences: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64]]:
    """Which of the question's terms each sentence has, which of its pairs, how many terms it has in all, and
    how many that the question has not."""
    found, owners = segment.forward.of(sentences)
    rows = segment.term_rows(terms.terms)
    order = np.argsort(rows)
    at = np.searchsorted(rows[order], found)
    # One more, that no term is, for those past the end.
    places = np.where(np.append(rows[order], -1)[at] == found, np.append(order, -1)[at], -1)
    has = np.zeros((len(sentences), len(terms.terms)), np.bool_)
    hit = places >= 0
    has[owners[hit], places[hit]] = True
    pairs = sorted(terms.pairs)
    follows = np.zeros((len(sentences), max(len(pairs), 1)), np.bool_)
    number = {pair: column for column, pair in enumerate(pairs)}
    beside = np.flatnonzero(hit[:-1] & hit[1:] & (owners[:-1] == owners[1:]))
    for left in beside.tolist():
        column = number.get((int(places[left]), int(places[left + 1])))
        if column is not None:
            follows[owners[left], column] = True
    counts = np.bincount(owners, minlength=len(sentences))
    return has, follows, counts, counts - np.bincount(owners[hit], minlength=len(sentences))


def _title(segment: Segment, analyzer: Analyzer, terms: QueryTerms, article: int) -> NDArray[np.bool_]:
    found = set(analyzer.terms(segment.articles.headings[article].title))
    return np.array([term in found for term in terms.terms], np.bool_)


def _best_of_article(articles: NDArray[np.int32], values: Floats) -> Floats:
    best: dict[int, float] = {}
    for row, value in zip(articles.tolist(), values.tolist(), strict=True):
        best[row] = max(value, best.get(row, value))
    return np.array([best[row] for row in articles.tolist()], np.float32)


@dataclass(frozen=True, slots=True)
class _MaxSim:
    passage: Floats
    sentence: Floats
    sentence_weighted: Floats
    pair: Floats


def _maxsim(
    segment: Segment,
    terms: QueryTerms,
    sentences: NDArray[np.int64],
    first_of: NDArray[np.bool_],
    starts: NDArray[np.int64],
) -> _MaxSim:
    """Late interaction: each token of the question with the nearest token, averaged (ColBERT's MaxSim)."""
    if not len(terms.tokens):
        nothing = np.zeros(len(sentences), np.float32)
        return _MaxSim(np.zeros(len(starts) - 1, np.float32), nothing, nothing, nothing)
    nearest = _nearest(segment, terms, sentences)
    before = np.where(first_of[:, None], 0, np.roll(nearest, 1, axis=0))
    weights = terms.token_shares()
    return _MaxSim(
        _weighed(np.maximum.reduceat(nearest, starts[:-1]), weights),
        nearest.mean(axis=1),
        _weighed(nearest, weights),
        np.maximum(nearest, before).mean(axis=1),
    )


def _nearest(segment: Segment, terms: QueryTerms, sentences: NDArray[np.int64]) -> Floats:
    """For each sentence and each token of the question the similarity of the nearest token, 0 without any."""
    tables, tokens = segment.tables, segment.tokens
    chosen, back = np.unique(sentences, return_inverse=True)
    chunks = np.unique(segment.chunk_of_sentence[chosen])
    at, owners = ranges(tokens.starts[chunks], tokens.starts[chunks + 1])
    similar = similarity(terms.tokens, tokens.signs[at])
    where = tables.chunks[chunks[owners], 1] + tokens.places[at]
    keys = tables.chunks[chunks[owners], 0].astype(np.int64) << 32 | where
    bounds = tables.sentences[chosen].astype(np.int64)
    first = np.searchsorted(keys, bounds[:, 0] << 32 | bounds[:, 1])
    last = np.searchsorted(keys, bounds[:, 0] << 32 | bounds[:, 2])
    best = np.zeros((len(chosen), len(terms.tokens)), np.float32)
    filled = np.flatnonzero(first < last)
    if len(filled):
        # Between the sentences asked for stand tokens of others, so each is cut at its own bounds.
        cuts = np.stack([first[filled], last[filled]], axis=1).ravel()
        padded = np.concatenate([similar, np.full((len(similar), 1), -1, np.float32)], axis=1)
        best[filled] = np.maximum(np.maximum.reduceat(padded, cuts, axis=1)[:, ::2].T, 0)
    return best[back]


def _chunk_meaning(
    segment: Segment, question: EncodedQuestion | None, sentences: NDArray[np.int64]
) -> Floats:
    """The cosine of each sentence's chunk."""
    if question is None:
        return np.zeros(len(sentences), np.float32)
    chunks, back = np.unique(segment.chunk_of_sentence[sentences], return_inverse=True)
    return segment.dense.similarity(question.vector, chunks.astype(np.int64))[back]
