"""What the next generation of a collection will contain."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus.article import Article
from corpus.dates import format_moment
from retrieval.generations.generation import Generation
from retrieval.generations.manifest import SegmentEntry, new_generation_id
from retrieval.index.live_segment import LiveSegment
from retrieval.progress import ProgressCallback
from retrieval.segments.content import SegmentContent, content_of
from retrieval.segments.segment_builder import EmbedTexts, segment_of
from retrieval.text.analyzer import Analyzer

BATCH_CHARACTERS = 8_000_000
"""Characters of articles that are built into one segment, which bounds the memory used; such segments are
merged later."""


@dataclass(frozen=True, slots=True)
class KeptSegment:
    """A segment of an earlier generation: its entry, updated with what is gone from it by now, and its
    folder."""

    entry: SegmentEntry
    folder: Path


@dataclass(frozen=True, slots=True)
class NewGeneration:
    """A generation to be written: the segments to keep, and new ones, which are built one by one while
    writing."""

    generation: str
    collection: str
    model: str
    created: datetime
    kept: tuple[KeptSegment, ...]
    made: Iterable[SegmentContent]
    withdrawn: frozenset[str] = frozenset()


def new_generation(
    articles: Iterable[Article],
    collection: str,
    model: str,
    embed: EmbedTexts,
    *,
    progress: ProgressCallback,
    withdrawn: frozenset[str] = frozenset(),
    kept: Sequence[KeptSegment] = (),
) -> NewGeneration:
    """A generation of these articles and of the kept segments."""
    return NewGeneration(
        generation=new_generation_id(),
        collection=collection,
        model=model,
        created=datetime.now(UTC).replace(microsecond=0),
        kept=tuple(kept),
        made=_made(articles, embed, progress),
        withdrawn=withdrawn,
    )


def kept_of(generation: Generation, gone: Iterable[str] = ()) -> list[KeptSegment]:
    """The segments of a generation without the articles with these ids; segments of which nothing is left are
    omitted."""
    ids = list(gone)
    found = []
    for entry, live in zip(generation.manifest.segments, generation.snapshot.live, strict=True):
        rows = (live.segment.articles.row(article_id) for article_id in ids)
        every = sorted({*entry.gone, *(row for row in rows if row is not None)})
        if len(every) < entry.articles:
            found.append(KeptSegment(_left(entry, live, every), generation.folder / entry.name))
    return found


def _left(entry: SegmentEntry, live: LiveSegment, gone: list[int]) -> SegmentEntry:
    if gone == entry.gone:
        return entry
    left = LiveSegment(entry.name, live.segment, np.array(gone, np.int64))
    return replace(
        entry,
        gone=gone,
        gone_passages=entry.passages - left.passage_count,
        gone_chunks=entry.chunks - left.chunk_count,
        since=entry.since or format_moment(datetime.now(UTC).replace(microsecond=0)),
    )


def _made(
    articles: Iterable[Article], embed: EmbedTexts, progress: ProgressCallback
) -> Iterator[SegmentContent]:
    analyzer = Analyzer()
    for batch in _batches(articles):
        yield content_of(segment_of(batch, embed, analyzer, progress))
    progress("writing", 0, 1)


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch, characters = list[Article](), 0
    for article in articles:
        if batch and characters + len(article.text) > BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
        batch.append(article)
        characters += len(article.text)
    if batch:
        yield batch
