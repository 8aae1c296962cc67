"""Erases text permanently, everywhere in the home.

A request is stored first, and removed when nothing of the text is left: what a crash interrupts is completed
by the next reload, and by the next start.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.corpus_admin.embedding_cache import text_hash
from bot.corpus_admin.home import PENDING, Home
from bot.corpus_admin.uploads import UNPACKED_LIMIT, is_upload
from corpus.errors import HomeUnusable, StoreUnusable
from corpus.problem import Problem
from corpus.readers.parsing.gunzip import unpack
from corpus.storage.atomic_write import write_atomically
from corpus.storage.store_records import Source
from corpus.web.known_pages import ArticleName
from retrieval.generations.compaction import purge
from retrieval.generations.pruning import drop_older

if TYPE_CHECKING:
    from corpus.sources.source import FetchedSource
    from corpus.storage.store import Store


@dataclass(frozen=True, slots=True)
class ErasureRequest:
    """What is to be erased from a collection: an article, or a source with all text that only it
    contained."""

    collection: str
    article_id: str | None = None
    location: str | None = None


class PendingErasures:
    """The pending erasure requests of a home: `forgetting.json` in a folder. Writers hold the home's lock."""

    def __init__(self, home: Home) -> None:
        """Nothing is read yet."""
        self._home = home

    def all(self) -> list[ErasureRequest]:
        """The pending requests. Raises StoreUnusable."""
        try:
            written = self._home.pending()
            return [ErasureRequest(**row) for row in json.loads(written)] if written else []
        except (OSError, ValueError, TypeError) as error:
            raise StoreUnusable(
                f"{self._home.root / PENDING} is damaged ({error}): move it away, and forget again what "
                "it names"
            ) from error

    def add(self, one: ErasureRequest) -> None:
        """Store a request durably. Raises HomeUnusable, StoreUnusable."""
        self._write([*(other for other in self.all() if other != one), one])

    def remove(self, one: ErasureRequest) -> None:
        """Remove a request that is completed or cancelled. Raises HomeUnusable, StoreUnusable."""
        self._write([other for other in self.all() if other != one])

    def _write(self, left: list[ErasureRequest]) -> None:
        rows = [
            {"collection": one.collection, "article_id": one.article_id, "location": one.location}
            for one in left
        ]
        try:
            self._home.write_pending(json.dumps(rows).encode() if rows else None)
        except OSError as error:
            raise _unwritable(self._home.root / PENDING, error) from error


def withdraw_request(home: Home, store: Store, one: ErasureRequest) -> None:
    """Withdraw what is to be erased, so that nobody finds it from now on."""
    if one.article_id is not None:
        served = home.generation_store(one.collection).served()
        article = served.snapshot.article(one.article_id) if served else None
        home.withdrawn.add(one.collection, one.article_id, article.url if article else None)
    if one.location is not None:
        store.remove_source(Source(one.collection, one.location))


def erase(home: Home, store: Store, one: ErasureRequest) -> list[Problem]:
    """Erase all text of a request that is no longer served, and remove the request; returns what is left for
    a person to do.

    For an article, all of its text is erased; for a source, all text of the collection that is not served.
    Raises HomeUnusable, StoreUnusable, ReloadBusy; the next reload then completes the erasure.
    """
    served = home.current_articles(one.collection)
    standing = {article.id: article.version() for article in served}
    ids = None if one.article_id is None else frozenset({one.article_id})
    try:
        purge(home.generation_store(one.collection), ids)
        drop_older(home.generation_store(one.collection), ids)
        remarks = list(_strip_sources(home, store, one, standing))
        home.copies.drop_unused(at_once=True)
        home.copies.request_cache_erasure()
        home.pages.add(one.collection, served)
        home.pages.drop_others(one.collection, standing.values())
        for folder in (
            home.pages.folder(one.collection),
            home.uploads(one.collection),
            home.root / "fetched",
        ):
            if folder.is_dir():
                home.disk.sync_folder(folder)  # otherwise a power cut could bring back what was removed
    except OSError as error:
        raise _unwritable(home.root, error) from error
    store.forget(one.collection, ids, standing.items(), stored_texts(home))
    store.vacuum()
    _forget_answers(home, one, standing)
    store.record("forget", one.collection, None, {"target": one.article_id or one.location})
    PendingErasures(home).remove(one)
    return remarks


def stored_texts(home: Home) -> Iterator[bytes]:
    """The hash of each text of which a generation still has a vector."""
    for name in home.collections():
        yield from map(text_hash, home.generation_store(name).texts())


