"""Reloading: from the registered sources to a published generation of each collection that changed."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from bot.corpus_admin.embedding_cache import embed_cached, text_hash
from bot.corpus_admin.erasure import ErasureRequest, PendingErasures, erase, withdraw_request
from bot.corpus_admin.home import Home
from bot.corpus_admin.limits import UsageCounter
from bot.corpus_admin.retention import expire
from bot.corpus_admin.source_reading import (
    ReloadScope,
    SourceReading,
    fetch_sources,
    read_sources,
    title_with_source,
    web_fetcher,
)
from corpus.article import Article
from corpus.errors import HomeUnusable, ReloadBusy, ReloadRefused, StoreUnusable
from corpus.plan import ReloadPlan, plan_reload
from corpus.problem import Problem, total
from corpus.storage.store import Source, Store
from corpus.storage.withdrawn import Ids
from corpus.web.fetcher import Fetcher
from retrieval.collection.passage import split_article
from retrieval.generations.edition import edition, kept_of
from retrieval.generations.generation import Generation
from retrieval.generations.generation_store import GenerationStore
from retrieval.generations.pruning import prune
from retrieval.models.embedder import Embedder, EncodedTexts
from retrieval.progress import ProgressCallback
from retrieval.text.analyzer import Analyzer

TITLES_KEPT = 10
"""Articles of each kind of change whose titles are told; a chat message has room for fewer."""


@dataclass(frozen=True, slots=True)
class ReloadReport:
    """What a reload did, or with `dry_run` would do. `generations` maps collections to what was published
    for them; a collection that did not change is not in it. `embedded` counts texts given to the model.
    `titles` has title and source, as one text, by collection and id: of the first TITLES_KEPT new, changed
    and removed articles of each plan."""

    plans: tuple[ReloadPlan, ...]
    generations: Mapping[str, str]
    embedded: int
    seconds: float
    dry_run: bool
    titles: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of every source that are kept (`corpus.problem.Problems`), each once."""
        return tuple(dict.fromkeys(problem for plan in self.plans for problem in plan.problems))


def reload(
    home: Home,
    embedder: Callable[[], Embedder],
    *,
    dry_run: bool = False,
    force: bool = False,
    reread: bool = True,
    collections: frozenset[str] | None = None,
    only: frozenset[Source] | None = None,
    fetcher: Callable[[], Fetcher] = web_fetcher,
    progress: ProgressCallback,
    usage: UsageCounter | None = None,
) -> ReloadReport:
    """Read every source and publish what changed; with `dry_run`, only say what would change.

    With `collections`, only these are read, planned and published. Of the sources of others, those of the
    operator are read too, for the articles in them that name one of these; nothing else of them is told, and
    where one can't be read, what is served of it stays. With `only`, these sources alone are read, and of the
    others what is served stays.

    Without `reread` no source is read, and only what was taken out by hand goes. What was asked to be
    forgotten is erased at the end (`erasure`), and what has long not been served (`retention`).

    `embedder` and `fetcher` are called once they are needed. A dry run keeps what it fetched, as it may be
    the last that can be. `usage` is what a community's sources may hold. Raises ReloadBusy, ReloadRefused,
    OverLimit, HomeUnusable; then the collection that could not
    be published is served as it was.
    """
    started = time.monotonic()
    with home.locked(), home.store() as store:
        for collection in () if dry_run else home.collections():
            with suppress(OSError):  # what is in the way comes up when it is written
                home.generation_store(collection).sweep()
        scope = ReloadScope(home, collections)
        pending = [] if dry_run else [one for one in PendingErasures(home).all() if scope.has(one.collection)]
        if not dry_run:
            home.withdrawn.settle()
        for one in pending:
            withdraw_request(home, store, one)
        sources = [source for source in store.sources() if reread and scope.reads(source)]
        # Before the transaction: a site may be slow, and others wait to write.
        wanted = [source for source in sources if only is None or source in only]
        unread = [source for source in sources if source not in wanted]
        readable, problems = fetch_sources(home, wanted, fetcher, force=force, progress=progress)
        with store.transaction():
            withdrawn = home.withdrawn.all()
            found = read_sources(
                home,
                store,
                readable,
                scope,
                withdrawn,
                unread=unread,
                force=force,
                save=not dry_run,
                progress=progress,
                usage=usage,
            )
            if not reread:
                found.versions = found.served_versions
                found.origins = {name: store.origins(name) for name in found.served}
            found.problems[:0] = problems
            plans = _plans(home, store, found, scope, withdrawn)
            objections = [text for plan in plans if (text := plan.objection())]
            if objections and reread and not force and not dry_run:
                raise ReloadRefused(
                    f"{'; '.join(objections)}: nothing was changed",
                    "check the sources with `newsdesk corpus reload --dry-run`, or add --force",
                )
        pending += _also_affected(home, pending, plans)
        generations: dict[str, str] = {}
        embedded = 0
        for plan in () if dry_run else plans:
            maker = embedder()
            served = found.served.get(plan.collection)
            if plan.changes_nothing and _is_current(home.generation_store(plan.collection), served, maker):
                _keep_origins(store, plan, found)
                continue
            taken_out = withdrawn.get(plan.collection, frozenset())
            generation, count = _publish(home, store, plan, served, taken_out, maker, progress)
            generations[plan.collection] = generation
            embedded += count
            _keep_origins(store, plan, found)
        remarks = tuple(remark for one in pending for remark in erase(home, store, one))
        if not dry_run:
            with suppress(OSError, HomeUnusable, StoreUnusable, ReloadBusy):  # the next reload tries again
                expire(home, store)
        plans = tuple(replace(plan, problems=(*plan.problems, *remarks)) for plan in plans)
        seconds = time.monotonic() - started
        return ReloadReport(plans, generations, embedded, seconds, dry_run, _titles(plans, found))


