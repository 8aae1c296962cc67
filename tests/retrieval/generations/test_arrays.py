from io import BytesIO

import numpy as np
import pytest

from retrieval.generations.arrays import array_blocks, array_in
from retrieval.segments.row_blocks import RowBlocks


@pytest.mark.parametrize("shape", [(0, 3), (1, 1), (5, 3), (7,)])
def test_an_array_comes_back_as_it_was(shape: tuple[int, ...]) -> None:
    array = np.arange(np.prod(shape), dtype=np.int32).reshape(shape)
    content = b"".join(array_blocks(RowBlocks.of(array)))
    again = array_in(memoryview(content), np.int32)
    assert again.dtype == np.int32
    assert np.array_equal(again, array)
    assert np.array_equal(np.load(BytesIO(content), allow_pickle=False), array)


def test_an_array_in_pieces_is_the_array() -> None:
    array = np.arange(12, dtype=np.int64).reshape(6, 2)
    blocks = RowBlocks(array.shape, array.dtype, lambda: iter((array[:1], array[1:1], array[1:])))
    assert b"".join(array_blocks(blocks)) == b"".join(array_blocks(RowBlocks.of(array)))


def test_objects_are_never_read() -> None:
    file = BytesIO()
    np.save(file, np.array([object()], dtype=object), allow_pickle=True)
    with pytest.raises(ValueError, match="object"):
        array_in(memoryview(file.getvalue()), np.int32)
