"""What search asks of a reader, and what a reader says of a passage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from retrieval.collection.passage import Passage
from retrieval.text.sentences import Span


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader says of one passage, with a question.

    `score` is the log-odds that the answer stands in the passage; -inf where it has nothing to read.
    `sentences` is for each of its sentences, by its span in the article, how likely the answer stands there
    against the others, as a logarithm with a base that all share, and `answers` the words, as a span of the
    article, that are the answer if the sentence holds it, for those sentences where that is sure; both empty
    where the reader does not say where.
    """

    score: float
    sentences: Mapping[Span, float] = field(default_factory=dict)
    answers: Mapping[Span, Span] = field(default_factory=dict)


class Reader(Protocol):
    """Reads a question and passages together, for any number of threads at a time."""

    @property
    def fitted(self) -> bool:
        """Whether confidence is fitted on this reader's scores: only then they count in it."""
        ...

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """A reading for each passage, in their order."""
        ...
