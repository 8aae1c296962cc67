"""The features of passages and of their sentences, as numbers in named columns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.ragged import ranges, starts_of

Floats = NDArray[np.float32]

TEXT_FEATURES = (
    "words",  # BM25 as a share of its bound
    "meaning",  # the cosine of the nearest chunk
    "article_words",  # the highest `words` of the article's passages
    "coverage",  # of the question's content words, by weight, what stands in the passage or its title
    "title_coverage",  # what stands in the title
    "pair_coverage",  # what stands in the best two neighbouring sentences
    "maxsim",  # each word of the question with the nearest of the passage, by the weight of the words
    "maxsim_sentence",  # the same within the best sentence, each word alike
    "lead",  # whether it opens its article
)
"""What a passage's text says for it; ranking adds what its article's date, source and title say."""
SENTENCE_FEATURES = (
    "coverage",
    "pair_coverage",  # with the sentence before
    "meaning",  # of its chunk
    "phrases",  # of the pairs of words that follow each other in the question, what follows here
    "maxsim",
    "maxsim_weighted",
    "maxsim_pair",  # each token with the nearest of the sentence or of the one before
    "place",  # in the passage, 0 to 1
    "lead",  # whether it opens the article
    "length",  # terms, of 40
    "news",  # terms that the question has not, of 20
)


@dataclass(frozen=True, slots=True)
class PassageFeatures:
    """The features of some passages and of all their sentences.

    `passages` has a row a passage (TEXT_FEATURES first), `sentences` a row a sentence (SENTENCE_FEATURES):
    those of passage i from `starts[i]` to `starts[i + 1]`. `spans` are the sentences' half-open spans of
    their article's text, shape (sentences, 2).
    """

    passages: Floats
    sentences: Floats
    starts: NDArray[np.int64]
    spans: NDArray[np.int64]

    def take(self, places: NDArray[np.int64]) -> "PassageFeatures":
        """Those of the passages at these places, in that order."""
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
"""Those of no passages."""
