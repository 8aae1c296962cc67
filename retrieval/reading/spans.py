"""The likeliest span of an answer, from the log-odds that each token begins and ends it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding

from retrieval.text.sentences import Span

LONGEST_ANSWER = 30
"""Tokens of the longest answer. 0.99 of SQuAD 2's and QAMR's answers are shorter."""
TEXT_SIDE = 1
"""The sequence id that the tokenizer gives the second text of a pair; the first one is the question."""

Odds = NDArray[np.float32]


class SentenceSpan(NamedTuple):
    """The likeliest answer span in one sentence.

    `value` is the sum of the log-odds of its first and last token, `span` its offsets in the text. `share`
    says how certain it is: the part of the probability of all spans in the sentence that falls on spans which
    overlap this one, from 0 to 1.
    """

    value: float
    span: Span
    share: float


def likeliest(firsts: Odds, lasts: Odds) -> tuple[float, Span]:
    """The highest sum of the log-odds of a first and a last token, and the indices of the two, at most
    LONGEST_ANSWER tokens apart and never in reverse; -inf if there are no tokens."""
    best, span = -np.inf, (0, 0)
    for gap in range(min(LONGEST_ANSWER, len(firsts))):
        sums = firsts[: len(firsts) - gap] + lasts[gap:]
        first = int(sums.argmax())
        if sums[first] > best:
            best, span = float(sums[first]), (first, first + gap)
    return best, span


def likeliest_of_each(
    pair: Encoding, firsts: Odds, lasts: Odds, sentences: Sequence[Span]
) -> list[SentenceSpan]:
    """The likeliest span in each sentence of the second text of an encoded pair. For a sentence that was
    truncated: -inf, the whole sentence, and a share of 0."""
    inside = np.array(pair.sequence_ids) == TEXT_SIDE
    starts, ends = np.array(pair.offsets).reshape(-1, 2).T
    found: list[SentenceSpan] = []
    for start, end in sentences:
        places = np.flatnonzero(inside & (starts >= start) & (ends <= end))
        if not len(places):
            found.append(SentenceSpan(-np.inf, (start, end), 0.0))
            continue
        value, (first, last) = likeliest(firsts[places], lasts[places])
        span = int(starts[places[first]]), int(ends[places[last]])
        found.append(SentenceSpan(value, span, overlapping(firsts[places], lasts[places], (first, last))))
    return found


def overlapping(firsts: Odds, lasts: Odds, span: Span) -> float:
    """The part of the probability of all spans that falls on those which overlap `span`, from 0 to 1. `span`
    has the indices of the first and last token of the likeliest span."""
    first, last = span
    sums = np.minimum(firsts[:, None].astype(np.float64) + lasts - (firsts[first] + lasts[last]), 0)
    # Row: first token, column: last token. No span ends before it begins or is longer than LONGEST_ANSWER.
    chances = np.triu(np.tril(np.exp(sums), LONGEST_ANSWER - 1))
    beside = chances[:first, :first].sum() + chances[last + 1 :, last + 1 :].sum()
    return float(1 - beside / chances.sum())
