"""Computes the features of passages and their sentences from arrays of several segments."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.collection.passage_features import Floats, PassageFeatures
from retrieval.collection.query_terms import QueryTerms
from retrieval.index.passage_arrays import PassageArrays
from retrieval.models.token_vectors import similarity
from retrieval.ragged import starts_of
from retrieval.text.analyzer import Analyzer


def array_features(
    taken: PassageArrays, analyzer: Analyzer, terms: QueryTerms, words: Floats, meaning: Floats
) -> PassageFeatures:
    """The features of the passages; `words` are their BM25 shares and `meaning` their cosines."""
    starts = starts_of(taken.counts)
    owners = np.repeat(np.arange(len(taken.counts)), taken.counts)
    has, follows, fresh = _terms_found(taken, terms)
    weights = terms.shares()
    first_of = np.concatenate([[True], owners[1:] != owners[:-1]])
    with_before = has | np.where(first_of[:, None], False, np.roll(has, 1, axis=0))
    passage_has = np.logical_or.reduceat(has, starts[:-1])
    titles = {title: _title(analyzer, terms, title) for title in set(taken.titles)}
    title_has = np.array([titles[title] for title in taken.titles], np.bool_)
    sentence_coverage, pair_coverage = _weighed(has, weights), _weighed(with_before, weights)
    maxsim = _maxsim(taken, terms, first_of, starts)
    columns = (
        words,
        meaning,
        _best_of_article(taken.passages[:, 0], words),
        _weighed(passage_has | title_has, weights),
        _weighed(title_has, weights),
        np.maximum.reduceat(pair_coverage, starts[:-1]),
        maxsim.passage,
        np.maximum.reduceat(maxsim.sentence, starts[:-1]),
        taken.passages[:, 1] == 0,
    )
    place = np.arange(len(owners)) - starts[owners]
    sentence_columns = (
        sentence_coverage,
        pair_coverage,
        taken.chunk_meanings,
        _weighed(follows, terms.pair_shares()),
        maxsim.sentence,
        maxsim.sentence_weighted,
        maxsim.pair,
        place / np.maximum(taken.counts[owners] - 1, 1),
        (place == 0) & (taken.passages[owners, 1] == 0),
        taken.term_counts / 40,
        fresh / 20,
    )
    return PassageFeatures(
        np.stack(columns, axis=1).astype(np.float32),
        np.stack(sentence_columns, axis=1).astype(np.float32),
        starts,
        taken.sentences[:, 1:],
    )


def _weighed(values: NDArray[Any], weights: Floats) -> Floats:
    """The weighted sum of each row. Not a matrix product, whose last digits depend on the number of rows, and
    so on how a collection is divided into segments."""
    return np.asarray((values * weights).sum(axis=1), np.float32)


def _terms_found(
    taken: PassageArrays, terms: QueryTerms
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int64]]:
    """For each sentence: which of the question's terms it has, which of the question's pairs, and how many
    terms that are not in the question."""
    count, places = len(taken.sentences), taken.terms
    owners = np.repeat(np.arange(count), taken.term_counts)
    has = np.zeros((count, len(terms.terms)), np.bool_)
    hit = places >= 0
    has[owners[hit], places[hit]] = True
    pairs = sorted(terms.pairs)
    follows = np.zeros((count, max(len(pairs), 1)), np.bool_)
    number = {pair: column for column, pair in enumerate(pairs)}
    beside = np.flatnonzero(hit[:-1] & hit[1:] & (owners[:-1] == owners[1:]))
    for left in beside.tolist():
        column = number.get((int(places[left]), int(places[left + 1])))
        if column is not None:
            follows[owners[left], column] = True
    return has, follows, taken.term_counts - np.bincount(owners[hit], minlength=count)


def _title(analyzer: Analyzer, terms: QueryTerms, title: str) -> list[bool]:
    found = analyzer.title_terms(title)
    return [term in found for term in terms.terms]


def _best_of_article(articles: NDArray[np.int64], values: Floats) -> Floats:
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
    taken: PassageArrays, terms: QueryTerms, first_of: NDArray[np.bool_], starts: NDArray[np.int64]
) -> _MaxSim:
    """Late interaction: each token of the question with the nearest token, averaged (ColBERT's MaxSim)."""
    if not len(terms.tokens):
        nothing = np.zeros(len(taken.sentences), np.float32)
        return _MaxSim(np.zeros(len(starts) - 1, np.float32), nothing, nothing, nothing)
    nearest = _nearest(taken, terms)
    before = np.where(first_of[:, None], 0, np.roll(nearest, 1, axis=0))
    weights = terms.token_shares()
    return _MaxSim(
        _weighed(np.maximum.reduceat(nearest, starts[:-1]), weights),
        nearest.mean(axis=1),
        _weighed(nearest, weights),
        np.maximum(nearest, before).mean(axis=1),
    )


def _nearest(taken: PassageArrays, terms: QueryTerms) -> Floats:
    """For each sentence and each token of the question, the similarity of the nearest token; 0 if the
    sentence has no tokens."""
    _, chosen, back = np.unique(taken.numbers, return_index=True, return_inverse=True)
    similar = similarity(terms.tokens, taken.token_signs)
    bounds = taken.sentences[chosen]
    first = np.searchsorted(taken.token_keys, bounds[:, 0] << 32 | bounds[:, 1])
    last = np.searchsorted(taken.token_keys, bounds[:, 0] << 32 | bounds[:, 2])
    best = np.zeros((len(chosen), len(terms.tokens)), np.float32)
    filled = np.flatnonzero(first < last)
    if len(filled):
        # Tokens of other sentences may be in between, so each sentence's slice has its own end.
        cuts = np.stack([first[filled], last[filled]], axis=1).ravel()
        padded = np.concatenate([similar, np.full((len(similar), 1), -1, np.float32)], axis=1)
        best[filled] = np.maximum(np.maximum.reduceat(padded, cuts, axis=1)[:, ::2].T, 0)
    return best[back]
