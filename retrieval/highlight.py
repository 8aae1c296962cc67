"""Which sentences of a passage answer the question."""

from collections.abc import Mapping

import numpy as np

from retrieval.embedder import Vectors
from retrieval.passage import Passage
from retrieval.sentences import Span, is_heading, sentence_spans
from retrieval.snapshot import Snapshot

WORDS_WEIGHT = 1.0
"""What all of the question's words in a sentence count against a cosine of 1. 0, 0.3, 0.6, 1 and 2 gave
sentence@1 of 0.407, 0.457, 0.460, 0.454 and 0.450 on NewsQA, and
0.674, 0.719, 0.730, 0.730 and 0.730 on SQuAD 2."""
SECOND = 0.85
"""A second sentence is marked where it has at least this share of the first one's score."""


def highlights(snapshot: Snapshot, row: int, question: str, vector: Vectors | None) -> tuple[Span, ...]:
    """The one or two sentences that fit the question best, as spans of the article, in reading order.

    A sentence has the meaning of its chunk: embedding each sentence anew found no more right ones. None is
    marked where nothing in the passage speaks for any: a heading, or what has no words, never answers.
    """
    passage = snapshot.passage(row)
    text = passage.text
    sentences = [
        (start + passage.start, end + passage.start)
        for start, end in sentence_spans(text, passage.article.language)
        if not is_heading(text[start:end]) and any(character.isalnum() for character in text[start:end])
    ]
    terms = set(snapshot.words.terms(question))
    weights = {term: snapshot.lexical.weight(term) for term in terms}
    meanings = _meanings(snapshot, row, vector)
    scored = [(_score(snapshot, passage, span, weights, meanings), span) for span in sentences]
    ranked = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: -pair[0])
    return tuple(sorted(span for score, span in ranked[:2] if score >= SECOND * ranked[0][0]))


def _score(
    snapshot: Snapshot,
    passage: Passage,
    span: Span,
    weights: Mapping[str, float],
    meanings: Mapping[Span, float],
) -> float:
    present = set(snapshot.words.terms(passage.article.text[span[0] : span[1]]))
    share = sum(weight for term, weight in weights.items() if term in present) / max(
        sum(weights.values()), 1e-9
    )
    inside = [value for chunk, value in meanings.items() if chunk[0] <= span[0] and span[1] <= chunk[1]]
    return WORDS_WEIGHT * share + max(inside, default=0.0)


def _meanings(snapshot: Snapshot, row: int, vector: Vectors | None) -> dict[Span, float]:
    """The cosine of each of the passage's chunks."""
    if vector is None:
        return {}
    rows = np.arange(*snapshot.tables.chunks_of[row])
    similar = snapshot.dense.similarity(vector, rows)
    spans = [(int(start), int(end)) for _, start, end in snapshot.tables.chunks[rows]]
    return dict(zip(spans, similar.tolist(), strict=True))
