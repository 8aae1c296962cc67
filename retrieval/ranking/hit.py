"""A passage that was found, and why."""

from dataclasses import dataclass

from retrieval.collection.passage import Passage
from retrieval.ranking.highlight import ScoredSentence
from retrieval.text.sentences import Span


@dataclass(frozen=True, slots=True)
class Features:
    """Each feature's part in a hit's score.

    `meaning` is the cosine of the question with the passage's best chunk, None where the model does not
    know the question's language. `words` is the BM25 score as a share of the highest one the question
    could get. `coverage` is the share, by weight, of the question's content words that stand in the passage
    or its title, `pair` that of the two neighbouring sentences that have most of them, `title` that of the
    title. `maxsim` is how near, on average, each of the question's words comes to one of the passage's; None
    as `meaning`. `fresh` is 1 for an article of the moment the question was asked, less the older it is.
    `reading` is the log-odds, by a reader, that the answer stands in the passage, LEAST_READ at least, and
    None for a passage that none has read. `sentences` is the logarithm of what its sentences weigh together,
    with what a reader says of them, which only compares hits of one question; None where no reader that is
    fitted has read it.
    """

    meaning: float | None
    words: float
    coverage: float
    maxsim: float | None = None
    pair: float = 0.0
    title: float = 0.0
    fresh: float = 0.0
    reading: float | None = None
    sentences: float | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its score (0 to 1, comparable between collections) and the spans that answer.

    `highlights` are spans of the article's text inside the passage; `sentences` are all that could have been
    marked. `answer` are the words in the best of them that a reader takes for the answer itself, None where
    none said. `shown` is the span that is shown at once, None before that was decided. `also_in` are other
    passages with the same words.
    """

    passage: Passage
    score: float
    features: Features
    highlights: tuple[Span, ...]
    sentences: tuple[ScoredSentence, ...] = ()
    answer: Span | None = None
    shown: Span | None = None
    also_in: tuple[Passage, ...] = ()
