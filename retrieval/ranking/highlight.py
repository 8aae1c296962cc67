"""Which sentences of a passage answer the question."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from corpus.dateline import dateline_length
from retrieval.collection.passage import Passage
from retrieval.collection.passage_features import SENTENCE_FEATURES, Floats, PassageFeatures
from retrieval.ranking.evidence.east_asian_evidence import lacks_counted
from retrieval.ranking.weights import Signals, weight_vector, weights
from retrieval.text.asides import asks, is_aside, is_label
from retrieval.text.captions import is_credited
from retrieval.text.sentences import Span, is_heading

SECOND = 3.0
"""A second sentence is highlighted if its score is at most this much below the best one's. On NewsQA
(cross-validated) the answer was highlighted in 0.49 of the first passages without a second sentence, in 0.53
with 1, in 0.55 with 1.5, and in 0.56 if two are always highlighted."""
NO_AMOUNT_PENALTY = 3.0
"""How much lower a sentence scores without the amount that a Korean or Japanese question asks for: about what
is fitted for English ones ("lacks" in weights.json). Of the 25 such questions of JSQuAD, the first three
quotes show the answer for 24, and for 22 without it; other values were not measured."""
LEAST = 1e-6
"""A sentence needs a feature above this to be considered at all: a shared word, or some similarity."""


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence that can answer: its span in the article's text, and the weighted sum of its features.

    `asks`: it only asks a question that its article answers, or is the label of what follows (`is_label`), so
    it is not highlighted if another sentence can be. `conflicts`: it has another time or number than the
    question (`Conflicts`), so it does not answer it.
    `lacks`: it has not what the question asks for (`lacks_asked`; `lacks_counted` for a Korean or Japanese
    question), which lowers its score.
    """

    span: Span
    score: float
    asks: bool = False
    conflicts: bool = False
    lacks: bool = False


def scored_sentences(
    passages: Sequence[Passage], features: PassageFeatures, signals: Signals, question: str = ""
) -> Iterator[Callable[[], tuple[ScoredSentence, ...]]]:
    """For each passage a function that returns the sentences that can answer. It is lazy because it looks at
    their text, which pays only for the few passages that are shown. With READING, readings are added to the
    scores later.

    With the words of a Korean or Japanese `question` that nothing reads, a sentence without the amount that
    it asks for scores lower.

    The result is empty if no sentence of the passage has anything in common with the question. Headings,
    asides (links, bylines, captions, corrections) and sentences without words never answer; a dateline is
    left out of its sentence's span.
    """
    scores = features.sentences @ weight_vector(weights().sentence[signals], SENTENCE_FEATURES)
    scores = np.where(has_match(features.sentences), scores, -np.inf)
    starts = features.starts.tolist()
    for passage, first, last in zip(passages, starts[:-1], starts[1:], strict=True):
        spans = features.spans[first:last]
        yield partial(_that_can_answer, passage, spans, scores[first:last], question)


def has_match(sentences: Floats) -> NDArray[np.bool_]:
    """For each row of SENTENCE_FEATURES, whether it shares a word or a meaning with the question."""
    columns = [SENTENCE_FEATURES.index(name) for name in ("coverage", "meaning", "maxsim")]
    return np.asarray(sentences[:, columns].max(axis=1) > LEAST)


def can_answer(text: str, makers: str = "") -> bool:
    """Whether a sentence has words and is neither a heading nor an aside (`retrieval.text.asides`). A number
    alone is what a wrong cut left over."""
    return any(map(str.isalpha, text)) and not is_heading(text) and not is_aside(text, makers)


def without_questions(sentences: Sequence[ScoredSentence]) -> Sequence[ScoredSentence]:
    """The sentences that do more than ask a question; all of them if there are none."""
    return [one for one in sentences if not one.asks] or sentences


def mark(sentences: Sequence[ScoredSentence], behind: float = SECOND) -> tuple[Span, ...]:
    """The spans to highlight, in reading order: that of the best sentence, and of the second best one if its
    score is at most `behind` lower."""
    ranked = sorted(without_questions(sentences), key=lambda one: -one.score)[:2]
    return tuple(sorted(one.span for one in ranked if one.score >= ranked[0].score - behind))


def _that_can_answer(
    passage: Passage, sentences: NDArray[np.int64], scores: Floats, question: str
) -> tuple[ScoredSentence, ...]:
    found = []
    article = passage.article
    makers = f"{article.author or ''} {article.source}"
    for (start, end), score in zip(sentences.tolist(), scores.tolist(), strict=True):
        text = article.text[start:end]
        if score > -np.inf and can_answer(text, makers) and not is_credited(article.text, start, end):
            lacks = lacks_counted(question, [text])
            span = (start + dateline_length(text), end)
            found.append(
                ScoredSentence(
                    span, score - NO_AMOUNT_PENALTY * lacks, asks(text) or is_label(text), lacks=lacks
                )
            )
    return tuple(found)
