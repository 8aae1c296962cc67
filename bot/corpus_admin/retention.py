"""Erases text whose retention time is over."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.corpus_admin.embedding_cache import text_hash
from bot.corpus_admin.home import Home
from corpus.storage.store_records import Version
from retrieval.generations.compaction import purge_gone_before
from retrieval.generations.generation_store import texts_of
from retrieval.generations.pruning import drop_replaced

if TYPE_CHECKING:
    from corpus.storage.store import Store


def expire(home: Home, store: Store, now: datetime | None = None) -> int:
    """Erase what has not been served for `home.keep`: generations, versions of articles, and vectors; returns
    how many of the latter two. Hold the home's lock. Raises OSError, HomeUnusable, StoreUnusable, ReloadBusy.

    The bound is a midnight, so that the store is rewritten at most once a day. The served articles are
    compared with the store once a day, and when something is to be erased.
    """
    now = now or datetime.now(UTC)
    before = _midnight(now - home.keep)
    for name in home.collections():
        drop_replaced(home.generation_store(name), before)
        purge_gone_before(home.generation_store(name), before)
    if store.expired_at >= _midnight(now) and not store.has_unserved(before):
        return 0
    versions, texts = list[Version](), list[bytes]()
    for name in home.collections():
        if served := home.generation_store(name).served():
            versions += [(name, one.id, one.version) for one in served.snapshot.headings]
            texts += map(text_hash, texts_of(served))
    gone = store.expire(versions, texts, before, now)
    if gone:
        store.vacuum()
    return gone


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
