"""The features of passages and of their sentences, as matrices with named columns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.ragged import ranges, starts_of

Floats = NDArray[np.float32]

TEXT_FEATURES = (
    "words",  # BM25 as a share of its upper bound
    "meaning",  # cosine of the nearest chunk
    "article_words",  # highest `words` among the article's passages
    "coverage",  # weighted share of the question's content words that are in the passage or its title
    "title_coverage",  # the same for the title alone
    "pair_coverage",  # the same for the best two neighbouring sentences
    "maxsim",  # similarity of each of the question's tokens to the nearest in the passage, weighted mean
    "maxsim_sentence",  # the same within the best sentence, unweighted mean
    "lead",  # whether it opens its article
)
"""Features of a passage's text; ranking adds those of its article's date, source and title."""
SENTENCE_FEATURES = (
    "coverage",
    "pair_coverage",  # together with the sentence before
    "meaning",  # cosine of its chunk
    "phrases",  # weighted share of the question's adjacent term pairs that are adjacent here
    "maxsim",
    "maxsim_weighted",
    "maxsim_pair",  # each token with the nearest in this sentence or the one before
    "place",  # position in the passage, 0 to 1
    "lead",  # whether it opens the article
    "length",  # number of terms / 40
    "news",  # number of terms that are not in the question / 20
)


@dataclass(frozen=True, slots=True)
class PassageFeatures:
    """The features of some passages and of all their sentences.

    `passages` has one row per passage (columns TEXT_FEATURES first), `sentences` one row per sentence
    (SENTENCE_FEATURES); the sentences of passage i are the rows from `starts[i]` to `starts[i + 1]`. `spans`
    are the sentences' half-open spans in their article's text, shape (sentences, 2).
    """

    passages: Floats
    sentences: Floats
    starts: NDArray[np.int64]
    spans: NDArray[np.int64]

    def take(self, places: NDArray[np.int64]) -> "PassageFeatures":
        """The features of the passages at these indices, in that order."""
        sentences, _ = ranges(self.starts[places], self.starts[places + 1])
        starts = starts_of(self.starts[places + 1] - self.starts[places])
        return PassageFeatures(
            self.passages[places], self.sentences[sentences], starts, self.spans[sentences]
        )


NO_FEATURES = PassageFeatures(
    np.zeros((0, len(TEXT_FEATURES)), np.float32),
    np.zeros((0, len(SENTENCE_FEATURES)), np.float32),
    np.zeros(1, np.int64),
    np.zeros((0, 2), np.int64),
)
