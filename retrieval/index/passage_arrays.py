"""What the features of some passages are computed from, taken out of the arrays of their segments."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.collection.query_terms import QueryTerms
from retrieval.models.embedder import EncodedQuestion
from retrieval.ragged import gathered, ranges
from retrieval.segments.segment import Segment

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PassageArrays:
    """Passages of several segments, one after the other, as if they were of one.

    `passages` and `sentences` have a row (article, start, end) each; articles are numbered over all segments.
    `counts` are how many sentences each passage has, and `titles` its article's. A sentence that is in two
    passages is there twice, with the same number in `numbers`. `terms` are those of the sentences in order,
    `term_counts` of each: places among the question's terms, -1 for others. `chunk_meanings` are the cosines
    of the question with each sentence's chunk. `token_keys` say for each token of these chunks where it
    begins (the article, and 32 bits for the character), ascending; `token_signs` are as `Tokens` has them.
    """

    passages: Ints
    counts: Ints
    titles: Sequence[str]
    sentences: Ints
    numbers: Ints
    terms: Ints
    term_counts: Ints
    chunk_meanings: NDArray[np.float32]
    token_keys: Ints
    token_signs: NDArray[np.uint8]


def passage_arrays(
    parts: Sequence[tuple[Segment, Ints]], terms: QueryTerms, question: EncodedQuestion | None
) -> PassageArrays:
    """The passages of these rows of each segment."""
    found, articles, sentences = list[PassageArrays](), 0, 0
    for segment, rows in parts:
        found.append(_of_segment(segment, rows, terms, question, articles, sentences))
        articles += len(segment.articles)
        sentences += len(segment.tables.sentences)

    def joined(name: str) -> NDArray[Any]:
        return np.concatenate(list(map(attrgetter(name), found)))

    return PassageArrays(
        passages=joined("passages"),
        counts=joined("counts"),
        titles=[title for one in found for title in one.titles],
        sentences=joined("sentences"),
        numbers=joined("numbers"),
        terms=joined("terms"),
        term_counts=joined("term_counts"),
        chunk_meanings=joined("chunk_meanings"),
        token_keys=joined("token_keys"),
        token_signs=joined("token_signs"),
    )


def _of_segment(
    segment: Segment,
    rows: Ints,
    terms: QueryTerms,
    question: EncodedQuestion | None,
    first_article: int,
    first_sentence: int,
) -> PassageArrays:
    tables = segment.tables
    passages = tables.passages[rows].astype(np.int64)
    headings = segment.articles.headings
    titles = [headings[article].title for article in passages[:, 0].tolist()]
    firsts, lasts = tables.sentences_of[rows].astype(np.int64).T
    numbers, _ = ranges(firsts, lasts)
    sentences = tables.sentences[numbers].astype(np.int64)
    starts = segment.forward.starts
    said, _ = segment.forward.of(numbers)
    chunks, chunk_of = np.unique(segment.chunk_of_sentence[numbers], return_inverse=True)
    if question is None:
        meanings = np.zeros(len(chunks), np.float32)
    else:
        meanings = segment.dense.similarity(question.vector, chunks)
    keys, signs = _tokens(segment, chunks, first_article)
    passages[:, 0] += first_article
    sentences[:, 0] += first_article
    return PassageArrays(
        passages=passages,
        counts=lasts - firsts,
        titles=titles,
        sentences=sentences,
        numbers=numbers + first_sentence,
        terms=_places(segment.term_rows(terms.terms), said),
        term_counts=starts[numbers + 1] - starts[numbers],
        chunk_meanings=meanings[chunk_of],
        token_keys=keys,
        token_signs=signs,
    )


def _places(rows: Ints, said: NDArray[np.int32]) -> Ints:
    """Of each term that is said its place among the question's, whose rows are given; -1 for others."""
    order = np.argsort(rows)
    at = np.searchsorted(rows[order], said)
    # One more, that no term is, for those past the end.
    return np.where(np.append(rows[order], -1)[at] == said, np.append(order, -1)[at], -1)


def _tokens(segment: Segment, chunks: Ints, first_article: int) -> tuple[Ints, NDArray[np.uint8]]:
    """Where the tokens of these chunks begin, and their signs."""
    tokens, bounds = segment.tokens, segment.tables.chunks[chunks].astype(np.int64)
    places, owners = gathered(tokens.places, tokens.starts, chunks)
    signs, _ = gathered(tokens.signs, tokens.starts, chunks)
    return (bounds[owners, 0] + first_article) << 32 | bounds[owners, 1] + places, signs
