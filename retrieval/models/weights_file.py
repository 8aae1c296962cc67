"""A model's weights in a safetensors file, memory-mapped and read on use."""

import json
import mmap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable

Weights = Mapping[str, NDArray[np.float32]]

_NUMBER = "F32"
"""The file format's name for 32-bit floats."""
_LENGTH = 8
"""Bytes of the header's length at the beginning of the file, little-endian."""


@dataclass(frozen=True, slots=True)
class WeightsFile:
    """All tensors of 32-bit floats by name, as views of the mapped file."""

    weights: Weights
    _mapped: mmap.mmap

    def release_pages(self) -> None:
        """Release the memory of the pages read so far; they are read again when they are used again."""
        if hasattr(self._mapped, "madvise"):  # not on Windows
            self._mapped.madvise(mmap.MADV_DONTNEED)


def open_weights(path: Path) -> WeightsFile:
    """Map a safetensors file: the header's length, the header (JSON with the position of each tensor), and
    data.

    Raises ModelUnavailable if it is not such a file.
    """
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        start = _LENGTH + int.from_bytes(mapped[:_LENGTH], "little")
        header = json.loads(mapped[_LENGTH:start])
        numbers = np.frombuffer(mapped, np.uint8)[start:]
        weights = {
            name: numbers[slice(*one["data_offsets"])].view(np.float32).reshape(one["shape"])
            for name, one in header.items()
            if one.get("dtype") == _NUMBER
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelUnavailable(
            f"the weights {path} can't be read ({error}): install Newsdesk again"
        ) from error
    return WeightsFile(weights, mapped)