def _forget_answers(home: Home, one: ErasureRequest, standing: Collection[str]) -> None:
    """Delete answers about the erased articles: they contain no text of articles, but questions about
    them."""
    if not home.has_chats:
        return

    def gone(collection: str, article_id: str) -> bool:
        if collection != one.collection:
            return False
        return article_id == one.article_id if one.article_id is not None else article_id not in standing

    from bot.chat_store.chat_store import ChatStore  # not imported in homes without chats

    with ChatStore(home.chats()) as chat_store:
        chat_store.retention.forget_quoting(gone)
        chat_store.vacuum()


def _strip_sources(
    home: Home, store: Store, one: ErasureRequest, standing: Mapping[str, str]
) -> Iterator[Problem]:
    """Remove the article from uploaded files and from cached copies of addresses."""
    for folder in (home.uploads(one.collection), home.root / "fetched"):
        for left in folder.glob(".*.part"):
            home.disk.remove(left)
    if one.location is not None:
        _drop_copy(home, store, Source(one.collection, one.location))
        if not _is_ours(home, Source(one.collection, one.location)):
            yield Problem(
                one.location,
                "its text is permanently erased here; the files belong to their owner and are not changed",
                refused=False,
            )
        return
    known = store.sources()
    addresses = home.withdrawn.addresses().get(one.collection, {})
    for source in known:
        if one.article_id is None or source.collection != one.collection:
            continue
        name = ArticleName(one.article_id, addresses.get(one.article_id), standing)
        if remote := home.sources.fetched(source.location, source.options):
            yield from _strip_fetched(home, store, source, remote, name)
        elif is_upload(home, source):
            yield from _strip_upload(home, store, source, name)
    if any(source.collection == one.collection and not _is_ours(home, source) for source in known):
        yield Problem(
            str(one.article_id),
            "its text is permanently erased here; files outside the home belong to their owner and are not "
            "changed, and each reload ignores what they still have of it",
            refused=False,
        )


def _strip_upload(home: Home, store: Store, source: Source, name: ArticleName) -> Iterator[Problem]:
    # Imported only now: every start checks for requests, and few find one.
    from corpus.readers.parsing.reading_options import ReadingOptions
    from corpus.readers.registry import FORMATS
    from corpus.sources.source import lines_of

    path = Path(source.location)
    options = ReadingOptions.from_row(source.options)
    lines = lines_of(FORMATS.read_file(path, path.parent, source.collection, options), name)
    if not lines:
        return
    body = path.read_bytes()
    packed = path.name.lower().endswith(".gz")
    text = b"".join(unpack([body], UNPACKED_LIMIT)) if packed else body
    if left := FORMATS.remove_lines(path.name, text, lines):
        write_atomically(home.disk, path, gzip.compress(left, mtime=0) if packed else left, home.root)
        home.copies.share_upload(path)
        return
    _drop_source(home, store, source)
    yield Problem(path.name, "nothing else was in it, so it was removed", refused=False)


def _strip_fetched(
    home: Home, store: Store, source: Source, remote: FetchedSource, name: ArticleName
) -> Iterator[Problem]:
    from corpus.sources.source import Remaining

    left = remote.remove_article(source.collection, name)
    if left is Remaining.OTHERS:
        yield Problem(
            source.location,
            "its site still has the article, and each reload fetches it: have it removed there, or remove "
            "this address",
            refused=False,
        )
    elif left is Remaining.NOTHING:
        _drop_source(home, store, source)
        yield Problem(source.location, "nothing else was in it, so it was removed", refused=False)


def _drop_source(home: Home, store: Store, source: Source) -> None:
    """Remove a source, and then what only it needed; as a request, since a crash may leave one without the
    other."""
    one = ErasureRequest(source.collection, location=source.location)
    PendingErasures(home).add(one)
    store.remove_source(source)
    _drop_copy(home, store, source)
    for folder in (home.uploads(source.collection), home.root / "fetched"):
        if folder.is_dir():
            home.disk.sync_folder(folder)
    PendingErasures(home).remove(one)


def _drop_copy(home: Home, store: Store, source: Source) -> None:
    """Remove the upload, or the cached copy of the address, unless another source needs it."""
    if any(other.location == source.location for other in store.sources()):
        return
    if remote := home.sources.fetched(source.location):
        remote.drop()
    elif is_upload(home, source):
        home.copies.drop_upload(Path(source.location))


def _is_ours(home: Home, source: Source) -> bool:
    return home.sources.fetched(source.location) is not None or is_upload(home, source)


def _unwritable(path: Path, error: OSError) -> HomeUnusable:
    return HomeUnusable(
        f"not everything could be erased: {path} can't be written ({error.strerror or error}). Make space or "
        "check the folder, then `newsdesk corpus reload` finishes it"
    )
