"""Changes of the corpus, for the command line and the chats; each is undone if it fails."""

import difflib
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.corpus_admin.erasure import ErasureRequest, PendingErasures, withdraw_request
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import ReloadReport
from bot.corpus_admin.uploads import is_upload
from corpus.article import DEFAULT_COLLECTION, Article, ArticleHeading
from corpus.errors import ReloadRefused, UnreadableSource, WrongCall
from corpus.lock_wait import MAX_WAIT_SECONDS
from corpus.plan import ReloadRequest
from corpus.polling.rolled_back import remember_rollback
from corpus.sources.sources import absolute
from corpus.storage.source_states import NEVER_ASKED, SourceState, SourceStates
from corpus.storage.store_records import Source
from corpus.web.address import is_address
from corpus.web.page_key import page_key
from retrieval.generations.manifest import Manifest

NEAREST = 3
"""The most articles that are named for a wrong id."""

Reload = Callable[[ReloadRequest], ReloadReport]
"""Reloads as `bot.corpus_admin.reload.reload` does: by `Desk.reload` or `Parts.reload`, with the progress of
the caller."""


def web_source(collection: str, address: str, options: Mapping[str, object] | None = None) -> Source:
    """A web address from a chat, with its reading options (`ReadingOptions.to_row`), as a source that is not
    yet registered.

    Raises UnreadableSource for anything else, since a path would be a file of this machine.
    """
    if not is_address(address):
        raise UnreadableSource(address, "it is no web address: https:// is missing in front")
    return Source(collection, absolute(address), options or {})


@contextmanager
def registered(home: Home, sources: Sequence[Source]) -> Iterator[None]:
    """Register sources while the context is open, and permanently if it ends without an exception; otherwise
    no new one stays. A source that was already registered gets its new options, if it has any. Hold the
    home's lock."""
    with home.store() as store, store.transaction():
        added = [source for source in sources if store.add_source(source)]
        before = [source for source in store.sources() if source in sources]
        for source in sources:
            if source.options and source not in added:
                store.set_options(source)
    try:
        yield
    except BaseException:
        with home.store() as store, store.transaction():
            for source in added:
                store.remove_source(source)
            for source in before:
                store.set_options(source)
        for source in added:
            drop_leftovers(home, source)
        raise


def remove(home: Home, collection: str, target: str, reload: Reload, *, force: bool = False) -> ReloadReport:
    """Remove a source (by its location, or the name of an uploaded file) or an article (by its id, or any
    address of its page).

    Raises WrongCall if it is neither. If the reload fails, a source stays registered; an article is withdrawn
    before the reload, and stays so. For a source, it raises ReloadBusy before anything is changed. For an
    article, no source is read, so that a missing one can't prevent its removal.
    """
    if source := find_source(home, collection, target):
        with home.locked():
            report = _remove_source(home, source, lambda: reload(_of(collection, force=force)))
            drop_leftovers(home, source)
    elif article := _served(home, collection, target):
        # Without the lock: nobody finds it from now on, even if another process is reloading.
        home.withdrawn.add(collection, article.id, article.url)
        renew_pages(home, collection)
        report = reload(_of(collection, force=force, reread=False))
    else:
        raise unknown_target(home, collection, target)
    with home.store() as store:
        store.record("remove", collection, report.generations.get(collection), {"target": target})
    return report


def _of(collection: str, *, force: bool = False, reread: bool = True) -> ReloadRequest:
    """A reload of that collection alone, which does not report other collections' problems again and leaves
    alone what was rolled back."""
    return ReloadRequest(frozenset({collection}), force=force, reread=reread, keep_rolled_back=True)


def _remove_source(home: Home, source: Source, reload: Callable[[], ReloadReport]) -> ReloadReport:
    """Remove a source and reload; if that fails, the source is registered again, with its polling state."""
    with home.store() as store:
        state = SourceStates(store).get(source)
        store.remove_source(source)
    try:
        return reload()
    except BaseException:
        _register_again(home, source, state)
        raise


def _register_again(home: Home, source: Source, state: SourceState) -> None:
    with home.store() as store, store.transaction():
        store.add_source(source)
        SourceStates(store).put(source, state)


def forget(home: Home, collection: str, target: str, reload: Reload, *, force: bool = False) -> ReloadReport:
    """Remove a source or an article and erase its text from the home: old versions, generations, vectors,
    pages, uploads, copies, and the answers that quoted it. What is left for a person to do is among the
    report's problems.

    Sources are only read if a source is erased, so that a missing one can't prevent the erasure of an
    article. Raises WrongCall if it is neither, and ReloadRefused if nothing was changed; after any other
    failure or crash, the next reload completes the erasure.
    """
    if source := find_source(home, collection, target):
        one = ErasureRequest(collection, location=source.location)
    elif article := _served(home, collection, target):
        one = ErasureRequest(collection, article_id=article.id)
    elif _was_known(home, collection, target):
        one = ErasureRequest(collection, article_id=target)
    else:
        raise unknown_target(home, collection, target)
    with home.locked():
        PendingErasures(home).add(one)
        with home.store() as store:
            state = SourceStates(store).get(source) if source else NEVER_ASKED
            withdraw_request(home, store, one)
        try:
            return reload(_of(collection, force=force, reread=source is not None))
        except ReloadRefused:
            if source:
                _register_again(home, source, state)
                PendingErasures(home).remove(one)
            raise


def _served(home: Home, collection: str, target: str) -> ArticleHeading | None:
    """The served article with that id, or else at that address."""
    generation = home.generation_store(collection).served()
    headings = generation.snapshot.headings if generation else ()
    key = page_key(target)
    at_page = None
    for one in headings:
        if one.id == target:
            return one
        if key and one.url and page_key(one.url) == key:
            at_page = one
    return at_page


