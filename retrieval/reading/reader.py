"""The interface of a reader, and its result for a passage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from retrieval.collection.passage import Passage
from retrieval.text.sentences import Span


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader says about a question and one passage.

    `score` is the log-odds that the passage has the answer; -inf if there was nothing to read. `sentences`
    maps the spans of its sentences in the article to how likely each has the answer, as unnormalised
    log-probabilities that are comparable among all passages read. `answers` maps those sentences in which the
    reader is sure to the span of the answer's words in the article. Both are empty if the reader does not
    rate single sentences.
    """

    score: float
    sentences: Mapping[Span, float] = field(default_factory=dict)
    answers: Mapping[Span, Span] = field(default_factory=dict)


class Reader(Protocol):
    """Reads a question together with passages; safe to call from several threads at once."""

    @property
    def fitted(self) -> bool:
        """Whether ranking and confidence were fitted on this reader's scores; otherwise the scores only order
        the hits."""
        ...

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """A reading for each passage, in their order."""
        ...
