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
from retrieval.generations.new_generation import kept_of, new_generation
from retrieval.generations.pruning import prune
from retrieval.models.embedder import Embedder, EncodedTexts
from retrieval.progress import ProgressCallback

if TYPE_CHECKING:
    from corpus.storage.store import Store


class Publisher:
    """Publishes collections of a home, one after the other, with the embeddings of one model."""

    def __init__(self, home: Home, store: Store, embedder: Embedder, progress: ProgressCallback) -> None:
        """`store` is the home's, opened."""
        self._home = home
        self._store = store
        self._embedder = embedder
        self._progress = progress

    def is_current(self, collection: str, served: Generation | None) -> bool:
        """Whether the served generation, which was checked completely, is the published one and was made with
        this model."""
        if served is None or served.manifest.model != self._embedder.model:
            return False
        return self._home.generation_store(collection).pointer() == served.manifest.generation

    def publish(
        self, plan: ReloadPlan, served: Generation | None, withdrawn: frozenset[str]
    ) -> tuple[str, int]:
        """Build and publish a generation of one collection; returns its id, and how many texts were
        embedded.

        Raises HomeUnusable if it can't be written; the collection is then served as it was.
        """
        generation_store, model = self._home.generation_store(plan.collection), self._embedder.model
        same_model = served is not None and served.manifest.model == model
        # Segments are kept without removed articles; with another model, all of them are built again.
        kept = kept_of(served, {*plan.changed, *plan.removed}) if served and same_model else []
        fresh = sorted({*plan.new, *plan.changed}) if kept or same_model else sorted(plan.versions)
        progress = _WholeProgress(self._progress, len(fresh))
        embed = _CachedEmbedder(self._store, self._embedder, progress)
        try:
            if served:
                self._home.pages.add(plan.collection, self._without_page(plan, served))
            articles = self._articles(plan, served, fresh, progress)
            made = new_generation(
                articles, plan.collection, model, embed, progress=progress, withdrawn=withdrawn, kept=kept
            )
            manifest = generation_store.publish(made)
            self._progress("writing", 1, 1)
        except OSError as error:
            raise HomeUnusable(
                f"collection {plan.collection} could not be written to {self._home.root} "
                f"({error.strerror or error}): it is served as it was; make space or check the folder, then "
                "`newsdesk corpus reload`"
            ) from error
        finally:
            with suppress(OSError):  # must not hide an exception
                generation_store.sweep()
        # It is published now, so nothing that follows may make the reload fail.
        with suppress(OSError):
            prune(generation_store)
            self._home.pages.drop_others(plan.collection, plan.versions.values())
        with suppress(HomeUnusable, StoreUnusable, ReloadBusy):
            if served and same_model:
                self._mark_unserved(plan, served)
        with suppress(HomeUnusable, StoreUnusable, ReloadBusy):
            self._record(plan, manifest.generation, embed.count)
        return manifest.generation, embed.count

    def _articles(
        self, plan: ReloadPlan, served: Generation | None, ids: Sequence[str], progress: _WholeProgress
    ) -> Iterator[Article]:
        """The articles with these ids, whose pages are written on the way."""
        for key in ids:
            article = self._article(plan, served, key)
            self._home.pages.add(plan.collection, (article,))
            progress.given += 1
            yield article

    def _article(self, plan: ReloadPlan, served: Generation | None, article_id: str) -> Article:
        """The article in the version of the plan: the served one, or else from the store."""
        version = plan.versions[article_id]
        held = served.snapshot.article(article_id) if served else None
        if held and held.version() == version:
            return held
        article = self._store.article(plan.collection, article_id, version)
        if article is None or article.version() != version:
            raise HomeUnusable(f"the store lost article {article_id!r} while it was used: reload again")
        return article

    def _without_page(self, plan: ReloadPlan, served: Generation) -> Iterator[Article]:
        """The kept articles without an address of their own whose pages are missing."""
        for row, heading in enumerate(served.snapshot.headings):
            stays = heading.url is None and plan.versions.get(heading.id) == heading.version
            if stays and self._home.pages.is_missing(plan.collection, heading.version):
                yield served.snapshot.articles[row]

    def _mark_unserved(self, plan: ReloadPlan, served: Generation) -> None:
        """Record which versions and texts are no longer served, for their retention time."""
        gone = [one for one in served.snapshot.headings if plan.versions.get(one.id) != one.version]
        texts = list[bytes]()
        for one in gone:
            if article := served.snapshot.article(one.id):
                texts += [text_hash(article.text[start:end]) for start, end in split_article(article).chunks]
        self._store.mark_unserved(
            [(plan.collection, one.id, one.version) for one in gone], served.manifest.model, texts
        )

    def _record(self, plan: ReloadPlan, generation: str, embedded: int) -> None:
        """Record the reload in the home's history."""
        counts = {
            "new": len(plan.new),
            "changed": len(plan.changed),
            "removed": len(plan.removed),
            "unchanged": len(plan.unchanged),
            "problems": total(plan.problems),
            "embedded": embedded,
        }
        self._store.record("reload", plan.collection, generation, counts)


class _CachedEmbedder:
    """Embeds texts through the store's cache, and counts those that were not in it."""

    def __init__(self, store: Store, embedder: Embedder, progress: ProgressCallback) -> None:
        self._store, self._embedder, self._progress = store, embedder, progress
        self.count = 0

    def __call__(self, texts: Sequence[str]) -> EncodedTexts:
        encoded, asked = embed_cached(self._store, self._embedder, texts, self._progress)
        self.count += asked
        return encoded


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
