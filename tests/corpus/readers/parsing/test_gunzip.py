import gzip
import random
import tracemalloc
import zlib
from collections.abc import Iterator
from itertools import count, repeat

import pytest

from corpus.readers.parsing.gunzip import MEMBERS, MIN_MEMBER_SIZE, PIECE_SIZE, SECONDS, TooLarge, unpack

MB = 1024 * 1024


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


def bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(bytes(MB)) for _ in range(size // MB)), packer.flush()])


@pytest.mark.parametrize("size", [1, 7, 65536])
@pytest.mark.parametrize(
    "content", [b"", b"A tram ran.", random.Random(1).randbytes(200_000), b"ab" * 30_000], ids=len
)
def test_whole_content_comes_out_whatever_its_pieces(content: bytes, size: int) -> None:
    assert b"".join(unpack(pieces(gzip.compress(content, mtime=0), size), MB)) == content


def test_every_member_is_unpacked() -> None:
    packed = gzip.compress(b"one ", mtime=0) + gzip.compress(b"two", mtime=0)
    assert b"".join(unpack([packed], MB)) == b"one two"
    assert b"".join(unpack(pieces(packed, 1), MB)) == b"one two"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    packed = bomb(200 * MB)
    assert len(packed) < 300_000
    sizes: list[int] = []
    tracemalloc.start()
    with pytest.raises(TooLarge, match="100 times"):
        sizes.extend(len(piece) for piece in unpack([packed], 5 * MB))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert max(sizes) <= PIECE_SIZE
    assert sum(sizes) <= 5 * MB
    assert peak < 4 * MB


def test_more_than_the_limit_is_refused_whatever_its_ratio() -> None:
    packed = gzip.compress(random.Random(2).randbytes(MB + 1))
    with pytest.raises(TooLarge, match="1 MB"):
        list(unpack([packed], MB))
    assert sum(map(len, unpack([packed], MB + 1))) == MB + 1


def test_a_ratio_that_no_text_has_is_refused_below_the_limit() -> None:
    with pytest.raises(TooLarge, match="100 times"):
        list(unpack([bomb(2 * MB)], 5 * MB))


@pytest.mark.parametrize(
    ("packed", "reason"),
    [
        (b"no gzip at all", "broken"),
        (gzip.compress(b"A tram ran." * 100, mtime=0)[:-9], "cut short"),
        (gzip.compress(b"A tram ran." * 100, mtime=0)[:-8] + bytes(8), "broken"),
        (gzip.compress(b"one", mtime=0) + b"garbage", "broken"),
        (b"", "cut short"),
    ],
)
def test_what_is_broken_is_said(packed: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        list(unpack([packed], MB))


def test_nothing_is_asked_for_after_the_limit() -> None:
    def endless() -> Iterator[bytes]:
        yield from pieces(bomb(200 * MB), 1000)
        pytest.fail("it was read to its end")

    with pytest.raises(TooLarge):
        list(unpack(endless(), MB))


def test_members_with_nothing_in_them_are_no_work_without_end() -> None:
    with pytest.raises(TooLarge, match="tiny gzip members"):
        list(unpack(repeat(gzip.compress(b"", mtime=0) * 5000), None))


@pytest.mark.parametrize(
    ("size", "number"),
    [(1, MEMBERS), (2 * MIN_MEMBER_SIZE, 3 * MEMBERS)],
    ids=["a log appended to a thousand times", "blocks as bgzip writes them"],
)
def test_members_as_programs_write_them_are_taken(size: int, number: int) -> None:
    member = gzip.compress(random.Random(3).randbytes(size), mtime=0)
    assert sum(map(len, unpack([member * number], None))) == size * number


def test_zeros_after_the_last_member_are_nothing_as_for_gzip_itself() -> None:
    packed = gzip.compress(b"A tram ran.", mtime=0) + bytes(PIECE_SIZE)
    assert b"".join(unpack([packed], MB)) == gzip.decompress(packed)


def test_what_takes_longer_than_its_size_explains_is_given_up() -> None:
    seconds = count(0.0, SECONDS / 4)  # a processor so slow that two steps take half of it
    with pytest.raises(TooLarge, match="to unpack"):
        list(unpack([random_gzip()], None, clock=lambda: next(seconds)))
    assert sum(map(len, unpack([random_gzip()], None))) == 2 * MB


def random_gzip() -> bytes:
    return gzip.compress(random.Random(4).randbytes(2 * MB), mtime=0)
