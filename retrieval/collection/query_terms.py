"""A question's terms and tokens with their weights in one collection."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.models.embedder import EncodedQuestion
from retrieval.text.analyzer import WORD, Analyzer

TermWeight = Callable[[str], float]
"""A term's inverse document frequency in the collection."""


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """The distinct terms of a question (n), in order, and its tokens (t).

    `weights` are the terms' inverse document frequencies (n,), `content` tells which are content words (n,).
    `pairs` are the indices of terms that follow each other, at least one of them a content word. `tokens` are
    the tokens' vectors (t, dimension) and `token_weights` the weights of their words, divided among the
    tokens of a word (t,); both are empty without a model.
    """

    terms: tuple[str, ...]
    weights: NDArray[np.float32]
    content: NDArray[np.bool_]
    pairs: frozenset[tuple[int, int]]
    tokens: NDArray[np.float32]
    token_weights: NDArray[np.float32]

    def shares(self) -> NDArray[np.float32]:
        """Each term's share of the weight of all content words; 0 for the others."""
        weights = np.where(self.content, self.weights, 0)
        return np.asarray(weights / max(float(weights.sum()), 1e-9), np.float32)

    def pair_shares(self) -> NDArray[np.float32]:
        """Each pair's share of the weight of all pairs, in sorted order; one 0 if there are no pairs."""
        pairs = sorted(self.pairs)
        if not pairs:
            return np.zeros(1, np.float32)
        weights = np.array([self.weights[one] + self.weights[other] for one, other in pairs], np.float32)
        return np.asarray(weights / max(float(weights.sum()), 1e-9), np.float32)

    def token_shares(self) -> NDArray[np.float32]:
        """Each token's share of the weight of all tokens."""
        return np.asarray(self.token_weights / max(float(self.token_weights.sum()), 1e-9), np.float32)


def query_terms(
    text: str, question: EncodedQuestion | None, analyzer: Analyzer, weight: TermWeight
) -> QueryTerms:
    """The question's terms, with weights from the collection."""
    sequence = analyzer.question_terms(text)
    terms = tuple(dict.fromkeys(sequence))
    place = {term: at for at, term in enumerate(terms)}
    content = {place[term] for term in analyzer.content_terms(text) if term in place}
    pairs = {(place[one], place[other]) for one, other in pairwise(sequence)}
    return QueryTerms(
        terms=terms,
        weights=np.array([weight(term) for term in terms], np.float32),
        content=np.array([at in content for at in range(len(terms))], np.bool_),
        pairs=frozenset(pair for pair in pairs if pair[0] in content or pair[1] in content),
        tokens=question.tokens if question else np.zeros((0, 1), np.float32),
        token_weights=_token_weights(text, question.spans if question else (), analyzer, weight),
    )


def _token_weights(
    text: str, spans: tuple[tuple[int, int], ...], analyzer: Analyzer, weight: TermWeight
) -> NDArray[np.float32]:
    """The weight of each token's word, divided among the tokens of the word."""
    word_at = {at: word.span() for word in WORD.finditer(text) for at in range(*word.span())}
    words = [
        next((word_at[at] for at in range(start, end) if at in word_at), (start, end)) for start, end in spans
    ]
    counts = Counter(words)
    weights = {
        word: max((weight(term) for term in analyzer.terms(text[slice(*word)])), default=0.0)
        for word in counts
    }
    return np.array([weights[word] / counts[word] for word in words], np.float32)
