"""Generations of one article that says its number."""

from typing import Any

from corpus.article import Article
from retrieval.generations.generation_store import GenerationStore, Opened
from retrieval.generations.new_generation import NewGeneration
from retrieval.generations.pruning import prune
from retrieval.models.embedder import HashEmbedder
from tests.retrieval.snapshots import article, edition_of

MODEL = HashEmbedder.model


def report(number: int, collection: str = "news", **more: Any) -> NewGeneration:
    """A generation of one article that says its number."""
    text = f"This is report number {number}."
    return edition_of([article("report", text, collection=collection)], collection, **more)


def publish(store: GenerationStore, *numbers: int) -> list[str]:
    """Publish those, and tidy up as a reload does; their names."""
    names = []
    for number in numbers:
        names.append(store.publish(report(number)).generation)
        prune(store)
    return names


def opened(store: GenerationStore) -> Opened:
    return store.open(MODEL, frozenset())


def number_served(store: GenerationStore) -> int:
    """The number of the report that is served."""
    [served] = opened(store).snapshot.articles
    assert list(store.served_articles()) == [served]
    return number_in(served)


def number_in(served: Article) -> int:
    return int(served.text.removesuffix(".").split()[-1])
