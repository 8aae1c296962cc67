"""How likely it is that the passages found hold the answer.

A logistic regression on three figures, fitted on the own questions of NewsQA, SQuAD 2 and RealTimeQA (right
where one of the first three passages holds the answer) and on each other's (never right), every set and
kind of question with the same weight: `python -m benchmarks.confidence`. Fitted on two of the sets, it
refuses 0.92 to 0.99 of the third's foreign questions while it answers nine in ten of its own, where those
are drawn from all the other sets, and as few as 0.73 where they are NewsQA's short ones alone. It has not
learned near misses: a question about what is in the corpus with an answer that is not.
"""

import math
from collections.abc import Sequence

from retrieval.hit import Hit

FIRST = 3
"""Hits that are looked at: one page."""
SCORE, COVERAGE, SIZE, OFFSET = 16.2, 1.6, -0.65, -2.25
"""The weights of the best score, of the best coverage of the question's telling words, and of the natural
logarithm of the number of passages searched (the best of many is higher by chance), and the constant."""
SMALLEST = 700
"""Passages of the smallest corpus it was fitted on; a smaller one counts as this one."""
WORDS_COVERAGE, WORDS_OFFSET = 16.6, -3.9
"""The same where words alone were searched, fitted on JSQuAD and Belebele (Korean), with few foreign ones."""
ANSWER_AT = 0.28
"""From this on it is an answer. Of NewsQA's own questions 0.92 are above, of foreign ones 0.90 below; of
RealTimeQA's in 53,000 passages both are 0.91."""


def confidence(hits: Sequence[Hit], passages: int) -> float:
    """The probability that one of the first three hits among so many passages answers; 0 without hits."""
    first = hits[:FIRST]
    if not first:
        return 0.0
    coverage = max(hit.signals.coverage for hit in first)
    if all(hit.signals.meaning is None for hit in first):
        return _logistic(WORDS_COVERAGE * coverage + WORDS_OFFSET)
    score = max(hit.score for hit in first)
    return _logistic(SCORE * score + COVERAGE * coverage + SIZE * math.log(max(passages, SMALLEST)) + OFFSET)


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))
