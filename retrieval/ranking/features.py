"""What speaks for a passage, and for each of its sentences: the numbers that ranking weighs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.index.forward import ranges
from retrieval.index.snapshot import Snapshot
from retrieval.models.embedder import EncodedQuestion
from retrieval.models.token_vectors import similarity
from retrieval.question.query import Query
from retrieval.ranking.query_terms import Asked, as_asked
from retrieval.ranking.timeliness import TIMELINESS, timely

Floats = NDArray[np.float32]

PASSAGE_FEATURES = (
    "words",  # BM25 as a share of its bound
    "meaning",  # the cosine of the nearest chunk
    "article_words",  # the highest `words` of the article's passages
    "coverage",  # of the question's content words, by weight, what stands in the passage or its title
    "title_coverage",  # what stands in the title
    "pair_coverage",  # what stands in the best two neighbouring sentences
    "maxsim",  # each word of the question with the nearest of the passage, by the weight of the words
    "maxsim_sentence",  # the same within the best sentence, each word alike
    "lead",  # whether it opens its article
    *TIMELINESS,
)
SENTENCE_FEATURES = (
    "coverage",
    "pair_coverage",  # with the sentence before
    "meaning",  # of its chunk
    "phrases",  # of the pairs of words that follow each other in the question, what follows here
    "maxsim",
    "maxsim_weighted",
    "maxsim_pair",  # each token with the nearest of the sentence or of the one before
    "place",  # in the passage, 0 to 1
    "lead",  # whether it opens the article
    "length",  # terms, of 40
    "news",  # terms that the question has not, of 20
)


@dataclass(frozen=True, slots=True)
class PassageFeatures:
    """The features of some passages of a snapshot and of all their sentences.

    `passages` has a row a passage (PASSAGE_FEATURES); `sentences` a row a sentence (SENTENCE_FEATURES), those
    of passage i from `starts[i]` to `starts[i + 1]`, with their rows in the snapshot in `rows`.
    """

    passages: Floats
    sentences: Floats
    starts: NDArray[np.int64]
    rows: NDArray[np.int64]


_NOTHING = PassageFeatures(
    np.zeros((0, len(PASSAGE_FEATURES)), np.float32),
    np.zeros((0, len(SENTENCE_FEATURES)), np.float32),
    np.zeros(1, np.int64),
    np.zeros(0, np.int64),
)


def extract(
    snapshot: Snapshot,
    query: Query,
    question: EncodedQuestion | None,
    rows: NDArray[np.int64],
    words: Floats,
    meaning: Floats,
) -> PassageFeatures:
    """The features of the passages of these rows, whose BM25 shares and cosines are known."""
    if not rows.size:
        return _NOTHING
    tables = snapshot.tables
    asked = as_asked(query.wording, question, snapshot)
    articles = tables.passages[rows, 0]
    of = tables.sentences_of[rows].astype(np.int64)
    sentence_rows, owners = ranges(of[:, 0], of[:, 1])
    starts = np.concatenate([[0], np.cumsum(of[:, 1] - of[:, 0])])
    has, follows, counts, fresh = _terms_found(snapshot, asked, sentence_rows)
    weights = np.where(asked.content, asked.weights, 0)
    weights = weights / max(float(weights.sum()), 1e-9)
    first_of = np.concatenate([[True], owners[1:] != owners[:-1]])
    with_before = has | np.where(first_of[:, None], False, np.roll(has, 1, axis=0))
    passage_has = np.logical_or.reduceat(has, starts[:-1])
    titles = {row: _title(snapshot, asked, row) for row in set(articles.tolist())}
    title_has = np.array([titles[row] for row in articles.tolist()])
    sentence_coverage, pair_coverage = has @ weights, with_before @ weights
    maxsim = _maxsim(snapshot, asked, sentence_rows, first_of, starts)
    chunk_meaning = _chunk_meaning(snapshot, question, sentence_rows)
    spans = tables.passages[rows]
    columns = (
        words,
        meaning,
        _best_of_article(articles, words),
        (passage_has | title_has) @ weights,
        title_has @ weights,
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
        follows @ _pair_weights(asked),
        maxsim.sentence,
        maxsim.sentence_weighted,
        maxsim.pair,
        place / np.maximum(of[owners, 1] - of[owners, 0] - 1, 1),
        (place == 0) & (spans[owners, 1] == 0),
        counts / 40,
        fresh / 20,
    )
    return PassageFeatures(
        np.concatenate([np.stack(columns, axis=1), timely(snapshot, query, rows)], axis=1).astype(np.float32),
        np.stack(sentence_columns, axis=1).astype(np.float32),
        starts,
        sentence_rows,
    )


def _terms_found(
    snapshot: Snapshot, asked: Asked, sentences: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64]]:
    """Which of the question's terms each sentence has, which of its pairs, how many terms it has in all, and
    how many that the question has not."""
    terms, owners = snapshot.forward.of(sentences)
    order = np.argsort(asked.rows)
    at = np.searchsorted(asked.rows[order], terms)
    # One more, that no term is, for those past the end.
    places = np.where(np.append(asked.rows[order], -1)[at] == terms, np.append(order, -1)[at], -1)
    has = np.zeros((len(sentences), len(asked.terms)), np.bool_)
    hit = places >= 0
    has[owners[hit], places[hit]] = True
    pairs = sorted(asked.pairs)
    follows = np.zeros((len(sentences), max(len(pairs), 1)), np.bool_)
    number = {pair: column for column, pair in enumerate(pairs)}
    beside = np.flatnonzero(hit[:-1] & hit[1:] & (owners[:-1] == owners[1:]))
    for left in beside.tolist():
        column = number.get((int(places[left]), int(places[left + 1])))
        if column is not None:
            follows[owners[left], column] = True
    counts = np.bincount(owners, minlength=len(sentences))
    return has, follows, counts, counts - np.bincount(owners[hit], minlength=len(sentences))


def _pair_weights(asked: Asked) -> Floats:
    pairs = sorted(asked.pairs)
    if not pairs:
        return np.zeros(1, np.float32)
    weights = np.array([asked.weights[one] + asked.weights[other] for one, other in pairs], np.float32)
    return np.asarray(weights / max(float(weights.sum()), 1e-9), np.float32)


def _title(snapshot: Snapshot, asked: Asked, article: int) -> NDArray[np.bool_]:
    found = set(snapshot.words.terms(snapshot.articles[article].title))
    return np.array([term in found for term in asked.terms], np.bool_)


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
    snapshot: Snapshot,
    asked: Asked,
    sentences: NDArray[np.int64],
    first_of: NDArray[np.bool_],
    starts: NDArray[np.int64],
) -> _MaxSim:
    """Late interaction: each token of the question with the nearest token, averaged (ColBERT's MaxSim)."""
    if not len(asked.tokens):
        nothing = np.zeros(len(sentences), np.float32)
        return _MaxSim(np.zeros(len(starts) - 1, np.float32), nothing, nothing, nothing)
    nearest = _nearest(snapshot, asked, sentences)
    before = np.where(first_of[:, None], 0, np.roll(nearest, 1, axis=0))
    weights = asked.token_weights / max(float(asked.token_weights.sum()), 1e-9)
    return _MaxSim(
        np.maximum.reduceat(nearest, starts[:-1]) @ weights,
        nearest.mean(axis=1),
        nearest @ weights,
        np.maximum(nearest, before).mean(axis=1),
    )


def _nearest(snapshot: Snapshot, asked: Asked, sentences: NDArray[np.int64]) -> Floats:
    """For each sentence and each token of the question the similarity of the nearest token, 0 without any."""
    tables, tokens = snapshot.tables, snapshot.tokens
    chosen, back = np.unique(sentences, return_inverse=True)
    chunks = np.unique(snapshot.chunk_of_sentence[chosen])
    at, owners = ranges(tokens.starts[chunks], tokens.starts[chunks + 1])
    similar = similarity(asked.tokens, tokens.signs[at])
    where = tables.chunks[chunks[owners], 1] + tokens.places[at]
    keys = tables.chunks[chunks[owners], 0].astype(np.int64) << 32 | where
    bounds = tables.sentences[chosen].astype(np.int64)
    first = np.searchsorted(keys, bounds[:, 0] << 32 | bounds[:, 1])
    last = np.searchsorted(keys, bounds[:, 0] << 32 | bounds[:, 2])
    best = np.zeros((len(chosen), len(asked.tokens)), np.float32)
    filled = np.flatnonzero(first < last)
    if len(filled):
        # Between the sentences asked for stand tokens of others, so each is cut at its own bounds.
        cuts = np.stack([first[filled], last[filled]], axis=1).ravel()
        padded = np.concatenate([similar, np.full((len(similar), 1), -1, np.float32)], axis=1)
        best[filled] = np.maximum(np.maximum.reduceat(padded, cuts, axis=1)[:, ::2].T, 0)
    return best[back]


def _chunk_meaning(
    snapshot: Snapshot, question: EncodedQuestion | None, sentences: NDArray[np.int64]
) -> Floats:
    """The cosine of each sentence's chunk."""
    if question is None:
        return np.zeros(len(sentences), np.float32)
    chunks, back = np.unique(snapshot.chunk_of_sentence[sentences], return_inverse=True)
    return snapshot.dense.similarity(question.vector, chunks.astype(np.int64))[back]
