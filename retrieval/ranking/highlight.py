"""Which sentences of a passage answer the question."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from retrieval.collection.passage import Passage
from retrieval.collection.passage_features import SENTENCE_FEATURES, Floats, PassageFeatures
from retrieval.ranking.weights import column, kind, weights
from retrieval.text.asides import dateline_length, is_aside
from retrieval.text.sentences import Span, is_heading

SECOND = 3.0
"""A second sentence is marked where its score is no more than this below the best one's. On NewsQA
(cross-validated) none marked the answer in 0.49 of the first passages, 1 in 0.53, 1.5 in 0.55 and always two
in 0.56."""
LEAST = 1e-6
"""What must speak for a sentence at all: that it shares a word, or some meaning."""


@dataclass(frozen=True, slots=True)
class Highlights:
    """The sentences of a passage that answer, as spans of its article in reading order, and the one of them
    that fits best; none and None where nothing speaks for any."""

    spans: tuple[Span, ...] = ()
    best: Span | None = None


def highlights(
    passages: Sequence[Passage], features: PassageFeatures, *, known: bool
) -> Iterator[Callable[[], Highlights]]:
    """For each passage a call that finds the one or two sentences that fit best: it looks at their words,
    which pays only for the few passages that are shown.

    None is marked where nothing in the passage speaks for any. A heading, an aside (a link, a byline, a
    correction), or what has no words, never answers; a dateline before a sentence is left out of the mark.
    """
    scores = features.sentences @ column(weights().sentence[kind(known=known)], SENTENCE_FEATURES)
    speaks = features.sentences[
        :, [SENTENCE_FEATURES.index(name) for name in ("coverage", "meaning", "maxsim")]
    ]
    scores = np.where(speaks.max(axis=1) > LEAST, scores, -np.inf)
    starts = features.starts.tolist()
    for passage, first, last in zip(passages, starts[:-1], starts[1:], strict=True):
        yield partial(_marked, passage, features.spans[first:last], scores[first:last])


def _marked(passage: Passage, sentences: NDArray[np.int64], scores: Floats) -> Highlights:
    """The highlights of a passage with these sentences, whose scores these are."""
    spans: list[Span] = []
    best = -np.inf
    for place in np.argsort(-scores, kind="stable").tolist():
        if len(spans) == 2 or not scores[place] > -np.inf or scores[place] < best - SECOND:
            break
        start, end = sentences[place].tolist()
        text = passage.article.text[start:end]
        if not is_heading(text) and not is_aside(text) and any(map(str.isalnum, text)):
            best = max(best, float(scores[place]))
            spans.append((start + dateline_length(text), end))
    return Highlights(tuple(sorted(spans)), spans[0] if spans else None)
