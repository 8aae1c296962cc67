"""A passage that was found, with its score and features."""

from dataclasses import dataclass

from retrieval.collection.passage import Passage
from retrieval.ranking.highlight import ScoredSentence
from retrieval.text.sentences import Span


@dataclass(frozen=True, slots=True)
class Features:
    """The features that are reported with a hit.

    - `meaning`: the cosine of the question and the passage's best chunk; None if the model does not know the
      question's language.
    - `words`: the BM25 score as a share of the highest one that is possible for the question.
    - `coverage`: the weighted share of the question's content words that are in the passage or its title;
      `pair`: that in the best two neighbouring sentences; `title`: that in the title.
    - `maxsim`: the mean, over the question's words, of the similarity to the nearest word of the passage;
      None as for `meaning`.
    - `fresh`: 1 for an article published when the question was asked, decreasing with age.
    - `reading`: the log-odds, by a reader, that the answer is in the passage, at least LEAST_READ; None if no
      reader read it.
    - `sentences`: the log-sum-exp of the scores of the passage's sentences, which include the reading of
      each; comparable only between hits of one question. None if no reader with fitted weights read it.
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
    highlighted. `answer` are the words in the best sentence that a reader takes for the answer itself; None
    if there are none. `shown` is the span that is shown at once; None before it is chosen. `also_in` are
    other passages with the same words.
    """

    passage: Passage
    score: float
    features: Features
    highlights: tuple[Span, ...]
    sentences: tuple[ScoredSentence, ...] = ()
    answer: Span | None = None
    shown: Span | None = None
    also_in: tuple[Passage, ...] = ()
