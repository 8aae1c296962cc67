"""A cache of embeddings in the store: a text is embedded once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retrieval.models.embedder import Embedder, EncodedTexts
from retrieval.models.token_vectors import Places, Signs, joined
from retrieval.progress import ProgressCallback

if TYPE_CHECKING:
    from corpus.storage.store import Store

EMBED_SLICE = 256
"""Texts that are embedded between two saves: what a stopped reload has to do again, and how long it takes to
stop. One to three seconds on two idle cores; with 2,048 a stop took over 90 s on busy ones."""

_Encoded = tuple[NDArray[np.float16], Places, Signs]
"""One text's vector, and its tokens' places and signs."""


def embed_cached(
    store: Store, embedder: Embedder, texts: Sequence[str], progress: ProgressCallback
) -> tuple[EncodedTexts, int]:
    """The embeddings of the texts, and how many texts had to be embedded.

    Cached embeddings come from the store; new ones are saved slice by slice, so that a stopped reload
    continues where it was.
    """
    hashes = [text_hash(text) for text in texts]
    kept = store.vectors(embedder.model, list(dict.fromkeys(hashes)))
    known = {key: one for key, row in kept.items() if (one := _unpacked(row, embedder))}
    missing = list({key: text for key, text in zip(hashes, texts, strict=True) if key not in known}.items())
    missing.sort(key=lambda pair: -len(pair[1]))  # similar lengths need little padding
    progress("embedding", 0, len(missing))
    for start in range(0, len(missing), EMBED_SLICE):
        part = missing[start : start + EMBED_SLICE]
        found = embedder.embed_passages([text for _, text in part])
        made = {key: (found.vectors[place], *found.tokens.of(place)) for place, (key, _) in enumerate(part)}
        store.save_vectors(embedder.model, ((key, _packed(*one)) for key, one in made.items()))
        known |= made
        progress("embedding", start + len(part), len(missing))
    rows = [known[key] for key in hashes]
    vectors = np.stack([row[0] for row in rows]) if rows else np.zeros((0, embedder.sizes.vector), np.float16)
    return EncodedTexts(vectors, joined([row[1:] for row in rows], embedder.sizes.token)), len(missing)


def text_hash(text: str) -> bytes:
    """The key of a text's embedding in the store."""
    return hashlib.sha256(text.encode()).digest()


def _packed(vector: NDArray[np.float16], places: Places, signs: Signs) -> bytes:
    return vector.tobytes() + places.tobytes() + signs.tobytes()


def _unpacked(row: bytes, embedder: Embedder) -> _Encoded | None:
    """Unpack an embedding; None if it has another shape."""
    split, width = 2 * embedder.sizes.vector, embedder.sizes.token
    count, left = divmod(len(row) - split, 2 + width)
    if count < 0 or left:
        return None
    end = split + 2 * count
    return (
        np.frombuffer(row[:split], np.float16),
        np.frombuffer(row[split:end], np.uint16),
        np.frombuffer(row[end:], np.uint8).reshape(count, width),
    )
