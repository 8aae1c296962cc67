"""Removing overlapping matches: the first one wins."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar


class Spanned(Protocol):
    """A match at `text[start:end]`."""

    @property
    def start(self) -> int:
        """The start of the match."""
        ...

    @property
    def end(self) -> int:
        """The end of the match."""
        ...


Found = TypeVar("Found", bound=Spanned)


def without_overlaps(found: Iterable[Found], length: int) -> Iterator[Found]:
    """The matches that overlap none of those yielded before, in a text of that length."""
    taken = bytearray(length)
    for one in found:
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            yield one
