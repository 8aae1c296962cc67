"""all-MiniLM-L6-v2 as it is computed here: shipped graphs, and the verified weights of its package.

Two graphs hold the computation and no weight. One reads passages with the weights as they are. The other
reads questions with its matrices in whole numbers of 8 bits, a scale for each of their outputs: they are made
of the same weights when it is loaded, in a twentieth of a second, so that no other file of weights ships.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retrieval.models.onnx_session import checked_network, session_of
from retrieval.models.packaged import packaged_file
from retrieval.models.weights_file import Weights, mapped_weights

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

DIMENSION, LAYERS, HEADS, INNER = 384, 6, 12, 1536
WORDS, POSITIONS = 30522, 512
EPSILON = 1e-12
"""Of the model's config.json."""
INPUT, OUTPUT = "input_ids", "token_embeddings"

READ_GRAPH, ASKED_GRAPH = "passages.onnx", "questions.onnx"
GRAPHS = {
    READ_GRAPH: "1a7e5838c0820bbacab85c6fc07daa29291dfce1c920949c940fa5ac943e8afe",
    ASKED_GRAPH: "40912990689997b1690f3b96ca0232fbf45ee627d53efd736bbf04859b81d12e",
}
"""SHA-256 of each, as `python -m training.minilm_graph` prints it."""
WEIGHTS = "model.safetensors"
UNUSED = "pooler."
"""What the file has besides: a text's vector is the mean of its tokens'."""

_MOST = 127
"""The largest whole number of 8 bits that has a negative of its size."""


def graph_path(name: str) -> Path:
    """Where a graph is."""
    return Path(__file__).with_name(name)


def passage_network() -> "InferenceSession":
    """What reads passages, one thread a text. Raises ModelUnavailable."""
    weights = _weights()
    return session_of(_graph(READ_GRAPH), weights, threads=1)


def question_network() -> "InferenceSession":
    """What reads questions, in one thread. Raises ModelUnavailable."""
    return session_of(_graph(ASKED_GRAPH), in_whole_numbers(_weights()), threads=1)


def in_whole_numbers(weights: Weights) -> dict[str, NDArray[np.generic]]:
    """The same with each matrix in 8 bits, its outputs as columns, and the scale of each of them."""
    found: dict[str, NDArray[np.generic]] = {}
    for name, values in weights.items():
        if values.ndim == 1 or not name.startswith("encoder."):
            found[name] = values
            continue
        scale = np.maximum(np.abs(values).max(axis=1) / _MOST, np.finfo(np.float32).tiny)
        whole = np.rint(values / scale[:, None]).astype(np.int8)
        found[name] = np.ascontiguousarray(whole.T)
        found[f"{name.removesuffix('.weight')}.scale"] = scale.astype(np.float32)
    return found


def _weights() -> Weights:
    held = mapped_weights(packaged_file(WEIGHTS))
    return {name: values for name, values in held.items() if not name.startswith(UNUSED)}


def _graph(name: str) -> bytes:
    return checked_network(graph_path(name), GRAPHS[name], "the default model's graph")
