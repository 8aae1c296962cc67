"""A loaded model: its embedder and its vocabulary."""

from dataclasses import dataclass

from retrieval.models.embedder import Embedder, HashEmbedder
from retrieval.models.vocabulary import AnyVocabulary, Vocabulary


@dataclass(frozen=True, slots=True)
class Model:
    """An embedder with the vocabulary of the same model."""

    embedder: Embedder
    vocabulary: Vocabulary


def hash_model() -> Model:
    """Hashed words for vectors, and every word known: for tests and for trying things out."""
    return Model(HashEmbedder(), AnyVocabulary())
