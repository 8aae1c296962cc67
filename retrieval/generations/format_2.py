"""Converting generations of format 2, which had a single index each, into segments.

Articles and vectors are kept and everything else is computed again, so no model is needed.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from corpus.dates import parse_moment
from corpus.errors import GenerationUnusable
from corpus.storage.disk import Disk
from retrieval.generations.generation_folder import STAGING, GenerationFolder
from retrieval.generations.manifest import MANIFEST, checksum, read_manifest
from retrieval.generations.merging import AT_ONCE
from retrieval.generations.new_generation import new_generation
from retrieval.generations.writing import write_segments
from retrieval.models.embedder import EncodedTexts
from retrieval.models.token_vectors import Tokens, joined
from retrieval.progress import ignore_progress

FORMAT = 2


def convert_generations(path: Path, disk: Disk) -> None:
    """Convert each generation of format 2 in a collection's folder into segments, under the same name; a
    damaged one stays as it is. Can be repeated after a crash. The caller must hold the home's lock."""
    folder = GenerationFolder(path, path.name, disk)
    for one in sorted(folder.folders()):
        body = _manifest(one)
        if body is not None and body["collection"] == path.name:
            _clear(one, set(body["files"]), disk)
            with suppress(GenerationUnusable, KeyError, ValueError, TypeError, StopIteration):
                _convert(one, body, disk)
        with suppress(GenerationUnusable):
            _clear(one, {entry.name for entry in read_manifest(one, path.name).segments}, disk)


def _convert(folder: Path, body: dict[str, Any], disk: Disk) -> None:
    held = _OldGeneration(folder, body["files"])
    collection, model = body["collection"], body["model"]
    made = replace(
        new_generation(held.articles, collection, model, held.embedded, progress=ignore_progress),
        generation=folder.name,
        created=parse_moment(body["created"]),
        withdrawn=frozenset(body["withdrawn"]),
    )
    manifest = write_segments(made, body["sequence"], folder, disk, AT_ONCE)
    aside = folder / f"{STAGING}{MANIFEST}"
    disk.write(aside, manifest.to_bytes())
    disk.sync(aside)
    disk.sync_folder(folder)
    disk.replace(aside, folder / MANIFEST)
    disk.sync_folder(folder)


def _clear(folder: Path, kept: set[str], disk: Disk) -> None:
    """Remove what the manifest does not name: leftovers of a crash, or files that segments have replaced."""
    others = [one for one in folder.iterdir() if one.name not in kept and one.name != MANIFEST]
    for one in others:
        disk.remove(one)
    if others:
        disk.sync_folder(folder)


class _OldGeneration:
    """The articles ordered by id, and the embeddings of their chunks in the same order."""

    def __init__(self, folder: Path, files: dict[str, str]) -> None:
        def read(name: str) -> bytes:
            content = (folder / name).read_bytes()
            if hashlib.sha256(content).hexdigest() != files[name]:
                raise GenerationUnusable(folder.name, f"{name} is damaged (its SHA-256 differs)")
            return content

        def array(name: str) -> NDArray[Any]:
            return np.asarray(np.load(BytesIO(read(name)), allow_pickle=False))

        rows = [json.loads(line) for line in read("articles.jsonl").decode().split("\n") if line]
        articles = [Article.from_row(row) for row in rows]
        order = sorted(range(len(articles)), key=lambda row: articles[row].id)
        self.articles = [articles[row] for row in order]
        self._vectors = array("vectors.npy")
        self._tokens = Tokens(*(array(f"token-{part}.npy") for part in ("starts", "places", "signs")))
        self._next = self._chunks(articles, order, array("chunks.npy"))

    @staticmethod
    def _chunks(
        articles: Sequence[Article], order: Sequence[int], chunks: NDArray[np.int32]
    ) -> Iterator[tuple[int, str]]:
        """The row and text of each chunk, ordered by the ids of the articles."""
        firsts = np.searchsorted(chunks[:, 0], np.arange(len(articles) + 1)).tolist()
        for article in order:
            for row in range(firsts[article], firsts[article + 1]):
                _, start, end = chunks[row].tolist()
                yield row, articles[article].text[start:end]

    def embedded(self, texts: Sequence[str]) -> EncodedTexts:
        """The stored embeddings of the next chunks. Raises ValueError if their texts differ."""
        rows = []
        for text in texts:
            row, held = next(self._next)
            if held != text:
                raise ValueError("the text was cut otherwise")
            rows.append(row)
        width = self._tokens.signs.shape[1]
        return EncodedTexts(self._vectors[rows], joined([self._tokens.of(row) for row in rows], width))


def _manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a generation of format 2; None if it has another format or is damaged."""
    try:
        body = json.loads((folder / MANIFEST).read_bytes())
        expected = body.pop("checksum")
        sound = body["format"] == FORMAT and expected == checksum(body) and body["generation"] == folder.name
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return body if sound else None
