"""The desk's embedder as a reload uses it: questions have priority."""

from collections.abc import Sequence

import numpy as np

from bot.desk.question_slots import QuestionSlots
from retrieval.models.embedder import Embedder, EncodedQuestion, EncodedTexts
from retrieval.models.token_vectors import Places, Signs, joined

SHARED_TEXTS = 32
"""Texts that a reload embeds at a time: a question shares the cores with only these, for a fraction of a
second."""


class SharedEmbedder:
    """An embedder for reloads that waits for idle moments: it embeds a few texts at a time, when no question
    is being answered if possible."""

    def __init__(self, embedder: Embedder, slots: QuestionSlots) -> None:
        """`slots` are those of the questions."""
        self._embedder = embedder
        self._slots = slots
        self.model = embedder.model
        self.sizes = embedder.sizes

    def ready(self) -> None:
        """Load the embedder's model."""
        self._embedder.ready()

    def embed_passages(self, texts: Sequence[str]) -> EncodedTexts:
        """Embed texts, those of similar length together; the result is in the given order."""
        order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        vectors = np.zeros((len(texts), self.sizes.vector), np.float16)
        tokens: dict[int, tuple[Places, Signs]] = {}
        for start in range(0, len(order), SHARED_TEXTS):
            rows = order[start : start + SHARED_TEXTS]
            self._slots.wait_until_idle()
            found = self._embedder.embed_passages([texts[row] for row in rows])
            vectors[rows] = found.vectors
            tokens |= {row: found.tokens.of(place) for place, row in enumerate(rows)}
        return EncodedTexts(vectors, joined([tokens[row] for row in range(len(texts))], self.sizes.token))

    def embed_question(self, question: str) -> EncodedQuestion:
        """Embed a question."""
        return self._embedder.embed_question(question)
