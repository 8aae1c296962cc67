"""The desk's embedder in the hands of a reload, while questions are answered with it."""

import threading
import time
from collections.abc import Sequence

import numpy as np

from retrieval.models.embedder import Embedder, EncodedQuestion, EncodedTexts
from retrieval.models.token_vectors import Places, Signs, joined

SHARED_TEXTS = 32
"""Texts embedded for a reload at a time: a question waits for no more than that, a fraction of a second."""
PAUSE = 0.001
"""Seconds between them: a thread that lets go of a lock and takes it at once leaves nobody else a chance."""


class SharedEmbedder:
    """An embedder that other threads use too: a model takes one at a time, so it is asked for a few texts at
    a time under their lock, and questions come in between."""

    def __init__(self, embedder: Embedder, lock: threading.Lock) -> None:
        """`lock` is held by whoever uses the embedder."""
        self._embedder = embedder
        self._lock = lock
        self.model = embedder.model
        self.sizes = embedder.sizes

    def ready(self) -> None:
        """As the embedder does."""
        self._embedder.ready()

    def embed_passages(self, texts: Sequence[str]) -> EncodedTexts:
        """The texts in the order given; those of like length are embedded together."""
        order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        vectors = np.zeros((len(texts), self.sizes.vector), np.float16)
        tokens: dict[int, tuple[Places, Signs]] = {}
        for start in range(0, len(order), SHARED_TEXTS):
            rows = order[start : start + SHARED_TEXTS]
            with self._lock:
                found = self._embedder.embed_passages([texts[row] for row in rows])
            vectors[rows] = found.vectors
            tokens |= {row: found.tokens.of(place) for place, row in enumerate(rows)}
            time.sleep(PAUSE)
        return EncodedTexts(vectors, joined([tokens[row] for row in range(len(texts))], self.sizes.token))

    def embed_question(self, question: str) -> EncodedQuestion:
        """A question."""
        with self._lock:
            return self._embedder.embed_question(question)
