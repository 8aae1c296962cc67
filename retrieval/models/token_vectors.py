"""Token vectors of texts, quantised to one bit per dimension, for late interaction (MaxSim).

The vectors of a question's tokens are exact; of a text's tokens only the signs are stored: 48 bytes instead
of 1,536 at 384 dimensions. On SQuAD 2 the signs ranked as well as the numbers themselves (MRR 0.900 against
0.895), while principal components or random projections of the same size lost a point or more. Tokens of stop
words are omitted, which costs no point and saves four tokens in ten.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.text.analyzer import STOP_WORDS, WORD
from retrieval.text.sentences import Span

Signs = NDArray[np.uint8]
"""One row per token, eight dimensions a byte; a bit is set if the number is above 0."""
Places = NDArray[np.uint16]
"""The index of the character at which each token begins in its text."""


AT_ONCE = 64
"""Tokens of texts compared at a time; 32 to 512 took the same time within a third. Blocks always have this
size, because the last digits of a matrix product depend on the sizes, and a passage's score must not depend
on what else is compared."""
ASKED_AT_ONCE = 8
"""Tokens of a question compared at a time. OpenBLAS distributes products of more than 262,144 steps over all
cores, which then busy-wait for each other: a question with 30 tokens took 4 ms of one core on an idle machine
and 41 on a busy one."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of several texts, in order: those of text i are the rows from `starts[i]` to `starts[i + 1]`
    of `places` and `signs`."""

    starts: NDArray[np.int64]
    places: Places
    signs: Signs

    def of(self, text: int) -> tuple[Places, Signs]:
        """The places and signs of one text's tokens."""
        rows = slice(self.starts[text], self.starts[text + 1])
        return self.places[rows], self.signs[rows]


def joined(texts: Sequence[tuple[Places, Signs]], width: int) -> Tokens:
    """Concatenate the tokens of texts, each given by its places and signs; `width` is the bytes per row."""
    starts = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(places) for places, _ in texts], out=starts[1:])
    return Tokens(
        starts,
        np.concatenate([np.zeros(0, np.uint16), *(places for places, _ in texts)]),
        np.concatenate([np.zeros((0, width), np.uint8), *(signs for _, signs in texts)]),
    )


def signs_of(vectors: NDArray[np.float32]) -> Signs:
    """The signs of token vectors of shape (tokens, dimension)."""
    return np.packbits(vectors > 0, axis=1)


def similarity(question: NDArray[np.float32], signs: Signs) -> NDArray[np.float32]:
    """The cosine of each of the question's tokens (rows of length 1) with the sign vector of each token of a
    text; shape (question tokens, text tokens)."""
    asked, dimension = question.shape
    blocks = np.zeros((-(-asked // ASKED_AT_ONCE), ASKED_AT_ONCE, dimension), np.float32)
    blocks.reshape(-1, dimension)[:asked] = question
    found = np.empty((asked, len(signs)), np.float32)
    ones = np.zeros((AT_ONCE, dimension), np.float32)
    for start in range(0, len(signs), AT_ONCE):
        part = signs[start : start + AT_ONCE]
        ones[: len(part)] = np.unpackbits(part, axis=1, count=dimension)
        found[:, start : start + len(part)] = (blocks @ ones.T).reshape(-1, AT_ONCE)[:asked, : len(part)]
    # With signs of -1 and 1, the product is twice the sum over the set bits minus the sum over all.
    return np.asarray((2 * found - question.sum(axis=1, keepdims=True)) / np.sqrt(dimension), np.float32)


def content_mask(text: str, spans: Sequence[Span]) -> list[bool]:
    """Which tokens belong to content words (no stop words); `spans` are the tokens' in the text."""
    words = [found.span() for found in WORD.finditer(text) if found[0].lower() not in STOP_WORDS]
    flags = []
    at = 0
    for start, end in spans:
        while at < len(words) and words[at][1] <= start:
            at += 1
        flags.append(start < end and at < len(words) and words[at][0] < end)
    return flags
