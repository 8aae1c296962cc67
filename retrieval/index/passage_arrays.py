"""The arrays from which the features of passages are computed, extracted from their segments."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.collection.query_terms import QueryTerms
from retrieval.index.nearest import cosines
from retrieval.index.row_numbers import Part, RowNumbers, gather
from retrieval.models.embedder import EncodedQuestion
from retrieval.ragged import ranges, starts_of
from retrieval.segments.segment import Segment

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PassageArrays:
    """Passages of several segments, concatenated as if from one segment.

    `passages` and `sentences` have rows (article, start, end), with articles numbered over all segments.
    `counts` are the numbers of sentences of each passage, `titles` the titles of their articles. A sentence
    in two passages occurs twice, with the same number in `numbers`. `terms` are the terms of the sentences,
    in order, as indices into the question's terms (-1 for others), and `term_counts` their number in each
    sentence. `chunk_meanings` are the cosines of the question and each sentence's chunk. `token_keys` are the
    ascending positions of the tokens of these chunks (article << 32 | character), `token_signs` as in
    `Tokens`.
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
    segments: Sequence[Segment], parts: Sequence[Part], terms: QueryTerms, question: EncodedQuestion | None
) -> PassageArrays:
    """The arrays for the passages of these rows, of which there must be at least one."""
    articles = RowNumbers(len(segment.articles) for segment in segments)
    sentences = RowNumbers(len(segment.tables.sentences) for segment in segments)
    tables = [segment.tables for segment in segments]
    passages = _numbered(articles, parts, lambda place: tables[place].passages)
    firsts, lasts = np.concatenate(
        [tables[place].sentences_of[rows] + np.int64(sentences.first(place)) for place, _, rows in parts]
    ).T
    numbers, _ = ranges(firsts, lasts)
    here = sentences.parts(numbers)
    starts = gather(here, lambda place: segments[place].forward.starts)
    ends = np.concatenate([segments[place].forward.starts[rows + 1] for place, _, rows in here])
    chunks = RowNumbers(len(segment.tables.chunks) for segment in segments)
    chunk_of = np.concatenate(
        [segments[place].chunk_of_sentence[rows] + chunks.first(place) for place, _, rows in here]
    )
    compared, back = np.unique(chunk_of, return_inverse=True)
    there = chunks.parts(compared)
    meanings = cosines(segments, there, question.vector) if question else np.zeros(len(compared), np.float32)
    keys, signs = _tokens(segments, there, articles)
    return PassageArrays(
        passages=passages,
        counts=lasts - firsts,
        titles=[
            segments[place].articles.headings[row].title
            for place, at, _ in parts
            for row in (passages[at, 0] - articles.first(place)).tolist()
        ],
        sentences=_numbered(articles, here, lambda place: tables[place].sentences),
        numbers=numbers,
        terms=_places(segments, here, terms.terms, starts, ends),
        term_counts=ends - starts,
        chunk_meanings=meanings[back],
        token_keys=keys,
        token_signs=signs,
    )


def _numbered(articles: RowNumbers, parts: Sequence[Part], table: Callable[[int], NDArray[np.int32]]) -> Ints:
    """Rows (article, start, end) of the segments' tables, with articles numbered over all segments."""
    found = gather(parts, table).astype(np.int64)
    for place, at, _ in parts:
        found[at, 0] += articles.first(place)
    return found


def _places(
    segments: Sequence[Segment], parts: Sequence[Part], terms: Sequence[str], starts: Ints, ends: Ints
) -> Ints:
    """For each term of these sentences its index among the question's terms; -1 for others."""
    vocabulary = RowNumbers(len(segment.postings.terms) for segment in segments)
    said, asked, places = [], [], []
    for place, at, _ in parts:
        segment = segments[place]
        rows, _ = ranges(starts[at], ends[at])
        said.append(segment.forward.terms[rows] + vocabulary.first(place))
        for which, term in enumerate(terms):
            row = segment.postings.terms.row(term)
            if row is not None:
                asked.append(row + vocabulary.first(place))
                places.append(which)
    order = np.argsort(asked)
    # A sentinel for terms beyond the last one, which equals no term.
    known = np.append(np.array(asked, np.int64)[order], -1)
    answers = np.append(np.array(places, np.int64)[order], -1)
    every = np.concatenate(said)
    among = np.searchsorted(known[:-1], every)
    return np.where(known[among] == every, answers[among], -1)


def _tokens(
    segments: Sequence[Segment], parts: Sequence[Part], articles: RowNumbers
) -> tuple[Ints, NDArray[np.uint8]]:
    """The positions of the tokens of these chunks (`token_keys`), and their signs."""
    bounds = _numbered(articles, parts, lambda place: segments[place].tables.chunks)
    starts = gather(parts, lambda place: segments[place].tokens.starts)
    ends = np.concatenate([segments[place].tokens.starts[rows + 1] for place, _, rows in parts])
    every, owners = ranges(starts, ends)
    cuts = starts_of(ends - starts)
    places, signs = [], []
    for place, at, _ in parts:
        rows = every[cuts[at.start] : cuts[at.stop]]
        places.append(segments[place].tokens.places[rows])
        signs.append(segments[place].tokens.signs[rows])
    return bounds[owners, 0] << 32 | bounds[owners, 1] + np.concatenate(places), np.concatenate(signs)
