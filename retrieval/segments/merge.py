"""Merges segments, without the articles that are gone: nothing is split, embedded or stemmed again.

The result is identical to a segment built from the remaining articles.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from retrieval.ragged import starts_of
from retrieval.segments.content import SegmentContent
from retrieval.segments.forward import ForwardIndex
from retrieval.segments.postings import Postings, postings_of
from retrieval.segments.row_blocks import RowBlocks
from retrieval.segments.segment import Segment
from retrieval.segments.tables import Tables
from retrieval.segments.term_list import TermList

Ints = NDArray[np.int64]
T = TypeVar("T", bound=np.generic)


def merged(segments: Sequence[Segment], masks: Sequence[NDArray[np.bool_]]) -> SegmentContent:
    """One segment of the articles for which the masks (one flag per article for each segment) are true."""
    places, rows = _order(segments, masks)
    texts = _Runs.of(places, rows, [segment.articles.starts for segment in segments])
    passages = _Runs.of(places, rows, [_firsts(one.tables.passages, one) for one in segments])
    chunks = _Runs.of(places, rows, [_firsts(one.tables.chunks, one) for one in segments])
    sentences = _Runs.of(places, rows, [_firsts(one.tables.sentences, one) for one in segments])
    tokens = chunks.within([one.tokens.starts for one in segments])
    terms, postings = _postings(segments, passages)
    vectors = [one.dense.vectors for one in segments]
    signs = [one.tokens.signs for one in segments]
    tables = [one.tables for one in segments]
    return SegmentContent(
        headings=[segments[at].articles.headings[row] for at, row in zip(places, rows, strict=True)],
        texts=texts.blocks([np.frombuffer(one.articles.texts, np.uint8) for one in segments]),
        text_starts=starts_of(texts.counts),
        tables=Tables(
            passages=passages.table([one.passages for one in tables]),
            chunks=chunks.table([one.chunks for one in tables]),
            chunks_of=_moved(passages, [one.chunks_of for one in tables], chunks),
            sentences=sentences.table([one.sentences for one in tables]),
            sentences_of=_moved(passages, [one.sentences_of for one in tables], sentences),
        ),
        vectors=chunks.blocks(vectors),
        postings=postings,
        forward=_forward(segments, sentences, terms),
        token_starts=starts_of(chunks.gathered([np.diff(one.tokens.starts) for one in segments])),
        token_places=tokens.gathered([one.tokens.places for one in segments]),
        token_signs=tokens.blocks(signs),
    )


@dataclass(frozen=True, slots=True)
class _Runs:
    """For each article of the result, the half-open range of its rows of one kind in its segment."""

    places: Sequence[int]
    firsts: Ints
    lasts: Ints

    @classmethod
    def of(cls, places: Sequence[int], rows: Sequence[int], starts: Sequence[Ints]) -> "_Runs":
        """`starts` says for each segment where each article's rows start, and where the last one's end."""
        firsts = np.array([starts[at][row] for at, row in zip(places, rows, strict=True)], np.int64)
        lasts = np.array([starts[at][row + 1] for at, row in zip(places, rows, strict=True)], np.int64)
        return cls(places, firsts, lasts)

    @property
    def counts(self) -> Ints:
        return self.lasts - self.firsts

    def within(self, starts: Sequence[Ints]) -> "_Runs":
        """The ranges of a kind of which each of these rows has several; `starts` says where each row's
        start."""
        firsts = [starts[at][row] for at, row in zip(self.places, self.firsts.tolist(), strict=True)]
        lasts = [starts[at][row] for at, row in zip(self.places, self.lasts.tolist(), strict=True)]
        return _Runs(self.places, np.array(firsts, np.int64), np.array(lasts, np.int64))

    def gathered(self, arrays: Sequence[NDArray[T]]) -> NDArray[T]:
        """The rows of the result, from one array for each segment."""
        return np.concatenate([arrays[0][:0], *self._slices(arrays)])

    def blocks(self, arrays: Sequence[NDArray[T]]) -> RowBlocks:
        """The same in blocks."""
        shape = (int(self.counts.sum()), *arrays[0].shape[1:])
        return RowBlocks(shape, arrays[0].dtype, lambda: self._slices(arrays))

    def table(self, tables: Sequence[NDArray[np.int32]]) -> NDArray[np.int32]:
        """A table of the result; its first column is the article."""
        found = self.gathered(tables)
        found[:, 0] = np.repeat(np.arange(len(self.firsts)), self.counts)
        return found

    def _slices(self, arrays: Sequence[NDArray[T]]) -> Iterator[NDArray[T]]:
        bounds = zip(self.places, self.firsts.tolist(), self.lasts.tolist(), strict=True)
        return (arrays[place][first:last] for place, first, last in bounds)


def _order(
    segments: Sequence[Segment], masks: Sequence[NDArray[np.bool_]]
) -> tuple[Sequence[int], Sequence[int]]:
    """The segment and row of each article of the result, ordered by id."""
    kept = sorted(
        (segment.articles.headings[row].id, place, row)
        for place, (segment, mask) in enumerate(zip(segments, masks, strict=True))
        for row in np.flatnonzero(mask).tolist()
    )
    return [place for _, place, _ in kept], [row for _, _, row in kept]


def _firsts(table: NDArray[np.int32], segment: Segment) -> Ints:
    """Where each article's rows of a table start, and where the last one's end."""
    return np.searchsorted(table[:, 0], np.arange(len(segment.articles) + 1))


def _moved(passages: _Runs, tables: Sequence[NDArray[np.int32]], parts: _Runs) -> NDArray[np.int32]:
    """The passages' ranges of their parts, shifted to the parts' new rows."""
    moves = np.repeat(starts_of(parts.counts)[:-1] - parts.firsts, passages.counts)
    return np.asarray(passages.gathered(tables) + moves[:, None], np.int32)


def _postings(segments: Sequence[Segment], passages: _Runs) -> tuple[list[NDArray[np.int32]], Postings]:
    """For each segment the new rows of its terms (-1 for unused ones), and the result's postings."""
    now, entries, used = _new_rows(segments, passages), [], []
    for segment, rows in zip(segments, now, strict=True):
        held = segment.postings
        found = np.repeat(np.arange(len(held.terms), dtype=np.int32), np.diff(held.starts))
        stands = rows[held.rows] >= 0
        entries.append((found[stands], rows[held.rows][stands], held.counts[stands]))
        used.append(np.bincount(found[stands], minlength=len(held.terms)) > 0)
    spelled = [
        [term for term, is_used in zip(segment.postings.terms, flags.tolist(), strict=True) if is_used]
        for segment, flags in zip(segments, used, strict=True)
    ]
    terms = sorted(set().union(*spelled))
    number = {term: row for row, term in enumerate(terms)}
    term_rows = []
    for flags, kept in zip(used, spelled, strict=True):
        rows = np.full(len(flags), -1, np.int32)
        rows[flags] = [number[term] for term in kept]
        term_rows.append(rows)
    found = np.concatenate([rows[one[0]] for rows, one in zip(term_rows, entries, strict=True)])
    where = np.concatenate([one[1] for one in entries])
    order = np.argsort(where, kind="stable")
    counts = np.concatenate([one[2] for one in entries])
    lengths = passages.gathered([segment.postings.lengths for segment in segments])
    return term_rows, postings_of(TermList.of(terms), found[order], where[order], counts[order], lengths)


def _new_rows(segments: Sequence[Segment], passages: _Runs) -> list[NDArray[np.int32]]:
    """For each segment the new row of each passage; -1 for those that are gone."""
    now = [np.full(segment.passage_count, -1, np.int32) for segment in segments]
    for place, first, last, start in zip(
        passages.places,
        passages.firsts.tolist(),
        passages.lasts.tolist(),
        starts_of(passages.counts).tolist(),
        strict=False,  # the last start is the total
    ):
        now[place][first:last] = np.arange(start, start + last - first)
    return now


def _forward(
    segments: Sequence[Segment], sentences: _Runs, terms: Sequence[NDArray[np.int32]]
) -> ForwardIndex:
    said = sentences.within([one.forward.starts for one in segments])
    counts = sentences.gathered([np.diff(one.forward.starts) for one in segments])
    return ForwardIndex(
        starts_of(counts),
        said.gathered([rows[one.forward.terms] for rows, one in zip(terms, segments, strict=True)]),
    )
