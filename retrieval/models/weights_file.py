"""The weights of a model as its safetensors file holds them, mapped into memory and not read before use."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable

Weights = dict[str, NDArray[np.float32]]

_NUMBER = "F32"
"""What the file calls floats of 32 bits."""
_LENGTH = 8
"""Bytes of the header's length, which stands first, the lowest byte foremost."""


def mapped_weights(path: Path) -> Weights:
    """Every tensor of 32-bit floats by its name, none copied.

    The format is a length, a JSON object that says where each tensor stands, and the numbers. Raises
    ModelUnavailable where the file is none of it.
    """
    try:
        file = np.memmap(path, np.uint8, "r")
        start = _LENGTH + int.from_bytes(file[:_LENGTH].tobytes(), "little")
        header = json.loads(file[_LENGTH:start].tobytes())
        return {
            name: file[start:][slice(*one["data_offsets"])].view(np.float32).reshape(one["shape"])
            for name, one in header.items()
            if one.get("dtype") == _NUMBER
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelUnavailable(
            f"the weights {path} can't be read ({error}): install Newsdesk again"
        ) from error
