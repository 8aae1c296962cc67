"""Articles and snapshots for tests: built by the real `build`, held in memory."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from corpus.article import Article
from retrieval.generations.manifest import new_generation_id
from retrieval.generations.new_generation import NewGeneration, new_generation
from retrieval.index.live_segment import LiveSegment
from retrieval.index.snapshot import Snapshot
from retrieval.models.embedder import Embedder, HashEmbedder
from retrieval.models.model import Model
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.models.vocabulary import AnyVocabulary
from retrieval.progress import ProgressCallback
from retrieval.question.query import Query, make_query
from retrieval.segments.segment import Segment
from retrieval.segments.segment_builder import EmbedTexts, segment_of
from retrieval.text.analyzer import Analyzer

ASKED_AT = datetime(2026, 2, 1, tzinfo=UTC)


def article(
    id: str,  # noqa: A002 - the field's name
    text: str,
    *,
    title: str = "A title",
    source: str = "The Post",
    published: datetime | None = None,
    collection: str = "news",
    language: str = "en",
) -> Article:
    """An article of which a test names what it is about."""
    return Article(
        id=id,
        title=title,
        text=text,
        source=source,
        published=published,
        collection=collection,
        language=language,
    )


def edition_of(
    articles: Sequence[Article],
    collection: str = "news",
    *,
    model: str = HashEmbedder.model,
    embed: EmbedTexts | None = None,
    progress: ProgressCallback = lambda _what, _done, _total: None,
    withdrawn: frozenset[str] = frozenset(),
) -> NewGeneration:
    """A generation of the articles, with vectors of hashed words unless others are given."""
    vectors = embed or HashEmbedder().embed_passages
    return new_generation(articles, collection, model, vectors, progress=progress, withdrawn=withdrawn)


def segment_in_memory(articles: Sequence[Article], embedder: Embedder | None = None) -> Segment:
    """A segment of the articles, with vectors of hashed words unless a model is given."""
    embed = (embedder or HashEmbedder()).embed_passages
    return segment_of(articles, embed, Analyzer(), lambda _what, _done, _total: None)


def snapshot_of(
    articles: Sequence[Article],
    *,
    embedder: Embedder | None = None,
    collection: str = "news",
) -> Snapshot:
    """A snapshot of the articles in one segment, with vectors of hashed words unless a model is given."""
    segments = [segment_in_memory(articles, embedder)] if articles else []
    return snapshot_in(segments, model=(embedder or HashEmbedder()).model, collection=collection)


def snapshot_in(
    segments: Sequence[Segment],
    gone: Sequence[Sequence[int]] = (),
    *,
    model: str = HashEmbedder.model,
    collection: str = "news",
) -> Snapshot:
    """A snapshot of these segments without the articles of the rows that are gone from each."""
    lost = [*gone, *([()] * (len(segments) - len(gone)))]
    return Snapshot(
        name=collection,
        generation=new_generation_id(),
        model=model,
        created=datetime.now(UTC),
        live=tuple(
            LiveSegment(f"{place}", segment, np.array(lost[place], np.int64))
            for place, segment in enumerate(segments)
        ),
        analyzer=Analyzer(),
    )


def only(snapshot: Snapshot) -> Segment:
    """The only segment of a snapshot."""
    [segment] = snapshot.segments
    return segment


def model_of(embedder: Embedder) -> Model:
    """The embedder with its own vocabulary, or with one that knows everything."""
    if isinstance(embedder, OnnxEmbedder):
        return Model(embedder, embedder.vocabulary)
    return Model(embedder, AnyVocabulary())


def asking(
    text: str,
    *,
    collections: tuple[str, ...] = ("news",),
    since: datetime | None = None,
    until: datetime | None = None,
    sources: frozenset[str] = frozenset(),
) -> Query:
    """A query, checked as every query is."""
    return make_query(text, collections, asked_at=ASKED_AT, since=since, until=until, sources=sources)
