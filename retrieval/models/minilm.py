"""all-MiniLM-L6-v2 as it is computed here: shipped graphs, and the verified weights of its package.

Two graphs hold the computation and no weight. One reads passages with the weights as they are. The other
reads questions with its matrices in whole numbers of 8 bits, a scale for each of their outputs: they are made
of the same weights when it is loaded, in a twentieth of a second, so that no other file of weights ships.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retrieval.models.onnx_session import checked_network, session_of
from retrieval.models.packaged import packaged_file
from retrieval.models.weights_file import Weights, WeightsFile, open_weights

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

DIMENSION, LAYERS, HEADS, INNER = 384, 6, 12, 1536
EPSILON = 1e-12
"""Of the model's config.json."""
INPUT, OUTPUT = "embeddings", "token_embeddings"

READ_GRAPH, ASKED_GRAPH = "passages.onnx", "questions.onnx"
GRAPHS = {
    READ_GRAPH: "b70579d32ebf16f0d799b238ab25c8d872ed06473529aa285ee99b3119889abb",
    ASKED_GRAPH: "e62c5c58b022ba6c17e661c88ad4af8fb024b55914627984f9434df0b9c35e4c",
}
"""SHA-256 of each, as `python -m training.minilm_graph` prints it."""
WEIGHTS = "model.safetensors"

_WORDS, _PLACES, _KINDS = (
    f"embeddings.{name}_embeddings.weight" for name in ("word", "position", "token_type")
)
"""What of the file is looked up and added: half of it, of which a text needs a few rows."""
_UNUSED = "pooler."
"""What the file has besides: a text's vector is the mean of its tokens'."""
_MOST = 127
"""The largest whole number of 8 bits that has a negative of its size."""


class MiniLM:
    """Makes vectors of a text's tokens. Any number of threads at a time."""

    def __init__(self, session: "InferenceSession", weights: Weights) -> None:
        """Made by `passage_network` and `question_network`."""
        self._session = session
        self._words, self._places, self._kinds = weights[_WORDS], weights[_PLACES], weights[_KINDS]

    def vectors(self, tokens: Sequence[int]) -> NDArray[np.float32]:
        """One row a token, given by its number in the vocabulary; shape (tokens, DIMENSION)."""
        given = self._words[list(tokens)] + self._places[: len(tokens)] + self._kinds[0]
        return np.asarray(self._session.run([OUTPUT], {INPUT: given})[0], np.float32)


def graph_path(name: str) -> Path:
    """Where a graph is."""
    return Path(__file__).with_name(name)


def passage_network() -> MiniLM:
    """What reads passages, one thread a text. Raises ModelUnavailable."""
    return _loaded(READ_GRAPH)


def question_network() -> MiniLM:
    """What reads questions, in one thread. Raises ModelUnavailable."""
    return _loaded(ASKED_GRAPH)


def in_whole_numbers(weights: Weights) -> dict[str, NDArray[np.generic]]:
    """The same with each matrix in 8 bits, its outputs as columns, and the scale of each of them."""
    found: dict[str, NDArray[np.generic]] = {}
    for name, values in weights.items():
        if values.ndim == 1:
            found[name] = values
            continue
        scale = np.maximum(np.abs(values).max(axis=1) / _MOST, np.finfo(np.float32).tiny)
        whole = np.rint(values / scale[:, None]).astype(np.int8)
        found[name] = np.ascontiguousarray(whole.T)
        found[f"{name.removesuffix('.weight')}.scale"] = scale.astype(np.float32)
    return found


def _loaded(graph: str) -> MiniLM:
    network = checked_network(graph_path(graph), GRAPHS[graph], "the default model's graph")
    file: WeightsFile = open_weights(packaged_file(WEIGHTS))
    computed = {
        name: values
        for name, values in file.weights.items()
        if name not in (_WORDS, _PLACES, _KINDS) and not name.startswith(_UNUSED)
    }
    session = session_of(network, in_whole_numbers(computed) if graph == ASKED_GRAPH else computed, threads=1)
    file.let_go()
    return MiniLM(session, file.weights)
