"""Unpacks untrusted gzip step by step, with limits.

A decompression bomb may be small when unpacked: empty members cost time without end. So there are limits on
the size, the ratio, the number of members and the time.
"""

import io
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

RATIO_LIMIT = 100
"""The most that content may grow; news pages grow 3 to 10 times, and gzip at most 1,030 times."""
SMALL = 64 * 1024
"""The bytes that content may always grow to, whatever its ratio: a short text of one letter is no attack."""
PIECE_SIZE = 64 * 1024
"""The most bytes of an unpacked piece."""
SLICE_SIZE = 16 * 1024
"""The packed bytes that are processed at a time: the rest of a slice is copied at the end of each member."""
MEMBERS = 1000
"""The members that are always allowed: a log that was appended to that often."""
MIN_MEMBER_SIZE = 1024
"""The least average bytes of further members; those of bgzip and pigz, which write many, have thousands."""
SECONDS = 10.0
"""The seconds that unpacking may always take: 10 MB of packed text take 0.5 s on one core."""
MIN_BYTES_PER_SECOND = 1024 * 1024
"""Packed bytes per further second that unpacking may take, a twentieth of the usual speed."""
MAGIC = b"\x1f\x8b"
"""The first bytes of gzip."""

_GZIP = 16 + zlib.MAX_WBITS


class BadGzip(ValueError):
    """Content that can't be unpacked, with the reason."""


class TooLarge(BadGzip):
    """Content that exceeds a limit."""


def unpack(
    chunks: Iterable[bytes], limit: int | None, *, clock: Callable[[], float] = time.monotonic
) -> Iterator[bytes]:
    """The content of the gzip stream, in pieces of at most PIECE_SIZE bytes.

    Raises TooLarge beyond `limit` bytes (None: no limit), RATIO_LIMIT, or the members or time that its size
    allows; BadGzip if it is damaged or truncated. The pieces before an error never exceed `limit`. `clock`
    returns seconds; only the time spent unpacking counts.
    """
    inflater = zlib.decompressobj(_GZIP)
    members, taken, given, spent = 1, 0, 0, 0.0
    for part in _slices(chunks):
        waiting = part
        taken += len(part)
        while waiting:
            if inflater.eof:
                waiting = waiting.lstrip(b"\0")  # padding of a tape's last block, which gzip allows
                if not waiting:
                    break
                inflater = zlib.decompressobj(_GZIP)
                members += 1
                if members > MEMBERS + taken // MIN_MEMBER_SIZE:
                    raise TooLarge(f"it is made of more than {members - 1:,} tiny gzip members")
            begun = clock()
            try:
                piece = inflater.decompress(waiting, PIECE_SIZE)
            except zlib.error as error:
                raise BadGzip("its gzip is broken") from error
            spent += clock() - begun
            waiting = inflater.unused_data or inflater.unconsumed_tail
            given += len(piece)
            if limit is not None and given > limit:
                raise TooLarge(f"it holds more than the {limit // 1024 // 1024} MB allowed once unpacked")
            if given > max(SMALL, RATIO_LIMIT * taken):
                raise TooLarge(f"it unpacks to more than {RATIO_LIMIT} times its size")
            if spent > SECONDS + taken / MIN_BYTES_PER_SECOND:
                raise TooLarge(
                    f"it takes more than {spent:.0f} s to unpack, more than gzip of its size needs"
                )
            if piece:
                yield piece
    if not inflater.eof:
        raise BadGzip("its gzip is cut short")


class GzipReader(io.RawIOBase):
    """The content of a gzip stream as a readable file. Reading raises the errors of `unpack`."""

    def __init__(self, packed: io.BufferedReader) -> None:
        """Read from an open file, which the caller closes."""
        super().__init__()
        self._pieces = unpack(iter(lambda: packed.read(PIECE_SIZE), b""), limit=None)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        """Always true."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill the buffer with at most one piece; 0 at the end."""
        if not self._left:
            self._left = memoryview(next(self._pieces, b""))
        room = memoryview(buffer).cast("B")
        size = min(len(room), len(self._left))
        room[:size], self._left = self._left[:size], self._left[size:]
        return size


def _slices(chunks: Iterable[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        for start in range(0, len(chunk), SLICE_SIZE):
            yield chunk[start : start + SLICE_SIZE]
