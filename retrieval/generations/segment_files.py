"""A segment as files: written in pieces, and memory-mapped when it is opened."""

import mmap
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import xxhash
from numpy.typing import NDArray

from corpus.errors import GenerationUnusable
from corpus.storage.disk import Disk
from retrieval.generations.arrays import array_blocks, array_in
from retrieval.models.token_vectors import Tokens
from retrieval.segments.article_table import ArticleTable, Heading
from retrieval.segments.codes import Codes, can_be_coded, codes_file
from retrieval.segments.content import SegmentContent
from retrieval.segments.dense import DenseIndex, dense_header
from retrieval.segments.forward import ForwardIndex
from retrieval.segments.postings import Postings
from retrieval.segments.row_blocks import RowBlocks
from retrieval.segments.segment import Segment
from retrieval.segments.tables import Tables
from retrieval.segments.term_list import TermList

HEADINGS = "articles.jsonl"
TEXTS = "texts.txt"
VECTORS = "vectors.faiss"
TERMS = "terms.txt"
KINDS: Mapping[str, type[np.generic]] = {
    "text-starts.npy": np.int64,
    "passages.npy": np.int32,
    "chunks.npy": np.int32,
    "chunks-of.npy": np.int32,
    "sentences.npy": np.int32,
    "sentences-of.npy": np.int32,
    "term-text-starts.npy": np.int64,
    "term-starts.npy": np.int64,
    "term-rows.npy": np.int32,
    "term-counts.npy": np.uint16,
    "passage-lengths.npy": np.int32,
    "sentence-starts.npy": np.int64,
    "sentence-terms.npy": np.int32,
    "token-starts.npy": np.int64,
    "token-places.npy": np.uint16,
    "token-signs.npy": np.uint8,
}
"""The files that contain arrays, with their dtypes."""
FILES = (HEADINGS, TEXTS, VECTORS, TERMS, *KINDS)
CODES = "codes.faiss"
"""Only in large segments, since small ones are searched as quickly without codes."""
CODED_CHUNKS = 100_000
"""Chunks from which a segment is large: about 3 ms of a core for each question without codes. Large segments
from before there were codes are searched without."""
READ_AT_ONCE = 1 << 20
"""Bytes read at a time for checksums. The file is read and not mapped, so it does not count as the process's
memory."""


def write_segment(folder: Path, content: SegmentContent, disk: Disk) -> dict[str, str]:
    """Write a segment into `folder`, which must not exist; it is durable on return. Returns the checksum of
    each file."""
    disk.make_folder(folder)
    checksums = {}
    for name, blocks in _files(content):
        digest = xxhash.xxh3_128()
        disk.write(folder / name, _told(blocks, digest.update))
        checksums[name] = digest.hexdigest()
    for name in checksums:
        disk.sync(folder / name)
    disk.sync_folder(folder)
    return checksums


def open_segment(folder: Path, generation: str, checksums: Mapping[str, str]) -> Segment:
    """Check every byte of the segment in `folder` and map it into memory. Raises GenerationUnusable, which
    names the generation and the file."""
    try:
        if set(checksums) - {CODES} != set(FILES):
            raise ValueError("other files than a segment has")
        check_segment(folder, generation, checksums)
        files = {name: _mapped(folder / name) for name in checksums}
        return _segment(files, {name: array_in(files[name], kind) for name, kind in KINDS.items()})
    except (ValueError, KeyError, TypeError, EOFError, msgspec.MsgspecError) as error:
        raise GenerationUnusable(generation, f"its files don't fit together ({error})") from error
    except OSError as error:
        raise GenerationUnusable(generation, f"{folder.name} can't be read ({error.strerror})") from error


def check_segment(folder: Path, generation: str, checksums: Mapping[str, str]) -> None:
    """Check every byte of a segment, in pieces. Raises GenerationUnusable if one differs."""
    for name, expected in checksums.items():
        try:
            found = _checksum(folder / name)
        except OSError as error:
            raise GenerationUnusable(generation, f"{name} can't be read ({error.strerror})") from error
        if found != expected:
            raise GenerationUnusable(generation, f"{name} is damaged (its checksum differs)")


def _files(content: SegmentContent) -> Iterator[tuple[str, Iterable[bytes]]]:
    encoder = msgspec.json.Encoder()
    tables, postings, forward = content.tables, content.postings, content.forward
    rows, dimension = content.vectors.shape
    yield HEADINGS, (encoder.encode(one) + b"\n" for one in content.headings)
    yield TEXTS, (block.tobytes() for block in content.texts.blocks())
    yield VECTORS, _after(dense_header(rows, dimension), content.vectors)
    if rows >= CODED_CHUNKS and can_be_coded(dimension):
        yield CODES, (codes_file(content.vectors),)
    yield TERMS, (bytes(postings.terms.text),)
    arrays: tuple[NDArray[Any], ...] = (
        content.text_starts,
        tables.passages,
        tables.chunks,
        tables.chunks_of,
        tables.sentences,
        tables.sentences_of,
        postings.terms.starts,
        postings.starts,
        postings.rows,
        postings.counts,
        postings.lengths,
        forward.starts,
        forward.terms,
        content.token_starts,
        content.token_places,
    )
    for name, array in zip(KINDS, (*map(RowBlocks.of, arrays), content.token_signs), strict=True):
        yield name, array_blocks(array)


def _after(header: bytes, rows: RowBlocks) -> Iterator[bytes]:
    yield header
    yield from (block.tobytes() for block in rows.blocks())


def _segment(files: Mapping[str, memoryview], arrays: Mapping[str, NDArray[Any]]) -> Segment:
    (
        text_starts,
        passages,
        chunks,
        chunks_of,
        sentences,
        sentences_of,
        term_text_starts,
        term_starts,
        term_rows,
        term_counts,
        lengths,
        sentence_starts,
        sentence_terms,
        token_starts,
        token_places,
        token_signs,
    ) = (arrays[name] for name in KINDS)
    headings = msgspec.json.Decoder(Heading).decode_lines(files[HEADINGS])
    return Segment(
        articles=ArticleTable(headings, files[TEXTS], text_starts),
        tables=Tables(passages, chunks, chunks_of, sentences, sentences_of),
        dense=DenseIndex(files[VECTORS]),
        postings=Postings(
            TermList(files[TERMS], term_text_starts), term_starts, term_rows, term_counts, lengths
        ),
        forward=ForwardIndex(sentence_starts, sentence_terms),
        tokens=Tokens(token_starts, token_places, token_signs),
        codes=Codes(files[CODES]) if CODES in files else None,
    )


def _told(blocks: Iterable[bytes], tell: Callable[[bytes], object]) -> Iterator[bytes]:
    for block in blocks:
        tell(block)
        yield block


def _checksum(path: Path) -> str:
    digest = xxhash.xxh3_128()
    with path.open("rb", buffering=0) as file:
        room = memoryview(bytearray(min(READ_AT_ONCE, os.fstat(file.fileno()).st_size + 1)))
        while count := file.readinto(room):
            digest.update(room[:count])
    return digest.hexdigest()


def _mapped(path: Path) -> memoryview:
    with path.open("rb") as file:
        if not path.stat().st_size:
            return memoryview(b"")  # an empty file can't be mapped
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
