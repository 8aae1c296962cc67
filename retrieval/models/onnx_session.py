"""Runs networks by ONNX Runtime on the CPU."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

NO_TELEMETRY = "ORT_DISABLE_TELEMETRY"
"""ONNX Runtime's own name for the variable of the environment."""


def checked_network(path: Path, sha256: str, what: str, instead: str = "") -> bytes:
    """The content of a file that ships with Newsdesk.

    Raises ModelUnavailable, with what to do, where it is missing or another one.
    """
    if not path.is_file():
        raise ModelUnavailable(f"{what} {path} is missing: install Newsdesk again")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ModelUnavailable(
            f"{what} {path} is not the file it should be (its SHA-256 differs): "
            f"install Newsdesk again{instead}"
        )
    return content


def cores() -> int:
    """How many there are for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def session_of(
    network: bytes, weights: Mapping[str, NDArray[np.generic]] | None = None, *, threads: int = 0
) -> "InferenceSession":
    """A network, with weights that it names and does not hold, run by so many threads (0: one a core).

    Raises what ONNX Runtime raises.
    """
    # Releases since 1.29 tell their maker of each process and model, over the network and under an id that
    # they keep on this machine, unless this is set before they are loaded.
    os.environ[NO_TELEMETRY] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Threads that spin while they wait take the core from whoever else is answered on this machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if weights:
        held = [onnxruntime.OrtValue.ortvalue_from_numpy(one) for one in weights.values()]
        options.add_external_initializers(list(weights), held)
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
