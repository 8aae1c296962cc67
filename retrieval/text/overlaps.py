"""Of what was found in a text more than once, what comes first."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar


class Spanned(Protocol):
    """What stands in `text[start:end]`."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...


Found = TypeVar("Found", bound=Spanned)


def without_overlaps(found: Iterable[Found], length: int) -> Iterator[Found]:
    """Each that overlaps none of those yielded before it, in a text of that length."""
    taken = bytearray(length)
    for one in found:
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            yield one
