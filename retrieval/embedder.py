"""Turning text into vectors: the seam, and a deterministic embedder that needs no model."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""One row a text, each of length 1."""
Progress = Callable[[int, int], None]
"""Called with how many are done and how many there are."""


def no_progress(_done: int, _total: int) -> None:
    """For callers that show nothing."""


class Embedder(Protocol):
    """What retrieval asks of a model."""

    @property
    def model(self) -> str:
        """A name that changes whenever the same text would get other vectors."""
        ...

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        ...

    def embed_passages(self, texts: Sequence[str], progress: Progress = no_progress) -> Vectors:
        """Vectors of pieces of articles."""
        ...

    def embed_question(self, question: str) -> Vectors:
        """The vector of a question, shape (1, dimension)."""
        ...

    def knows(self, text: str) -> bool:
        """Whether the model can be expected to understand the text's language."""
        ...


class HashEmbedder:
    """Vectors from hashed words: no meaning, only shared words; made for tests and for trying things out."""

    model = "hash-64"
    dimension = 64

    def embed_passages(self, texts: Sequence[str], progress: Progress = no_progress) -> Vectors:
        """One row a text; equal texts have equal rows in every process."""
        rows = np.stack([self._row(text) for text in texts]) if texts else np.zeros((0, self.dimension))
        progress(len(texts), len(texts))
        return rows.astype(np.float32)

    def embed_question(self, question: str) -> Vectors:
        """The same as for a passage."""
        return self.embed_passages([question])

    def knows(self, text: str) -> bool:
        """Any text is as strange to it as any other."""
        return bool(text)

    def _row(self, text: str) -> NDArray[np.float64]:
        row = np.full(self.dimension, 1e-3)
        for word in text.lower().split():
            digest = hashlib.sha256(word.encode(errors="replace")).digest()
            row[digest[0] % self.dimension] += 1 if digest[1] % 2 else -1
        return np.asarray(row / np.linalg.norm(row))
