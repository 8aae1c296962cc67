"""A generation: one collection, built and whole, as files in a folder of its own.

Made in memory, checked, then written under a name never used before, each file under SHA-256. It holds the
articles themselves, so that a snapshot needs nothing else to answer and to prove its quotes.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from corpus.dates import format_moment, parse_moment
from corpus.errors import GenerationUnusable
from corpus.storage.disk import Disk
from retrieval.generations.arrays import array_bytes, bytes_array
from retrieval.generations.manifest import MANIFEST, Manifest, new_generation_id, read_manifest
from retrieval.generations.selfcheck import check
from retrieval.index.dense import DenseIndex
from retrieval.index.forward import ForwardIndex, forward_index
from retrieval.index.lexical import LexicalIndex
from retrieval.index.passage_index import PassageIndex
from retrieval.index.snapshot import Snapshot
from retrieval.index.tables import Tables, tables_of
from retrieval.index.terms import passage_terms, sentence_terms
from retrieval.models.embedder import EncodedTexts
from retrieval.models.token_vectors import Tokens
from retrieval.progress import ProgressCallback
from retrieval.text.analyzer import Analyzer

ARTICLES = "articles.jsonl"
VECTORS = "vectors.npy"
CHUNKS = "chunks.npy"
TABLES = ("passages.npy", CHUNKS, "chunks-of.npy", "sentences.npy", "sentences-of.npy")
FORWARD = ("sentence-starts.npy", "sentence-terms.npy")
TOKENS = ("token-starts.npy", "token-places.npy", "token-signs.npy")
KINDS: Mapping[str, type[np.generic]] = {
    VECTORS: np.float16,
    **dict.fromkeys(TABLES, np.int32),
    **dict(zip(FORWARD, (np.int64, np.int32), strict=True)),
    **dict(zip(TOKENS, (np.int64, np.uint16, np.uint8), strict=True)),
}
"""The files that are arrays, in order, and of which numbers."""

EmbedTexts = Callable[[Sequence[str]], EncodedTexts]
"""Vectors and tokens for the texts of chunks: from the cache or from the model."""


@dataclass(frozen=True, slots=True)
class Built:
    """A generation in memory: ready to be searched, and as the files that give it again."""

    snapshot: Snapshot
    files: dict[str, bytes]

    def manifest(self, sequence: int) -> Manifest:
        """Its manifest as the collection's generation number `sequence`."""
        snapshot = self.snapshot
        return Manifest(
            generation=snapshot.generation,
            collection=snapshot.name,
            model=snapshot.model,
            sequence=sequence,
            created=format_moment(snapshot.created),
            articles=len(snapshot.index.articles),
            passages=snapshot.passage_count,
            chunks=len(snapshot.index.tables.chunks),
            dimension=snapshot.index.dense.dimension,
            files={name: hashlib.sha256(content).hexdigest() for name, content in self.files.items()},
            withdrawn=sorted(snapshot.withdrawn),
        )


def build(
    articles: Sequence[Article],
    collection: str,
    model: str,
    embed: EmbedTexts,
    analyzer: Analyzer,
    progress: ProgressCallback,
    withdrawn: frozenset[str] = frozenset(),
) -> Built:
    """A generation of these articles. Raises GenerationUnusable where the self-check finds it wanting."""
    tables, texts = tables_of(articles, progress)
    encoded = embed(texts)
    sentences = sentence_terms(articles, tables, analyzer, progress)
    lexical = LexicalIndex.build(list(passage_terms(articles, tables, analyzer, sentences)))
    snapshot = Snapshot(
        name=collection,
        generation=new_generation_id(),
        model=model,
        created=datetime.now(UTC).replace(microsecond=0),
        index=PassageIndex(
            articles=tuple(articles),
            tables=tables,
            dense=DenseIndex(encoded.vectors),
            lexical=lexical,
            forward=forward_index([[lexical.row(term) or 0 for term in terms] for terms in sentences]),
            tokens=encoded.tokens,
            analyzer=analyzer,
        ),
        withdrawn=withdrawn,
    )
    check(snapshot, encoded.vectors)
    rows = (json.dumps(article.to_row(), ensure_ascii=False) for article in articles)
    arrays = dict(zip(KINDS, _arrays(snapshot.index, encoded.vectors), strict=True))
    files = {ARTICLES: "\n".join(rows).encode()}
    files |= {name: array_bytes(array) for name, array in arrays.items()}
    return Built(snapshot, files | lexical.to_files())


