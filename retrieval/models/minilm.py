"""all-MiniLM-L6-v2 on ONNX Runtime, from graphs shipped with Newsdesk and the verified weights of its
package.

The two graphs have the computation without weights. The one for passages uses the weights as they are. The
one for questions uses matrices quantised to 8 bits, with a scale for each output; they are computed from the
same weights in a twentieth of a second when it is loaded, so no second file of weights is shipped.
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
"""From the model's config.json."""
INPUT, OUTPUT = "embeddings", "token_embeddings"

PASSAGE_GRAPH, QUESTION_GRAPH = "passages.onnx", "questions.onnx"
GRAPHS = {
    PASSAGE_GRAPH: "b70579d32ebf16f0d799b238ab25c8d872ed06473529aa285ee99b3119889abb",
    QUESTION_GRAPH: "e62c5c58b022ba6c17e661c88ad4af8fb024b55914627984f9434df0b9c35e4c",
}
"""The SHA-256 of each graph, as printed by `python -m training.minilm_graph`."""
WEIGHTS = "model.safetensors"

_WORDS, _PLACES, _KINDS = (
    f"embeddings.{name}_embeddings.weight" for name in ("word", "position", "token_type")
)
"""The embedding tables, which are looked up and added outside of the graphs: half of the file, of which a
text needs a few rows."""
_UNUSED = "pooler."
"""The pooler's weights: a text's vector is the mean of its tokens' instead."""
_MOST = 127
"""The largest absolute value in 8 bits, symmetrically."""


class MiniLM:
    """Computes the vectors of a text's tokens. Thread-safe."""

    def __init__(self, session: "InferenceSession", weights: Weights) -> None:
        """Use `passage_network` or `question_network` to create one."""
        self._session = session
        self._words, self._places, self._kinds = weights[_WORDS], weights[_PLACES], weights[_KINDS]

    def vectors(self, tokens: Sequence[int]) -> NDArray[np.float32]:
        """One row per token, given as vocabulary ids; shape (tokens, DIMENSION)."""
        given = self._words[list(tokens)] + self._places[: len(tokens)] + self._kinds[0]
        return np.asarray(self._session.run([OUTPUT], {INPUT: given})[0], np.float32)


def graph_path(name: str) -> Path:
    """The path of a graph."""
    return Path(__file__).with_name(name)


def passage_network() -> MiniLM:
    """The network for passages, which uses one thread per text. Raises ModelUnavailable."""
    return _loaded(PASSAGE_GRAPH)


def question_network() -> MiniLM:
    """The network for questions, which uses one thread. Raises ModelUnavailable."""
    return _loaded(QUESTION_GRAPH)


def quantised(weights: Weights) -> dict[str, NDArray[np.generic]]:
    """Quantise each matrix to 8 bits, transposed so that outputs are columns, and add the scales of its
    outputs."""
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
    session = session_of(network, quantised(computed) if graph == QUESTION_GRAPH else computed, threads=1)
    file.release_pages()
    return MiniLM(session, file.weights)
