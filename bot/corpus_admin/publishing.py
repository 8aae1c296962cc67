"""Publishes a collection according to a plan: new articles become a segment, removed ones are marked in
others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.corpus_admin.embedding_cache import embed_cached, text_hash
from bot.corpus_admin.home import Home
from corpus.article import Article
from corpus.errors import HomeUnusable, ReloadBusy, StoreUnusable
from corpus.plan import ReloadPlan
from corpus.problem import total
from retrieval.collection.passage import split_article
from retrieval.generations.generation import Generation
from retrieval.generations.generation_store import GenerationStore
from retrieval.generations.new_generation import kept_of, new_generation
from retrieval.generations.pruning import prune
from retrieval.models.embedder import Embedder, EncodedTexts
from retrieval.progress import ProgressCallback
from retrieval.text.analyzer import Analyzer

if TYPE_CHECKING:
    from corpus.storage.store import Store


def publish(
    home: Home,
    store: Store,
    plan: ReloadPlan,
    served: Generation | None,
    withdrawn: frozenset[str],
    embedder: Embedder,
    progress: ProgressCallback,
) -> tuple[str, int]:
    """Build and publish a generation of one collection; returns its id, and how many texts were embedded."""
    generation_store = home.generation_store(plan.collection)
    same_model = served is not None and served.manifest.model == embedder.model
    # Segments are kept without removed articles; with another model, all of them are built again.
    kept = kept_of(served, {*plan.changed, *plan.removed}) if served and same_model else []
    fresh = sorted({*plan.new, *plan.changed}) if kept or same_model else sorted(plan.versions)
    count = 0

    def embed(texts: Sequence[str]) -> EncodedTexts:
        nonlocal count
        encoded, asked = embed_cached(store, embedder, texts, whole)
        count += asked
        return encoded

    whole = _WholeProgress(progress, len(fresh))

    def articles() -> Iterator[Article]:
        for key in fresh:
            article = _article(store, plan, served, key)
            home.pages.add(plan.collection, (article,))
            whole.given += 1
            yield article

    try:
        if served:
            home.pages.add(plan.collection, _without_page(home, plan, served))
        made = new_generation(
            articles(), plan.collection, embedder.model, embed, Analyzer(), whole, withdrawn, kept
        )
        manifest = generation_store.publish(made)
        progress("writing", 1, 1)
    except OSError as error:
        raise HomeUnusable(
            f"collection {plan.collection} could not be written to {home.root} ({error.strerror or error}): "
            "it is served as it was; make space or check the folder, then `newsdesk corpus reload`"
        ) from error
    finally:
        with suppress(OSError):  # must not hide an exception
            generation_store.sweep()
    # It is published now, so nothing that follows may make the reload fail.
    with suppress(OSError):
        prune(generation_store)
        home.pages.drop_others(plan.collection, plan.versions.values())
    if served and same_model:
        with suppress(HomeUnusable, StoreUnusable, ReloadBusy):
            _leave(store, plan, served)
    counts = {
        "new": len(plan.new),
        "changed": len(plan.changed),
        "removed": len(plan.removed),
        "unchanged": len(plan.unchanged),
        "problems": total(plan.problems),
        "embedded": count,
    }
    with suppress(HomeUnusable, StoreUnusable, ReloadBusy):
        store.record("reload", plan.collection, manifest.generation, counts)
    return manifest.generation, count


class _WholeProgress:
    """Reports the progress of a stage over all articles, which are processed in batches."""

    def __init__(self, progress: ProgressCallback, articles: int) -> None:
        self._progress, self._articles = progress, articles
        self._begun = self._end = self.given = 0
        """Articles before the batch, up to its end, and taken in all."""

    def __call__(self, what: str, done: int, total: int) -> None:
        if what == "splitting" and done == 1:
            # The first article of the next batch was already taken, to see where this one ends.
            self._begun, self._end = self._end, self.given - (self.given < self._articles)
        if self._end - self._begun < self._articles and what != "writing":
            done = self._begun + round((self._end - self._begun) * done / max(total, 1))
            total = self._articles
        self._progress(what, done, total)


def _leave(store: Store, plan: ReloadPlan, served: Generation) -> None:
    """Record which versions and texts are no longer served, for their retention time."""
    gone = [one for one in served.snapshot.headings if plan.versions.get(one.id) != one.version]
    texts = list[bytes]()
    for one in gone:
        if article := served.snapshot.article(one.id):
            texts += [text_hash(article.text[start:end]) for start, end in split_article(article).chunks]
    store.mark_unserved(
        [(plan.collection, one.id, one.version) for one in gone], served.manifest.model, texts
    )


def is_current(generation_store: GenerationStore, served: Generation | None, embedder: Embedder) -> bool:
    """Whether the served generation, which was checked completely, is the published one and was made with
    this model."""
    if served is None or served.manifest.model != embedder.model:
        return False
    return generation_store.pointer() == served.manifest.generation


def _without_page(home: Home, plan: ReloadPlan, served: Generation) -> Iterator[Article]:
    """The kept articles without an address of their own whose pages are missing."""
    for row, heading in enumerate(served.snapshot.headings):
        stays = heading.url is None and plan.versions.get(heading.id) == heading.version
        if stays and home.pages.is_missing(plan.collection, heading.version):
            yield served.snapshot.articles[row]


def _article(store: Store, plan: ReloadPlan, served: Generation | None, article_id: str) -> Article:
    """The article in the version of the plan: the served one, or else from the store."""
    held = served.snapshot.article(article_id) if served else None
    if held and held.version() == plan.versions[article_id]:
        return held
    article = store.article(plan.collection, article_id, plan.versions[article_id])
    if article is None or article.version() != plan.versions[article_id]:
        raise HomeUnusable(f"the store lost article {article_id!r} while it was used: reload again")
    return article
