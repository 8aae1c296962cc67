"""A simple script, as written in an afternoon: sentence-transformers, FAISS and bm25s with reciprocal rank
fusion."""

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.peers.engine import BEST, Row, Vectors

DEPTH = 100
"""The number of passages from each of the two searches."""
RRF_K = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009)."""


class ScriptEngine:
    """Holds everything in memory and compares every vector."""

    embeds = "passages"

    def __init__(self, folder: Path, model: str) -> None:
        """Loads the model."""
        from sentence_transformers import SentenceTransformer

        self._folder = folder
        self._model = SentenceTransformer(model, device="cpu")
        self._rows: list[Row] = []
        self._vectors: Any = None
        self._words: Any = None

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Normalised vectors."""
        return np.asarray(self._model.encode(list(texts), normalize_embeddings=True), np.float32)

    def build(self, rows: Sequence[Row], vectors: Vectors) -> None:
        """Writes three files and a folder."""
        import bm25s
        import faiss

        self._rows = list(rows)
        self._vectors = faiss.IndexFlatIP(vectors.shape[1])
        self._vectors.add(vectors)
        self._words = bm25s.BM25()
        texts = [row["text"] for row in rows]
        self._words.index(bm25s.tokenize(texts, stopwords="en", show_progress=False), show_progress=False)
        faiss.write_index(self._vectors, str(self._folder / "vectors.faiss"))
        self._words.save(str(self._folder / "words"))
        (self._folder / "rows.json").write_text(json.dumps(self._rows), "utf-8")

    def open(self) -> None:
        """Loads everything into memory."""
        import bm25s
        import faiss

        self._rows = json.loads((self._folder / "rows.json").read_text("utf-8"))
        self._vectors = faiss.read_index(str(self._folder / "vectors.faiss"))
        self._words = bm25s.BM25.load(str(self._folder / "words"))

    def ask(self, question: str) -> Sequence[Row]:
        """A batch with one question."""
        return self.ask_together([question])[0]

    def ask_together(self, questions: Sequence[str]) -> Sequence[Sequence[Row]]:
        """One batch for each of the three libraries."""
        import bm25s

        _, near = self._vectors.search(self.embed(questions), DEPTH)
        tokens = bm25s.tokenize(list(questions), stopwords="en", show_progress=False)
        worded, _ = self._words.retrieve(tokens, k=DEPTH, show_progress=False)
        return [self._fused(pair) for pair in zip(near.tolist(), worded.tolist(), strict=True)]

    def change(self, gone: Sequence[str], rows: Sequence[Row]) -> None:
        """Embeds only the new passages, but rebuilds everything else, because bm25s does not support
        changes."""
        lost = set(gone)
        kept = [place for place, row in enumerate(self._rows) if row["id"] not in lost]
        known = self._vectors.reconstruct_n(0, self._vectors.ntotal)[kept]
        new = self.embed([row["text"] for row in rows])
        self.build([*(self._rows[place] for place in kept), *rows], np.concatenate([known, new]))

    def _fused(self, lists: Sequence[Sequence[int]]) -> Sequence[Row]:
        scores: defaultdict[int, float] = defaultdict(float)
        for ranked in lists:
            for rank, place in enumerate(ranked, 1):
                scores[place] += 1 / (RRF_K + rank)
        return [self._rows[place] for place in sorted(scores, key=lambda place: -scores[place])[:BEST]]
