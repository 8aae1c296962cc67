"""The distinct terms of a segment, sorted, as one block of bytes that is not parsed before use."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.ragged import starts_of

CACHED_TERMS = 2_000
"""Maximum terms whose rows are cached: those of the last hundred questions, 0.2 MB."""
TERMS_PER_MARK = 64
"""Every how many terms one is kept as a Python object, for the first step of a binary search: 0.2 MB for
150,000 terms."""


@dataclass(frozen=True, slots=True)
class TermList:
    """Term i is the UTF-8 in `text[starts[i] : starts[i + 1]]`; terms are sorted by their bytes."""

    text: memoryview
    starts: NDArray[np.int64]
    _known: dict[str, int | None] = field(default_factory=dict, compare=False, repr=False)
    _marks: list[bytes] = field(default_factory=list, compare=False, repr=False)

    @classmethod
    def of(cls, terms: Sequence[bytes]) -> "TermList":
        """The list of these terms, which must be sorted."""
        return cls(memoryview(b"".join(terms)), starts_of(np.array([len(term) for term in terms], np.int64)))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __iter__(self) -> Iterator[bytes]:
        bounds = self.starts.tolist()
        return (bytes(self.text[start:end]) for start, end in pairwise(bounds))

    def row(self, term: str) -> int | None:
        """The term's row; None if it is not in the list. Cached, since a question looks up each term a dozen
        times."""
        try:
            return self._known[term]
        except KeyError:
            if len(self._known) >= CACHED_TERMS:
                self._known.clear()
            row = self._known[term] = self._looked_up(term)
            return row

    def _looked_up(self, term: str) -> int | None:
        wanted = term_bytes(term)
        if not self._marks:
            # Not locked: another thread would write the same.
            self._marks[:] = [self._bytes(row) for row in range(0, len(self), TERMS_PER_MARK)]
        low = max(bisect_right(self._marks, wanted) - 1, 0) * TERMS_PER_MARK
        high = min(low + TERMS_PER_MARK, len(self))
        row = bisect_left(range(high), wanted, low, key=self._bytes)
        return row if row < high and self._bytes(row) == wanted else None

    def _bytes(self, row: int) -> bytes:
        return bytes(self.text[int(self.starts[row]) : int(self.starts[row + 1])])


def term_bytes(term: str) -> bytes:
    """A term's bytes. Lone surrogates, which no article has, are encoded as they are."""
    return term.encode(errors="surrogatepass")
