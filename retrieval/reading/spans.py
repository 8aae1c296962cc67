"""The likeliest span of an answer, out of how likely each token begins and ends it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding

from retrieval.text.sentences import Span

LONGEST = 30
"""Tokens of the longest answer. 0.99 of SQuAD 2's and QAMR's answers have fewer."""
TEXT_SIDE = 1
"""The tokenizer's number of the second text of a pair: the first one is the question."""

Odds = NDArray[np.float32]


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
) -> list[tuple[float, Span]]:
    """For each sentence of the second text of an encoded pair the highest sum of a span in it, and that span
    in the text; -inf, and the whole sentence, for one that was cut off."""
    inside = np.array(pair.sequence_ids) == TEXT_SIDE
    starts, ends = np.array(pair.offsets).reshape(-1, 2).T
    found: list[tuple[float, Span]] = []
    for start, end in sentences:
        places = np.flatnonzero(inside & (starts >= start) & (ends <= end))
        if not len(places):
            found.append((-np.inf, (start, end)))
            continue
        value, (first, last) = likeliest(firsts[places], lasts[places])
        found.append((value, (int(starts[places[first]]), int(ends[places[last]]))))
    return found