def _arrays(index: PassageIndex, vectors: NDArray[np.float16]) -> Iterator[NDArray[np.generic]]:
    """What is kept of an index as arrays, in the order of their files."""
    tables, forward, tokens = index.tables, index.forward, index.tokens
    yield vectors
    yield from (tables.passages, tables.chunks, tables.chunks_of, tables.sentences, tables.sentences_of)
    yield from (forward.starts, forward.terms)
    yield from (tokens.starts, tokens.places, tokens.signs)


def write(built: Built, sequence: int, folder: Path, disk: Disk) -> None:
    """Write a generation into `folder`, which must not be there yet; all of it is durable when it returns."""
    disk.make_folder(folder)
    for name, content in built.files.items():
        disk.write(folder / name, content)
    disk.write(folder / MANIFEST, built.manifest(sequence).to_bytes())
    for name in (*built.files, MANIFEST):
        disk.sync(folder / name)
    disk.sync_folder(folder)


def read_articles(folder: Path, collection: str) -> list[Article]:
    """A generation's articles, whatever model it was made with. Raises GenerationUnusable."""
    manifest = read_manifest(folder, collection)
    return _articles(_read_file(folder, manifest, ARTICLES))


def read_texts(folder: Path, collection: str) -> Iterator[str]:
    """The text of each chunk of a generation, as the model was given it. Raises GenerationUnusable."""
    manifest = read_manifest(folder, collection)
    articles = _articles(_read_file(folder, manifest, ARTICLES))
    chunks = bytes_array(_read_file(folder, manifest, CHUNKS), np.int32)
    return (articles[row].text[start:end] for row, start, end in chunks.tolist())


def load(
    folder: Path,
    collection: str,
    model: str | None,
    analyzer: Analyzer,
    withdrawn: frozenset[str] = frozenset(),
) -> Snapshot:
    """A generation out of its folder, every byte checked first.

    Raises GenerationUnusable where it is damaged, or of another collection, or was made with another
    model than `model` (None: any).
    """
    manifest = read_manifest(folder, collection)
    if model is not None and manifest.model != model:
        raise GenerationUnusable(
            folder.name, f"it was made with the model {manifest.model}, the settings ask for {model}: reload"
        )
    files = {name: _read_file(folder, manifest, name) for name in manifest.files}
    try:
        arrays: dict[str, NDArray[Any]] = {
            name: bytes_array(files[name], kind) for name, kind in KINDS.items()
        }
        tables = Tables(*(arrays[name] for name in TABLES))
        snapshot = Snapshot(
            name=collection,
            generation=manifest.generation,
            model=manifest.model,
            created=parse_moment(manifest.created),
            index=PassageIndex(
                articles=tuple(_articles(files[ARTICLES])),
                tables=tables,
                dense=DenseIndex(arrays[VECTORS]),
                lexical=LexicalIndex.load(folder, len(tables.passages)),
                forward=ForwardIndex(*(arrays[name] for name in FORWARD)),
                tokens=Tokens(*(arrays[name] for name in TOKENS)),
                analyzer=analyzer,
            ),
            withdrawn=withdrawn,
        )
    except (ValueError, KeyError, TypeError, AttributeError, EOFError, OSError) as error:
        raise GenerationUnusable(folder.name, f"its files don't fit together ({error})") from error
    check(snapshot, arrays[VECTORS])
    return snapshot


def check_files(folder: Path, collection: str) -> None:
    """Check every byte of a generation against its manifest, a piece at a time. Raises GenerationUnusable."""
    for name, expected in read_manifest(folder, collection).files.items():
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise _unreadable(folder, name, error) from error
        if found != expected:
            raise _damaged(folder, name)


def verify(folder: Path, collection: str) -> None:
    """Check everything in a generation that can be checked without a model. Raises GenerationUnusable."""
    load(folder, collection, None, Analyzer())


def _read_file(folder: Path, manifest: Manifest, name: str) -> bytes:
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        raise _unreadable(folder, name, error) from error
    if hashlib.sha256(content).hexdigest() != manifest.files.get(name):
        raise _damaged(folder, name)
    return content


def _unreadable(folder: Path, name: str, error: OSError) -> GenerationUnusable:
    return GenerationUnusable(folder.name, f"{name} can't be read ({error.strerror})")


def _damaged(folder: Path, name: str) -> GenerationUnusable:
    return GenerationUnusable(folder.name, f"{name} is damaged (its SHA-256 differs)")


def _articles(content: bytes) -> list[Article]:
    return [Article.from_row(json.loads(row)) for row in content.decode().split("\n") if row]
