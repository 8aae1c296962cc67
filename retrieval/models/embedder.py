"""The interface of an embedding model, and a deterministic implementation for tests."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.lazy_pattern import lazy_pattern
from retrieval.models.token_vectors import Tokens, content_mask, joined, signs_of
from retrieval.text.sentences import Span

Vectors = NDArray[np.float32]
"""One row per text, of length 1."""


@dataclass(frozen=True, slots=True)
class VectorSizes:
    """The dimension of a text's vector, and the bytes of the signs of a token's vector."""

    vector: int
    token: int


@dataclass(frozen=True, slots=True)
class EncodedTexts:
    """The embeddings of texts: a vector each (16 bits, length 1, as stored), and their tokens."""

    vectors: NDArray[np.float16]
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class EncodedQuestion:
    """The embedding of a question: its `vector`, shape (1, dimension), and the vectors of its content
    `tokens`, of length 1, with their `spans` in the question. The last two may be empty."""

    vector: Vectors
    tokens: Vectors
    spans: tuple[Span, ...]


class Embedder(Protocol):
    """An embedding model."""

    @property
    def model(self) -> str:
        """A name that changes whenever the same text would get other vectors."""
        ...

    @property
    def sizes(self) -> VectorSizes:
        """The sizes of the vectors."""
        ...

    def ready(self) -> None:
        """Load whatever the first question would have to wait for. Raises ModelUnavailable."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> EncodedTexts:
        """Embed pieces of articles, in the order given."""
        ...

    def embed_question(self, question: str) -> EncodedQuestion:
        """Embed a question."""
        ...


class HashEmbedder:
    """Vectors from hashed words, which show shared words but no meaning; for tests and experiments."""

    model = "hash-64"
    sizes = VectorSizes(vector=64, token=8)

    def ready(self) -> None:
        """Does nothing."""

    def embed_passages(self, texts: Sequence[str]) -> EncodedTexts:
        """Embed texts; equal texts have equal rows in every process."""
        rows = np.stack([self._row(text) for text in texts]) if texts else np.zeros((0, self.sizes.vector))
        return EncodedTexts(
            rows.astype(np.float16), joined([self._signs(text) for text in texts], self.sizes.token)
        )

    def embed_question(self, question: str) -> EncodedQuestion:
        """Embed a question in the same way as passages."""
        spans, rows = self._tokens(question)
        return EncodedQuestion(np.asarray([self._row(question)], np.float32), rows, tuple(spans))

    def _signs(self, text: str) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
        spans, rows = self._tokens(text)
        return np.array([start for start, _ in spans], np.uint16), signs_of(rows)

    def _tokens(self, text: str) -> tuple[list[Span], Vectors]:
        found = [word.span() for word in _WORD.finditer(text)]
        spans = [span for span, tells in zip(found, content_mask(text, found), strict=True) if tells]
        rows = [self._token(text[start:end]) for start, end in spans]
        return spans, np.array(rows, np.float32).reshape(-1, self.sizes.vector)

    def _token(self, word: str) -> NDArray[np.float64]:
        """A pseudo-random vector of length 1 whose numbers differ only in sign, the same for the same word;
        those of different words are about orthogonal."""
        digest = hashlib.sha256(word.lower().encode(errors="replace")).digest()[: self.sizes.token]
        signs = np.unpackbits(np.frombuffer(digest, np.uint8)).astype(np.float64) * 2 - 1
        return np.asarray(signs / np.sqrt(self.sizes.vector))

    def _row(self, text: str) -> NDArray[np.float64]:
        row = np.full(self.sizes.vector, 1e-3)
        for word in text.lower().split():
            digest = hashlib.sha256(word.encode(errors="replace")).digest()
            row[digest[0] % self.sizes.vector] += 1 if digest[1] % 2 else -1
        return np.asarray(row / np.linalg.norm(row))


_WORD = lazy_pattern(r"\w+")
