"""A loaded model: an embedder and a vocabulary."""

from dataclasses import dataclass

from retrieval.models.embedder import Embedder, HashEmbedder
from retrieval.models.vocabulary import AnyVocabulary, Vocabulary


@dataclass(frozen=True, slots=True)
class Model:
    """An embedder and the vocabulary of the same model."""

    embedder: Embedder
    vocabulary: Vocabulary


def hash_model() -> Model:
    """A model of hashed words that knows every word; for tests and experiments."""
    return Model(HashEmbedder(), AnyVocabulary())
