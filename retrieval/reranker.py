"""A cross-encoder that reads question and passage together, where one is named: the seam, and the real one.

None is packaged, so none is in force unless the settings name it.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable

REREAD = 10
"""Passages that are read again: a small cross-encoder takes 10 to 20 ms for each on one core."""


class Reranker(Protocol):
    """What search asks of a cross-encoder."""

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """For each passage how well it answers, 0 to 1."""
        ...


class CrossReranker:
    """A sentence-transformers CrossEncoder on the CPU. One thread at a time."""

    def __init__(self, name: str) -> None:
        """Load a folder, or a name that sentence-transformers knows.

        Raises ModelUnavailable with one line that says what to do.
        """
        from sentence_transformers import CrossEncoder
        from torch.nn import Sigmoid

        folder = Path(name).expanduser()
        try:
            self._model = CrossEncoder(
                str(folder) if folder.is_dir() else name,
                device="cpu",
                num_labels=1,
                trust_remote_code=False,
                local_files_only=folder.is_dir(),
                activation_fn=Sigmoid(),
                model_kwargs={"use_safetensors": True},
            )
        except Exception as error:
            reason = next(
                (line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__
            )
            raise ModelUnavailable(
                f"the cross-encoder {name!r} can't be had ({reason[:200]}): check NEWSDESK_RERANKER (a "
                "folder, or a CrossEncoder of sentence-transformers that can be fetched), or leave it out"
            ) from error

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """The model's own scores, through a logistic."""
        if not passages:
            return np.zeros(0, np.float32)
        pairs = [(question, passage) for passage in passages]
        return np.asarray(self._model.predict(pairs, show_progress_bar=False), np.float32)
