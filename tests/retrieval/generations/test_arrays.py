import pickle
from io import BytesIO

import numpy as np
import pytest

from retrieval.generations.arrays import array_bytes, bytes_array


@pytest.mark.parametrize("shape", [(0, 3), (1, 1), (5, 3), (7,)])
def test_an_array_comes_back_as_it_was(shape: tuple[int, ...]) -> None:
    array = np.arange(np.prod(shape), dtype=np.int32).reshape(shape)
    again = bytes_array(array_bytes(array), np.int32)
    assert again.dtype == np.int32
    assert np.array_equal(again, array)


def test_an_array_of_another_kind_is_refused() -> None:
    content = array_bytes(np.zeros((2, 3), np.int64))
    with pytest.raises(ValueError, match="an array of int64 where int32 was expected"):
        bytes_array(content, np.int32)


class Harmful:
    """Shows that it was unpickled."""

    def __reduce__(self) -> tuple[object, ...]:
        return (pytest.fail, ("a pickle was loaded",))


def test_an_array_of_objects_is_refused_without_loading_it() -> None:
    file = BytesIO()
    np.save(file, np.array([Harmful()], dtype=object), allow_pickle=True)
    with pytest.raises(ValueError, match="allow_pickle"):
        bytes_array(file.getvalue(), np.int32)


def test_a_bare_pickle_is_refused_without_loading_it() -> None:
    with pytest.raises(ValueError, match="pickle"):
        bytes_array(pickle.dumps(Harmful()), np.int32)


def test_objects_are_never_written() -> None:
    with pytest.raises(ValueError, match="allow_pickle"):
        array_bytes(np.array([Harmful()], dtype=object))
