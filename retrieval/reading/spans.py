"""The likeliest span of an answer, out of how likely each token begins and ends it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding

from retrieval.text.sentences import Span

LONGEST = 30
"""Tokens of the longest answer. 0.99 of SQuAD 2's and QAMR's answers have fewer."""
TEXT_SIDE = 1
"""The tokenizer's number of the second text of a pair: the first one is the question."""

Odds = NDArray[np.float32]


class SentenceSpan(NamedTuple):
    """The likeliest span of one sentence.

    `value` is the sum of its two log-odds, `span` where it is in the text. `share` says how surely it is the
    one: of the chances of all spans of the sentence, those of the ones that overlap it, from 0 to 1.
    """

    value: float
    span: Span
    share: float


def likeliest(firsts: Odds, lasts: Odds) -> tuple[float, Span]:
    """The highest sum of two log-odds, of the token that begins an answer and of the one that ends it, and
    the places of the two: at most LONGEST tokens from one to the other, never the last before the first; -inf
    without tokens."""
    best, span = -np.inf, (0, 0)
    for gap in range(min(LONGEST, len(firsts))):
        sums = firsts[: len(firsts) - gap] + lasts[gap:]
        first = int(sums.argmax())
        if sums[first] > best:
            best, span = float(sums[first]), (first, first + gap)
    return best, span


def likeliest_of_each(
    pair: Encoding, firsts: Odds, lasts: Odds, sentences: Sequence[Span]
) -> list[SentenceSpan]:
    """For each sentence of the second text of an encoded pair its likeliest span; -inf, the whole sentence
    and a share of 0 for one that was cut off."""
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
    """The share that the spans which overlap this one have in the chances of all spans, from 0 to 1. `span`
    is the places of its first and last token, and the likeliest of all."""
    first, last = span
    sums = np.minimum(firsts[:, None].astype(np.float64) + lasts - (firsts[first] + lasts[last]), 0)
    # By the first and the last token: none ends before it begins, or is too long.
    chances = np.triu(np.tril(np.exp(sums), LONGEST - 1))
    beside = chances[:first, :first].sum() + chances[last + 1 :, last + 1 :].sum()
    return float(1 - beside / chances.sum())
