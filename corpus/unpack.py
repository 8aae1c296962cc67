"""Unpacking gzip that may be a bomb: little by little, and never more than was asked for."""

import zlib
from collections.abc import Iterable, Iterator

RATIO_LIMIT = 100
"""Times that content may grow; news pages grow 3 to 10 times, gzip at its most 1,030 times."""
SMALL = 64 * 1024
"""Bytes that content may grow to whatever its ratio: a short text of one letter is no attack."""
STEP = 64 * 1024
"""Bytes unpacked at a time."""
MAGIC = b"\x1f\x8b"
"""How gzip begins."""

_GZIP = 16 + zlib.MAX_WBITS


class Overfull(ValueError):
    """There is more in it than is taken."""


def unpack(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """The content of the gzip stream, in pieces of at most STEP bytes.

    Raises Overfull beyond `limit` bytes or RATIO_LIMIT, ValueError where it is broken or cut short; both
    with the reason. What was given out until then never exceeds `limit`.
    """
    taken = given = 0
    inflater = zlib.decompressobj(_GZIP)
    for chunk in chunks:
        taken += len(chunk)
        waiting = chunk
        while waiting:
            if inflater.eof:  # another member follows, as gzip allows
                inflater = zlib.decompressobj(_GZIP)
            try:
                piece = inflater.decompress(waiting, STEP)
            except zlib.error as error:
                raise ValueError("its gzip is broken") from error
            waiting = inflater.unused_data or inflater.unconsumed_tail
            given += len(piece)
            if given > limit:
                raise Overfull(f"it holds more than the {limit // 1024 // 1024} MB allowed once unpacked")
            if given > max(SMALL, RATIO_LIMIT * taken):
                raise Overfull(f"it unpacks to more than {RATIO_LIMIT} times its size")
            yield piece
    if not inflater.eof:
        raise ValueError("its gzip is cut short")
