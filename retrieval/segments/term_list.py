"""The different terms of a segment, sorted, as one run of bytes that needs no reading before it is used."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.ragged import starts_of

KNOWN = 2_000
"""Terms whose rows are remembered: those of the last hundred questions, 0.2 MB."""
MARKED = 64
"""Terms from one that stands in memory as it is to the next, among which a term is looked for first: of
150,000 terms these are 0.2 MB."""


@dataclass(frozen=True, slots=True)
class TermList:
    """Term i is the UTF-8 of `text[starts[i] : starts[i + 1]]`; terms ascend by their bytes."""

    text: memoryview
    starts: NDArray[np.int64]
    _known: dict[str, int | None] = field(default_factory=dict, compare=False, repr=False)
    _marks: list[bytes] = field(default_factory=list, compare=False, repr=False)

    @classmethod
    def of(cls, terms: Sequence[bytes]) -> "TermList":
        """The list of these terms, which ascend."""
        return cls(memoryview(b"".join(terms)), starts_of(np.array([len(term) for term in terms], np.int64)))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __iter__(self) -> Iterator[bytes]:
        bounds = self.starts.tolist()
        return (bytes(self.text[start:end]) for start, end in pairwise(bounds))

    def row(self, term: str) -> int | None:
        """The term's row; None for one that is not in the list. A question asks for each of its terms a dozen
        times."""
        try:
            return self._known[term]
        except KeyError:
            if len(self._known) >= KNOWN:
                self._known.clear()
            row = self._known[term] = self._looked_up(term)
            return row

    def _looked_up(self, term: str) -> int | None:
        wanted = term_bytes(term)
        if not self._marks:
            # Another thread that does the same at the same time puts the same there.
            self._marks[:] = [self._bytes(row) for row in range(0, len(self), MARKED)]
        low = max(bisect_right(self._marks, wanted) - 1, 0) * MARKED
        high = min(low + MARKED, len(self))
        row = bisect_left(range(high), wanted, low, key=self._bytes)
        return row if row < high and self._bytes(row) == wanted else None

    def _bytes(self, row: int) -> bytes:
        return bytes(self.text[int(self.starts[row]) : int(self.starts[row + 1])])


def term_bytes(term: str) -> bytes:
    """A term as it is kept; half characters, which no article has, are kept apart from all others."""
    return term.encode(errors="surrogatepass")
