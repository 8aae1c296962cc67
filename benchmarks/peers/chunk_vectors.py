"""Embed the chunks once, and copy the vectors into the store of a home that is about to be built.

    python -m benchmarks.peers.chunk_vectors CHUNKS.json CACHE.sqlite3 HOME

CACHE is the store of any home; texts that it has are not embedded again.
"""

import json
import sys
from pathlib import Path

from bot.corpus_admin.embedding_cache import embed_cached, text_hash
from bot.corpus_admin.home import Home
from corpus.storage.store import Store
from retrieval.models.onnx_embedder import OnnxEmbedder

SLICE = 4096
"""The vectors that are copied at a time."""


def main() -> None:
    """Embed what is missing, in the order of the file, and copy all vectors."""
    chunks, cache, home = map(Path, sys.argv[1:])
    texts = json.loads(chunks.read_text("utf-8"))
    embedder = OnnxEmbedder()
    with Store(cache) as kept, Home(home).store() as store:
        for start in range(0, len(texts), SLICE):
            part = list(dict.fromkeys(texts[start : start + SLICE]))
            embed_cached(kept, embedder, part, lambda *_: None)
            vectors = kept.vectors(embedder.model, [text_hash(text) for text in part])
            store.save_vectors(embedder.model, vectors.items())


if __name__ == "__main__":
    main()
