"""Unpacking gzip that may be a bomb: little by little, and never more than was asked for.

A bomb need not be large once it is unpacked: members with nothing in them are work without end. So what is
bounded is the size, the growth, the number of members and the time.
"""

import io
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

RATIO_LIMIT = 100
"""Times that content may grow; news pages grow 3 to 10 times, gzip at its most 1,030 times."""
SMALL = 64 * 1024
"""Bytes that content may grow to whatever its ratio: a short text of one letter is no attack."""
STEP = 64 * 1024
"""Bytes unpacked at a time."""
SLICE = 16 * 1024
"""Bytes of the packed content looked at at a time: the rest of them is copied at the end of each member."""
MEMBERS = 1000
"""Members that are taken whatever their size: a log that was appended to that often."""
MEMBER_SIZE = 1024
"""Bytes that further members have on average; those of bgzip and pigz, which write many, have thousands."""
SECONDS = 10.0
"""Of unpacking, whatever the size: 10 MB of text, packed, take 0.5 s on one core."""
SLOWEST = 1024 * 1024
"""Bytes of packed content that each further second is given for, a twentieth of what is usual."""
MAGIC = b"\x1f\x8b"
"""How gzip begins."""

_GZIP = 16 + zlib.MAX_WBITS


class BadGzip(ValueError):
    """It can't be unpacked, with the reason."""


class TooLarge(BadGzip):
    """There is more in it than is taken."""


def unpack(
    chunks: Iterable[bytes], limit: int | None, *, clock: Callable[[], float] = time.monotonic
) -> Iterator[bytes]:
    """The content of the gzip stream, in pieces of at most STEP bytes.

    Raises TooLarge beyond `limit` bytes (None: any number), RATIO_LIMIT or the members and the time that its
    size allows, BadGzip where it is broken or cut short. What was given out until then never exceeds `limit`.
    `clock` tells seconds; only those count in which something is unpacked.
    """
    inflater = zlib.decompressobj(_GZIP)
    members, taken, given, spent = 1, 0, 0, 0.0
    for part in _slices(chunks):
        waiting = part
        taken += len(part)
        while waiting:
            if inflater.eof:
                waiting = waiting.lstrip(b"\0")  # which may fill the last block of a tape, as gzip allows
                if not waiting:
                    break
                inflater = zlib.decompressobj(_GZIP)
                members += 1
                if members > MEMBERS + taken // MEMBER_SIZE:
                    raise TooLarge(f"it is made of more than {members - 1:,} tiny gzip members")
            begun = clock()
            try:
                piece = inflater.decompress(waiting, STEP)
            except zlib.error as error:
                raise BadGzip("its gzip is broken") from error
            spent += clock() - begun
            waiting = inflater.unused_data or inflater.unconsumed_tail
            given += len(piece)
            if limit is not None and given > limit:
                raise TooLarge(f"it holds more than the {limit // 1024 // 1024} MB allowed once unpacked")
            if given > max(SMALL, RATIO_LIMIT * taken):
                raise TooLarge(f"it unpacks to more than {RATIO_LIMIT} times its size")
            if spent > SECONDS + taken / SLOWEST:
                raise TooLarge(
                    f"it takes more than {spent:.0f} s to unpack, more than gzip of its size needs"
                )
            if piece:
                yield piece
    if not inflater.eof:
        raise BadGzip("its gzip is cut short")


class GzipReader(io.RawIOBase):
    """The content of a gzip stream as a file to read from. Reading raises what `unpack` does."""

    def __init__(self, packed: io.BufferedReader) -> None:
        """Read from an open file, which stays its owner's to close."""
        super().__init__()
        self._pieces = unpack(iter(lambda: packed.read(STEP), b""), limit=None)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill as much of the buffer as one piece can; 0 at the end."""
        if not self._left:
            self._left = memoryview(next(self._pieces, b""))
        room = memoryview(buffer).cast("B")
        size = min(len(room), len(self._left))
        room[:size], self._left = self._left[:size], self._left[size:]
        return size


def _slices(chunks: Iterable[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        for start in range(0, len(chunk), SLICE):
            yield chunk[start : start + SLICE]
