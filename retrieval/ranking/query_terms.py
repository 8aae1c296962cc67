"""A question's words as one snapshot knows them: which count, how much, and what stands beside what."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.index.snapshot import Snapshot
from retrieval.models.embedder import EncodedQuestion
from retrieval.text.analyzer import WORD


@dataclass(frozen=True, slots=True)
class Asked:
    """The different terms of a question (n), in order, and its tokens (t).

    `rows` are the terms' rows in the snapshot (n,), -1 for one that it has not; `weights` their inverse
    document frequency, `content` which say something about a subject. `pairs` are the places (among the n)
    of terms that follow each other, one content at least. `tokens` has the tokens' vectors (t, dimension)
    and `token_weights` their words' weights, by the number of tokens of the word; both are empty where the
    model was not asked.
    """

    terms: tuple[str, ...]
    rows: NDArray[np.int64]
    weights: NDArray[np.float32]
    content: NDArray[np.bool_]
    pairs: frozenset[tuple[int, int]]
    tokens: NDArray[np.float32]
    token_weights: NDArray[np.float32]


def as_asked(text: str, question: EncodedQuestion | None, snapshot: Snapshot) -> Asked:
    """The question as the snapshot knows it."""
    words, lexical = snapshot.words, snapshot.lexical
    sequence = words.question_terms(text)
    terms = tuple(dict.fromkeys(sequence))
    place = {term: at for at, term in enumerate(terms)}
    content = {place[term] for term in words.content_terms(text) if term in place}
    pairs = {(place[one], place[other]) for one, other in pairwise(sequence)}
    rows = [lexical.row(term) for term in terms]
    tokens = question.tokens if question else np.zeros((0, 1), np.float32)
    spans = question.spans if question else ()
    return Asked(
        terms=terms,
        rows=np.array([-1 if row is None else row for row in rows], np.int64),
        weights=np.array([lexical.weight(term) for term in terms], np.float32),
        content=np.array([at in content for at in range(len(terms))], np.bool_),
        pairs=frozenset(pair for pair in pairs if pair[0] in content or pair[1] in content),
        tokens=tokens,
        token_weights=_token_weights(text, spans, snapshot),
    )


def _token_weights(text: str, spans: tuple[tuple[int, int], ...], snapshot: Snapshot) -> NDArray[np.float32]:
    """The weight of each token's word, shared between the tokens of the word."""
    word_at = {at: word.span() for word in WORD.finditer(text) for at in range(*word.span())}
    words = [
        next((word_at[at] for at in range(start, end) if at in word_at), (start, end)) for start, end in spans
    ]
    shares = Counter(words)
    weight = {word: _weight(text[slice(*word)], snapshot) for word in shares}
    return np.array([weight[word] / shares[word] for word in words], np.float32)


def _weight(word: str, snapshot: Snapshot) -> float:
    return max((snapshot.lexical.weight(term) for term in snapshot.words.terms(word)), default=0.0)
