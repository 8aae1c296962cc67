"""How far a question's wording alone tells whether it has an answer.

People who write near misses ask "when", "how many" and "who was the first" more often than people who ask
what a text tells. A reader would learn this instead of reading. So what the wording tells is added to the
reader's log-odds in training and left out afterwards: the reader has nothing to gain by learning it (a
product of experts; Clark, Yatskar and Zettlemoyer, "Don't Take the Easy Way Out", EMNLP 2019).
"""

import zlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from training.examples import Example

FOLDS = 5
"""A question's wording is judged by a model of the other folds, cut by group."""
WORDS = 3
"""The most words of a sequence that counts as a feature."""
RARE = 2
"""The number of questions from which on a sequence counts."""


def with_lean(examples: Sequence[Example]) -> list[Example]:
    """The examples, each with the log-odds that its wording gives beyond their share of answers.

    There must be answered and unanswered ones.
    """
    answered = np.array([one.answer is not None for one in examples])
    fold = np.array([zlib.crc32(one.group.encode()) % FOLDS for one in examples])
    words = TfidfVectorizer(ngram_range=(1, WORDS), min_df=RARE, token_pattern=r"\S+")
    features = words.fit_transform([one.question for one in examples])
    share = answered.mean()
    lean = np.full(len(examples), np.log(share / (1 - share)))
    for at in range(FOLDS):
        if not (fold == at).any() or len(set(answered[fold != at])) < 2:
            continue
        model = LogisticRegression(max_iter=500).fit(features[fold != at], answered[fold != at])
        lean[fold == at] = model.decision_function(features[fold == at])
    return [
        replace(one, lean=float(value - np.log(share / (1 - share))))
        for one, value in zip(examples, lean, strict=True)
    ]
