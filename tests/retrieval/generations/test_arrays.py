import numpy as np
import pytest

from retrieval.generations.arrays import array_bytes, bytes_array


@pytest.mark.parametrize("shape", [(0, 3), (1, 1), (5, 3), (7,)])
def test_an_array_comes_back_as_it_was(shape: tuple[int, ...]) -> None:
    array = np.arange(np.prod(shape), dtype=np.int32).reshape(shape)
    again = bytes_array(array_bytes(array), np.int32)
    assert again.dtype == np.int32
    assert np.array_equal(again, array)


def test_objects_are_never_written() -> None:
    with pytest.raises(ValueError, match="allow_pickle"):
        array_bytes(np.array([object()], dtype=object))