def _was_known(home: Home, collection: str, article_id: str) -> bool:
    """Whether anything in the home may contain text of an article."""
    with home.store() as store:
        kept = bool(store.versions(collection, article_id))
    return (
        kept
        or article_id in home.withdrawn.of(collection)
        or home.generation_store(collection).holds(article_id)
    )


def unknown_target(home: Home, collection: str, target: str) -> WrongCall:
    """The error for a target of `corpus remove` that is neither a served article nor a source."""
    if target in home.withdrawn.of(collection):
        return WrongCall(
            f"article {target!r} of collection {collection} is removed already",
            f"`newsdesk corpus restore {shlex.quote(target)}{_option(collection)}` restores it",
        )
    return WrongCall(
        f"{target!r} is neither an article nor a source of collection {collection}",
        f"{nearest_words(home, collection, target)}, and `newsdesk corpus status` the sources",
    )


def nearest_words(home: Home, collection: str, target: str) -> str:
    """The articles whose id or title is nearest to the target, and the command that lists all of them."""
    known = list(home.current_headings(collection))
    listed = f"`newsdesk corpus list {collection}` lists the articles"
    if near := _nearest(known, target):
        named = ", ".join(f"{one.id} ({one.title})" for one in near)
        return f"the nearest {'article is' if len(near) == 1 else 'articles are'} {named}; {listed}"
    return listed


def _nearest(known: list[ArticleHeading], target: str) -> list[ArticleHeading]:
    wanted = target.casefold()
    named = [one for one in known if wanted in one.title.casefold()]
    for texts in ({one.id: one for one in known}, {one.title: one for one in known}):
        named += [texts[text] for text in difflib.get_close_matches(target, texts, NEAREST)]
    return list({one.id: one for one in named}.values())[:NEAREST]


def _option(collection: str) -> str:
    return "" if collection == DEFAULT_COLLECTION else f" --collection {collection}"


def restore(home: Home, collection: str, article_id: str, reload: Reload) -> ReloadReport:
    """Restore an article that was removed by its id, and change nothing else. Raises WrongCall if it was not
    removed."""
    address = home.withdrawn.addresses().get(collection, {}).get(article_id)
    if not home.withdrawn.drop(collection, article_id):
        raise WrongCall(
            f"article {article_id!r} was not removed from collection {collection}",
            "`newsdesk corpus status` lists those that were",
        )
    try:
        report = reload(ReloadRequest(frozenset({collection}), fetch=False, restored=article_id))
    except BaseException:
        home.withdrawn.add(collection, article_id, address)
        raise
    renew_pages(home, collection)  # a generation that was rolled back to may contain it, and stays current
    with home.store() as store:
        store.record("restore", collection, report.generations.get(collection), {"article": article_id})
    return report


def ignore_notice(_line: str) -> None:
    """Ignore a notice."""


def roll_back(home: Home, collection: str, notice: Callable[[str], None] = ignore_notice) -> Manifest:
    """Serve the previous generation again; `notice` is called with problems that did not prevent it. Raises
    NothingToServe, HomeUnusable, ReloadBusy. An open desk serves it after `refresh`.

    What differs is remembered (`corpus.polling.rolled_back`), so that polling does not serve it again.
    """
    with home.locked(), home.store() as store:
        before = home.served_versions(collection)
        manifest = home.generation_store(collection).roll_back()
        remember_rollback(store, collection, before, home.served_versions(collection))
        articles = home.current_articles(collection)
        store.record("rollback", collection, manifest.generation, {"articles": len(articles)})
        _replace_pages(home, collection, articles, notice)
    return manifest


def renew_pages(home: Home, collection: str, notice: Callable[[str], None] = ignore_notice) -> None:
    """Write the pages of the current articles, and remove others; `notice` is called with problems."""
    _replace_pages(home, collection, home.current_articles(collection), notice)


def _replace_pages(
    home: Home, collection: str, articles: Sequence[Article], notice: Callable[[str], None]
) -> None:
    try:
        home.pages.add(collection, articles)
        home.pages.drop_others(collection, [article.version() for article in articles])
    except OSError as error:
        # Answers are not affected, only links to our own pages.
        notice(f"some pages of articles could not be written ({error.strerror})")


def check_known(home: Home, collections: Iterable[str]) -> None:
    """Raise WrongCall for a collection without a generation or a registered source."""
    with home.store() as store:
        known = set(home.collections()).union(source.collection for source in store.sources())
    for name in sorted(set(collections) - known):
        listed = f"; there are: {', '.join(sorted(known))}" if known else ""
        raise WrongCall(f"there is no collection {name!r}{listed}")


def find_source(home: Home, collection: str, target: str) -> Source | None:
    """The source with that location, as it was given or as it is stored, with that name of an uploaded file,
    or the only one whose path ends with that folder and name, as chats show it."""
    places = {target, str(home.uploads(collection) / target)}
    with suppress(UnreadableSource):
        places.add(absolute(target))
    with home.store() as store:
        known = [source for source in store.sources() if source.collection == collection]
    found = [source for source in known if source.location in places]
    found = found or [one for one in known if Path(one.location).parts[-2:] == Path(target).parts]
    return found[0] if len(found) == 1 else None


def drop_leftovers(home: Home, source: Source) -> None:
    """Remove what only the source needed: its upload, or the cached copy of its address. Waits for another
    process that changes the corpus. Raises ReloadBusy."""
    with home.locked(MAX_WAIT_SECONDS):
        with home.store() as store:
            if any(other.location == source.location for other in store.sources()):
                return
        if remote := home.sources.fetched(source.location):
            remote.drop()
        elif is_upload(home, source):
            with suppress(OSError):  # a file that is left only takes space
                home.copies.drop_upload(Path(source.location))
