"""chroma with a persistent client: vectors in HNSW, texts in SQLite."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.peers.engine import BEST, Row, Vectors


class ChromaEngine:
    """Uses default settings wherever possible, and cosine similarity."""

    embeds = "passages"

    def __init__(self, folder: Path, model: str) -> None:
        """Loads the model."""
        import chromadb
        from chromadb.config import Settings
        from chromadb.utils.embedding_functions import SentenceTransformerEmbeddingFunction

        self._client: Any = chromadb.PersistentClient(
            str(folder / "index"), settings=Settings(anonymized_telemetry=False)
        )
        self._embedding: Any = SentenceTransformerEmbeddingFunction(model, normalize_embeddings=True)
        self._collection: Any = None

    def embed(self, texts: Sequence[str]) -> object:
        """By chroma's embedding function."""
        return self._embedding(list(texts))

    def build(self, rows: Sequence[Row], vectors: Vectors) -> None:
        """In batches of the largest size that chroma accepts."""
        self.open()
        size = self._client.get_max_batch_size()
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            self._collection.add(**columns(part), embeddings=vectors[start : start + size])

    def open(self) -> None:
        """Opens the collection, or creates it."""
        self._collection = self._client.get_or_create_collection(
            "news", embedding_function=self._embedding, configuration={"hnsw": {"space": "cosine"}}
        )

    def ask(self, question: str) -> Sequence[Row]:
        """A query with one text."""
        return self.ask_together([question])[0]

    def ask_together(self, questions: Sequence[str]) -> Sequence[Sequence[Row]]:
        """A query with several texts."""
        found = self._collection.query(query_texts=list(questions), n_results=BEST)
        return [
            [
                {"id": key, "article_id": about["article_id"], "text": text}
                for key, about, text in zip(*one, strict=True)
            ]
            for one in zip(found["ids"], found["metadatas"], found["documents"], strict=True)
        ]

    def change(self, gone: Sequence[str], rows: Sequence[Row]) -> None:
        """Delete and upsert, which are both on disk when they return."""
        self._collection.delete(ids=list(gone))
        self._collection.upsert(**columns(rows))


def columns(rows: Sequence[Row]) -> dict[str, Any]:
    """The rows in chroma's format."""
    return {
        "ids": [row["id"] for row in rows],
        "documents": [row["text"] for row in rows],
        "metadatas": [{"article_id": row["article_id"]} for row in rows],
    }
