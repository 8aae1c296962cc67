"""The inverted index of a segment: which passages have which terms, and how often, for BM25.

Scores are not stored, since they depend on document frequencies in the whole collection, of which a segment
is only a part.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.ragged import starts_of
from retrieval.segments.term_list import TermList, term_bytes

HIGHEST_COUNT = np.iinfo(np.uint16).max
"""The highest count of a term in a passage that is stored; BM25 is saturated long before."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Term i is in the passages `rows[starts[i] : starts[i + 1]]`, ascending, as often as the same slice of
    `counts` says. `lengths` are the numbers of terms of all passages."""

    terms: TermList
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    counts: NDArray[np.uint16]
    lengths: NDArray[np.int32]

    def where(self, term: str) -> slice:
        """The slice of the term's passages in `rows` and `counts`."""
        row = self.terms.row(term)
        return slice(0, 0) if row is None else slice(int(self.starts[row]), int(self.starts[row + 1]))

    def of(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.uint16]]:
        """The rows of the passages that have the term, and the counts."""
        where = self.where(term)
        return self.rows[where], self.counts[where]

    def passages(self, term: str) -> NDArray[np.int32]:
        """The rows of the passages that have the term."""
        return self.of(term)[0]


class PostingsBuilder:
    """Builds the postings of passages that are added one after the other, and numbers the terms."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._found: list[NDArray[np.int32]] = []
        self._counts: list[NDArray[np.uint16]] = []
        self._lengths: list[int] = []

    def numbers(self, terms: Iterable[str]) -> NDArray[np.int32]:
        """Numbers for the terms; `finish` returns the row of each number."""
        known = self._numbers
        return np.array([known.setdefault(term, len(known)) for term in terms], np.int32)

    def add(self, terms: Sequence[str]) -> None:
        """Add the terms of the next passage."""
        counts = Counter(terms)
        self._found.append(self.numbers(counts))
        self._counts.append(
            np.minimum(np.fromiter(counts.values(), np.int64), HIGHEST_COUNT).astype(np.uint16)
        )
        self._lengths.append(len(terms))

    def finish(self) -> tuple[Postings, NDArray[np.int32]]:
        """The postings, and for each number of a term its row."""
        spelled = [term_bytes(term) for term in self._numbers]
        order = sorted(range(len(spelled)), key=spelled.__getitem__)
        row_of = np.zeros(len(spelled), np.int32)
        row_of[order] = np.arange(len(spelled), dtype=np.int32)
        passages = np.repeat(
            np.arange(len(self._found), dtype=np.int32), [len(found) for found in self._found]
        )
        found = row_of[np.concatenate([np.zeros(0, np.int32), *self._found])]
        counts = np.concatenate([np.zeros(0, np.uint16), *self._counts])
        terms = TermList.of([spelled[number] for number in order])
        lengths = np.array(self._lengths, np.int32)
        return postings_of(terms, found, passages, counts, lengths), row_of


def postings_of(
    terms: TermList,
    found: NDArray[np.int32],
    passages: NDArray[np.int32],
    counts: NDArray[np.uint16],
    lengths: NDArray[np.int32],
) -> Postings:
    """Postings from entries of a term (its row in `found`), its passage, and its count in the passage;
    passages must ascend."""
    order = np.argsort(found, kind="stable")
    starts = starts_of(np.bincount(found, minlength=len(terms)))
    return Postings(terms, starts, passages[order], counts[order], lengths)
