"""The weights of a model as its safetensors file holds them, mapped into memory and not read before use."""

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
"""What the file calls floats of 32 bits."""
_LENGTH = 8
"""Bytes of the header's length, which stands first, the lowest byte foremost."""


@dataclass(frozen=True, slots=True)
class WeightsFile:
    """Every tensor of 32-bit floats by its name, none copied."""

    weights: Weights
    _mapped: mmap.mmap

    def let_go(self) -> None:
        """Give the memory back of what was read of it; it is read again where it is used again."""
        if hasattr(self._mapped, "madvise"):  # not on Windows
            self._mapped.madvise(mmap.MADV_DONTNEED)


def open_weights(path: Path) -> WeightsFile:
    """Map a file, which is a length, a JSON object that says where each tensor stands, and the numbers.

    Raises ModelUnavailable if it is none of that.
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
