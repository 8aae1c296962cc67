"""What rollbacks undid, so that polling does not do it again while a source is as it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.errors import HomeUnusable, ReloadBusy, StoreUnusable

if TYPE_CHECKING:
    from corpus.storage.store import Store
    from corpus.storage.store_records import Source

ABSENT = ""
"""In place of a version: the article was missing."""
_MARK = "rolled back "
"""The prefix of the marks of the collections."""

Versions = Mapping[str, str]
"""The version of each article of a collection, by id."""


@dataclass(frozen=True, slots=True)
class RolledBack:
    """The versions of a collection's articles that rollbacks undid, by a digest of the article's id.

    It is the version that was replaced by an earlier one or taken out, or ABSENT for an article that came
    back. Versions are remembered and not sources, because another file of the same source may change.
    """

    undone: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def has(self, article_id: str, version: str = ABSENT) -> bool:
        """Whether a rollback undid that version, or that the article was missing."""
        return bool(self.undone) and version in self.undone.get(_digest(article_id), ())

    def and_undone(self, before: Versions, after: Versions) -> RolledBack:
        """The same after a rollback from `before` to `after`."""
        undone = dict(self.undone)
        for key in _differing(before, after):
            name = _digest(key)
            undone[name] = undone.get(name, frozenset()) | {before.get(key, ABSENT)}
            undone[name] -= {after.get(key, ABSENT)}
        return RolledBack(undone)

    def without_done(self, served: Versions, seen: Mapping[str, object]) -> RolledBack:
        """The same once these versions are served, which somebody asked for, and once the articles `seen`
        were found in a source."""
        if not self.undone:
            return self
        done = {_digest(key): {version} for key, version in served.items()}
        for key in seen:
            done.setdefault(_digest(key), set()).add(ABSENT)
        left = {name: versions.difference(done.get(name, ())) for name, versions in self.undone.items()}
        return RolledBack({name: versions for name, versions in left.items() if versions})


NOT_ROLLED_BACK = RolledBack()
"""No rollback undid anything that still counts."""


def _differing(before: Versions, after: Versions) -> set[str]:
    """The ids of the articles that are not the same in both."""
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def remember_rollback(store: Store, collection: str, before: Versions, after: Versions) -> None:
    """Remember that a rollback led from these versions to those. Raises the errors of writing the store."""
    undone = read_rolled_back(store, collection).and_undone(before, after)
    write_rolled_back(store, collection, undone)
    # The recorded sources are those of the generation that is no longer served.
    gone, known = _differing(before, after), store.origins(collection)
    store.save_origins(collection, {key: source for key, source in known.items() if key not in gone})


def read_rolled_back(store: Store, collection: str) -> RolledBack:
    """What rollbacks of the collection undid, and no explicit reload has read again. Raises StoreUnusable."""
    noted = store.mark(_MARK + collection)
    return RolledBack({name: frozenset(versions) for name, versions in json.loads(noted or "{}").items()})


def write_rolled_back(store: Store, collection: str, rolled_back: RolledBack) -> None:
    """Replace what `read_rolled_back` returns. Raises StoreUnusable, HomeUnusable, ReloadBusy."""
    if rolled_back != read_rolled_back(store, collection):
        rows = {name: sorted(versions) for name, versions in sorted(rolled_back.undone.items())}
        store.set_mark(_MARK + collection, json.dumps(rows))


def keep_returned(
    rolled_back: Mapping[str, RolledBack],
    served: Mapping[str, Versions],
    read: dict[str, dict[str, str]],
) -> None:
    """Add the served articles to those that were read, by collection and id, that a rollback brought back and
    that no source has."""
    for collection, undone in rolled_back.items():
        returned = {key: one for key, one in served.get(collection, {}).items() if undone.has(key)}
        read[collection] = returned | read.get(collection, {})


def note_published(
    store: Store,
    published: Mapping[str, Versions],
    rolled_back: Mapping[str, RolledBack],
    origins: Mapping[str, Mapping[str, Source]],
) -> None:
    """Store what is still rolled back once these versions are served, by collection.

    `origins` are the articles that were found in a source. If it can't be stored, articles only stay out for
    longer.
    """
    with suppress(HomeUnusable, StoreUnusable, ReloadBusy):
        for collection, versions in published.items():
            if (undone := rolled_back.get(collection)) is not None:
                left = undone.without_done(versions, origins.get(collection, {}))
                write_rolled_back(store, collection, left)


def _digest(article_id: str) -> str:
    # A digest, because the mark outlives the article, whose id may be an address that has to be erased.
    return hashlib.sha256(article_id.encode(errors="replace")).hexdigest()
