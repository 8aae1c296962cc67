"""Runs networks on ONNX Runtime on the CPU."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

NO_TELEMETRY = "ORT_DISABLE_TELEMETRY"
"""The environment variable of ONNX Runtime."""


def checked_network(path: Path, sha256: str, what: str, instead: str = "") -> bytes:
    """The content of a file that ships with Newsdesk.

    Raises ModelUnavailable, with what to do, if it is missing or its SHA-256 differs.
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
    """The number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def session_of(
    network: bytes,
    weights: Mapping[str, NDArray[np.generic]] | None = None,
    *,
    threads: int = 0,
    without: Sequence[str] = (),
) -> "InferenceSession":
    """Load a network. `weights` are those that it refers to by name and does not contain; `threads` is their
    number for one call (0: one per core); `without` names optimizers of ONNX Runtime that are not used.

    Raises what ONNX Runtime raises.
    """
    # Since 1.29, ONNX Runtime reports each process and model to its maker over the network, with an id that
    # it stores on this machine, unless this is set before it is loaded.
    os.environ[NO_TELEMETRY] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Threads that spin while they wait take the core from other work on this machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if weights:
        held = [onnxruntime.OrtValue.ortvalue_from_numpy(one) for one in weights.values()]
        options.add_external_initializers(list(weights), held)
    return onnxruntime.InferenceSession(
        network, options, providers=["CPUExecutionProvider"], disabled_optimizers=list(without)
    )
