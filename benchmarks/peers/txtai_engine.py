"""txtai with `hybrid=True`: vectors in FAISS, words in its own BM25, texts in SQLite."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.peers.engine import BEST, Row, Vectors


class TxtaiEngine:
    """Uses default settings wherever possible."""

    embeds = "passages"

    def __init__(self, folder: Path, model: str) -> None:
        """Nothing is loaded yet: opening an index loads its model."""
        self._path = str(folder / "index")
        self._model = model

    @cached_property
    def _index(self) -> Any:
        from txtai import Embeddings

        return Embeddings(path=self._model, hybrid=True, content=True)

    def embed(self, texts: Sequence[str]) -> object:
        """By the model as txtai runs it."""
        return self._index.batchtransform(list(texts), category="data")

    def build(self, rows: Sequence[Row], vectors: Vectors) -> None:
        """txtai asks the model for the texts in order; the model is replaced by the vectors it gave
        before."""
        vector_of = {row["text"]: vector for row, vector in zip(rows, vectors, strict=True)}
        real = self._index.model.encode
        self._index.model.encode = lambda texts, _category=None: np.stack([vector_of[text] for text in texts])
        self._index.index((row["id"], row["text"], None) for row in rows)
        self._index.model.encode = real
        self._index.save(self._path)

    def open(self) -> None:
        """As in its manual."""
        from txtai import Embeddings

        self._index = Embeddings()
        self._index.load(self._path)

    def ask(self, question: str) -> Sequence[Row]:
        """One search."""
        return self._rows(self._index.search(question, BEST))

    def ask_together(self, questions: Sequence[str]) -> Sequence[Sequence[Row]]:
        """One batch."""
        return [self._rows(found) for found in self._index.batchsearch(list(questions), BEST)]

    def change(self, gone: Sequence[str], rows: Sequence[Row]) -> None:
        """Delete, upsert, and save, which rewrites the whole index."""
        self._index.delete(list(gone))
        self._index.upsert((row["id"], row["text"], None) for row in rows)
        self._index.save(self._path)

    def _rows(self, found: Sequence[dict[str, Any]]) -> Sequence[Row]:
        return [
            {"id": one["id"], "article_id": one["id"].rpartition(":")[0], "text": one["text"]}
            for one in found
        ]
