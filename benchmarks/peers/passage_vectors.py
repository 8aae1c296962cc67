"""Embed the passages once with sentence-transformers, and keep the vectors for further runs.

    PEERS_PYTHON -m benchmarks.peers.passage_vectors MODEL_FOLDER PASSAGES.jsonl CACHE.sqlite3 [OUT.npy]

Runs in the peers' environment. Texts in CACHE are not embedded again; OUT gets a row for each passage.
"""

import hashlib
import sqlite3
import sys
from pathlib import Path

import numpy as np

from benchmarks.peers.engine import rows_of

SLICE = 1024
"""The passages embedded between two saves, after which an interrupted run can continue."""


def main() -> None:
    """Embed what is missing, in the order of the file."""
    model_folder, passages, cache, *out = sys.argv[1:]
    texts = [row["text"] for row in rows_of(Path(passages))]
    with sqlite3.connect(cache) as kept:
        kept.execute("CREATE TABLE IF NOT EXISTS vectors (hash BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
        known = {key for (key,) in kept.execute("SELECT hash FROM vectors")}
        missing = list({_hash(text): text for text in texts if _hash(text) not in known}.items())
        if missing:
            _embed(kept, model_folder, missing)
        if out:
            held = dict(kept.execute("SELECT hash, vector FROM vectors"))
            np.save(out[0], np.stack([np.frombuffer(held[_hash(text)], np.float32) for text in texts]))


def _embed(kept: sqlite3.Connection, model_folder: str, missing: list[tuple[bytes, str]]) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(model_folder, device="cpu")
    for start in range(0, len(missing), SLICE):
        part = missing[start : start + SLICE]
        vectors = model.encode([text for _, text in part], normalize_embeddings=True)
        rows = [(key, row.astype(np.float32).tobytes()) for (key, _), row in zip(part, vectors, strict=True)]
        kept.executemany("INSERT INTO vectors VALUES (?, ?)", rows)
        kept.commit()
        print(f"{start + len(part)} of {len(missing)} passages embedded", file=sys.stderr, flush=True)


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


if __name__ == "__main__":
    main()
