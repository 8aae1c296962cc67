"""A cross-encoder that reads question and passage together, where one is named: the seam, and the real one.

None is packaged, so none is in force unless the settings name it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable
from retrieval.models.hub import load_named, reason_of

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

REREAD = 10
"""Passages that are read again: a small cross-encoder takes 10 to 20 ms for each on one core."""


class Reranker(Protocol):
    """What search asks of a cross-encoder."""

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """For each passage how well it answers, 0 to 1."""
        ...


class CrossEncoderReranker:
    """A sentence-transformers CrossEncoder on the CPU. One thread at a time."""

    def __init__(self, name: str) -> None:
        """Load a folder, or a name that sentence-transformers knows.

        Raises ModelUnavailable with one line that says what to do.
        """
        try:
            self._model = load_named(name, _load)
        except Exception as error:
            raise ModelUnavailable(
                f"the cross-encoder {name!r} can't be had ({reason_of(error)}): check NEWSDESK_RERANKER (a "
                "folder, or a CrossEncoder of sentence-transformers that can be fetched), or leave it out"
            ) from error

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """The model's own scores, through a logistic."""
        if not passages:
            return np.zeros(0, np.float32)
        pairs = [(question, passage) for passage in passages]
        return np.asarray(self._model.predict(pairs, show_progress_bar=False), np.float32)


def _load(name: str, local: bool) -> "CrossEncoder":
    from sentence_transformers import CrossEncoder
    from torch.nn import Sigmoid

    model: CrossEncoder = CrossEncoder(
        name,
        device="cpu",
        num_labels=1,
        trust_remote_code=False,
        local_files_only=local,
        activation_fn=Sigmoid(),
        model_kwargs={"use_safetensors": True},
    )
    return model
