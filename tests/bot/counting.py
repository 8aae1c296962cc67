"""An embedder that tells what it was asked for."""

from collections.abc import Sequence

from retrieval.models.embedder import EncodedTexts, HashEmbedder


class CountingEmbedder(HashEmbedder):
    """Keeps the texts that it was given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> EncodedTexts:
        self.texts += texts
        return super().embed_passages(texts)
