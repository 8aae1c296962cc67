"""Which sentences of a passage answer the question."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from corpus.dateline import dateline_length
from retrieval.collection.passage import Passage
from retrieval.collection.passage_features import SENTENCE_FEATURES, Floats, PassageFeatures
from retrieval.ranking.weights import column, kind, weights
from retrieval.text.asides import asks, is_aside
from retrieval.text.sentences import Span, is_heading

SECOND = 3.0
"""A second sentence is marked where its score is no more than this below the best one's. On NewsQA
(cross-validated) none marked the answer in 0.49 of the first passages, 1 in 0.53, 1.5 in 0.55 and always two
in 0.56."""
LEAST = 1e-6
"""What must speak for a sentence at all: that it shares a word, or some meaning."""


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence that can answer, as a span of its article, and the weighed sum of what speaks for it.

    One that `asks` says that its article answers, and is itself never marked where another is there. One
    that is of `another` time or number than the question's is none of its answers (`Conflicts`).
    """

    span: Span
    score: float
    asks: bool = False
    another: bool = False


def scored_sentences(
    passages: Sequence[Passage], features: PassageFeatures, *, known: bool, read: bool = False
) -> Iterator[Callable[[], tuple[ScoredSentence, ...]]]:
    """For each passage a call that gives its sentences that can answer: it looks at their words, which pays
    only for the few passages that are shown. `read` says whether readings will be added to their scores.

    There are none where nothing in the passage speaks for any. A heading, an aside (a link, a byline, a
    caption, a correction), or what has no words, never answers; a dateline before a sentence is
    left out of its span.
    """
    scores = features.sentences @ column(weights().sentence[kind(known=known, read=read)], SENTENCE_FEATURES)
    scores = np.where(speaks(features.sentences), scores, -np.inf)
    starts = features.starts.tolist()
    for passage, first, last in zip(passages, starts[:-1], starts[1:], strict=True):
        yield partial(_that_can_answer, passage, features.spans[first:last], scores[first:last])


def speaks(sentences: Floats) -> NDArray[np.bool_]:
    """Whether anything speaks for each of these rows of SENTENCE_FEATURES."""
    columns = [SENTENCE_FEATURES.index(name) for name in ("coverage", "meaning", "maxsim")]
    return np.asarray(sentences[:, columns].max(axis=1) > LEAST)


def can_answer(text: str, makers: str = "") -> bool:
    """Whether a sentence has words and is neither a heading nor an aside (`retrieval.text.asides`)."""
    return any(map(str.isalnum, text)) and not is_heading(text) and not is_aside(text, makers)


def that_tell(sentences: Sequence[ScoredSentence]) -> Sequence[ScoredSentence]:
    """The sentences that do not only ask; all of them where each does."""
    return [one for one in sentences if not one.asks] or sentences


def mark(sentences: Sequence[ScoredSentence], behind: float = SECOND) -> tuple[Span, ...]:
    """The spans that are marked, in reading order: that of the best sentence, and of the second best one
    where it is no further behind."""
    ranked = sorted(that_tell(sentences), key=lambda one: -one.score)[:2]
    return tuple(sorted(one.span for one in ranked if one.score >= ranked[0].score - behind))


def _that_can_answer(
    passage: Passage, sentences: NDArray[np.int64], scores: Floats
) -> tuple[ScoredSentence, ...]:
    found = []
    article = passage.article
    makers = f"{article.author or ''} {article.source}"
    for (start, end), score in zip(sentences.tolist(), scores.tolist(), strict=True):
        text = article.text[start:end]
        if score > -np.inf and can_answer(text, makers):
            found.append(ScoredSentence((start + dateline_length(text), end), score, asks(text)))
    return tuple(found)