def _also_affected(
    home: Home, pending: Sequence[ErasureRequest], plans: Sequence[ReloadPlan]
) -> list[ErasureRequest]:
    """A source that is to be forgotten may have held articles of other collections: what is to be forgotten
    there, noted too."""
    losing = {plan.collection for plan in plans if plan.removed}
    found = [
        ErasureRequest(name, location=one.location)
        for one in pending
        for name in sorted(losing - {one.collection})
        if one.location is not None
    ]
    for one in found:
        PendingErasures(home).add(one)
    return [one for one in found if one not in pending]


def _keep_origins(store: Store, plan: ReloadPlan, found: SourceReading) -> None:
    """Write down where what is served now is from; what is not known counts as read from anywhere."""
    origins = found.origins.get(plan.collection, {})
    with suppress(HomeUnusable, StoreUnusable, ReloadBusy):
        store.save_origins(plan.collection, {key: origins[key] for key in plan.versions if key in origins})


def _plans(
    home: Home, store: Store, found: SourceReading, scope: ReloadScope, withdrawn: Ids
) -> tuple[ReloadPlan, ...]:
    names = {*home.collections(), *found.versions, *(source.collection for source in store.sources())}
    plans = []
    for name in sorted(filter(scope.has, names)):
        served = found.served_versions.get(name, {})
        read_here = found.versions.get(name, {})
        first = not home.generation_store(name).generations()
        taken_out = withdrawn.get(name, frozenset())
        plans.append(plan_reload(name, served, read_here, taken_out, tuple(found.problems), first=first))
    return tuple(plans)


def _titles(plans: Sequence[ReloadPlan], found: SourceReading) -> dict[tuple[str, str], str]:
    titles: dict[tuple[str, str], str] = {}
    for plan in plans:
        for key in (*plan.new[:TITLES_KEPT], *plan.changed[:TITLES_KEPT]):
            titles[plan.collection, key] = found.titles[plan.collection, key]
        for key in plan.removed[:TITLES_KEPT]:
            if gone := found.served[plan.collection].snapshot.article(key):
                titles[plan.collection, key] = title_with_source(gone)
    return titles


def _publish(
    home: Home,
    store: Store,
    plan: ReloadPlan,
    served: Generation | None,
    withdrawn: frozenset[str],
    embedder: Embedder,
    progress: ProgressCallback,
) -> tuple[str, int]:
    """Build and publish one collection; the generation's id, and how many texts were embedded for it."""
    generation_store = home.generation_store(plan.collection)
    same_model = served is not None and served.manifest.model == embedder.model
    # Segments stay as they are, but for what went; made with another model, they all go.
    kept = kept_of(served, {*plan.changed, *plan.removed}) if served and same_model else []
    fresh = sorted({*plan.new, *plan.changed}) if kept or same_model else sorted(plan.versions)
    count = 0

    def embed(texts: Sequence[str]) -> EncodedTexts:
        nonlocal count
        encoded, asked = embed_cached(store, embedder, texts, progress)
        count += asked
        return encoded

    def articles() -> Iterator[Article]:
        for key in fresh:
            article = _article(store, plan, served, key)
            home.pages.add(plan.collection, (article,))
            yield article

    try:
        if served:
            home.pages.add(plan.collection, _without_page(home, plan, served))
        made = edition(
            articles(), plan.collection, embedder.model, embed, Analyzer(), progress, withdrawn, kept
        )
        manifest = generation_store.publish(made)
        progress("writing", 1, 1)
    except OSError as error:
        raise HomeUnusable(
            f"collection {plan.collection} could not be written to {home.root} ({error.strerror or error}): "
            "it is served as it was; make space or check the folder, then `newsdesk corpus reload`"
        ) from error
    finally:
        with suppress(OSError):  # nothing about sweeping may hide what happened before it
            generation_store.sweep()
    # It is served now, so nothing that follows may make the reload look as if it had failed.
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


def _leave(store: Store, plan: ReloadPlan, served: Generation) -> None:
    """Write down what is served no more, and its texts."""
    gone = [one for one in served.snapshot.headings if plan.versions.get(one.id) != one.version]
    texts = list[bytes]()
    for one in gone:
        if article := served.snapshot.article(one.id):
            texts += [text_hash(article.text[start:end]) for start, end in split_article(article).chunks]
    store.leave([(plan.collection, one.id, one.version) for one in gone], served.manifest.model, texts)


def _is_current(generation_store: GenerationStore, served: Generation | None, embedder: Embedder) -> bool:
    """Whether what is served, every byte of which was checked, is what is pointed to and of the model."""
    if served is None or served.manifest.model != embedder.model:
        return False
    return generation_store.pointer() == served.manifest.generation


def _without_page(home: Home, plan: ReloadPlan, served: Generation) -> Iterator[Article]:
    """The articles that stay and whose pages are gone, of those that have no address of their own."""
    for row, heading in enumerate(served.snapshot.headings):
        stays = heading.url is None and plan.versions.get(heading.id) == heading.version
        if stays and home.pages.is_missing(plan.collection, heading.version):
            yield served.snapshot.articles[row]


def _article(store: Store, plan: ReloadPlan, served: Generation | None, article_id: str) -> Article:
    """The article as the plan has it: as it is served, else out of the store."""
    held = served.snapshot.article(article_id) if served else None
    if held and held.version() == plan.versions[article_id]:
        return held
    article = store.article(plan.collection, article_id, plan.versions[article_id])
    if article is None or article.version() != plan.versions[article_id]:
        raise HomeUnusable(f"the store lost article {article_id!r} while it was used: reload again")
    return article
