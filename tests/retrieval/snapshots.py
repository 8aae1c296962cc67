"""Articles and snapshots for tests: built by the real `build`, held in memory."""

from collections.abc import Sequence
from datetime import UTC, datetime

from corpus.article import Article
from retrieval.generations.generation import Built, EmbedTexts, build
from retrieval.index.snapshot import Snapshot
from retrieval.models.embedder import Embedder, HashEmbedder
from retrieval.models.model import Model
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.models.vocabulary import AnyVocabulary
from retrieval.progress import ProgressCallback
from retrieval.question.query import Query, make_query
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


def built_of(
    articles: Sequence[Article],
    collection: str = "news",
    *,
    model: str = HashEmbedder.model,
    embed: EmbedTexts | None = None,
    progress: ProgressCallback = lambda _what, _done, _total: None,
    withdrawn: frozenset[str] = frozenset(),
) -> Built:
    """A generation of the articles, with vectors of hashed words unless others are given."""
    vectors = embed or HashEmbedder().embed_passages
    return build(articles, collection, model, vectors, Analyzer(), progress, withdrawn)


def snapshot_of(
    articles: Sequence[Article],
    *,
    embedder: Embedder | None = None,
    collection: str = "news",
) -> Snapshot:
    """A snapshot of the articles, with vectors of hashed words unless a model is given."""
    model = embedder or HashEmbedder()
    return built_of(articles, collection, model=model.model, embed=model.embed_passages).snapshot


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
