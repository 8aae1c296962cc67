"""The withdrawn articles, in a database that processes share."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from sqlalchemy import delete, select

from corpus.errors import DatabaseAway
from corpus.storage.atomic_write import write_atomically
from corpus.storage.disk import Disk
from corpus.storage.shared_tables import withdrawn
from corpus.storage.sql.upserting import put
from corpus.storage.store import Store
from corpus.storage.withdrawn import Entries, Withdrawn, to_bytes


class WithdrawnTable(Withdrawn):
    """The table, with a copy of its last content in the home's folder, so that withdrawn articles stay
    excluded while the server is unavailable."""

    def __init__(self, home: Path, disk: Disk, record: Callable[[], AbstractContextManager[Store]]) -> None:
        """Nothing is read or written yet; `record` opens the store for one thread at a time."""
        super().__init__(home, disk, dict)
        self._record = record

    def settle(self) -> None:
        """Does nothing: no withdrawals are known elsewhere."""

    @contextmanager
    def _changed(self) -> Iterator[Entries]:
        with self._record() as store, store.transaction():
            before = _entries(store)
            entries = {collection: dict(ids) for collection, ids in before.items()}
            yield entries
            for collection in before.keys() | entries.keys():
                old, new = before.get(collection, {}), entries.get(collection, {})
                if old == new:
                    continue
                of_it = withdrawn.c.collection == collection
                for gone in old.keys() - new.keys():
                    store.write(delete(withdrawn).where(of_it, withdrawn.c.article_id == gone))
                for article_id in new.keys() - old.keys():
                    row = {"collection": collection, "article_id": article_id, "noted": new[article_id]}
                    store.write(put(withdrawn, row))
                store.notify("withdrawn", collection)

    def _read(self) -> Entries:
        try:
            with self._record() as store:
                entries = _entries(store)
                self._copy(entries)
                return entries
        except DatabaseAway:
            if not self._path.exists():
                raise
            return super()._read()

    def _copy(self, entries: Entries) -> None:
        content = to_bytes(entries)
        with suppress(OSError):  # without a copy, a server that is away is an error
            if not self._path.exists() or self._path.read_bytes() != content:
                write_atomically(self._disk, self._path, content, self._home)


def _entries(store: Store) -> Entries:
    columns = (withdrawn.c.collection, withdrawn.c.article_id, withdrawn.c.noted)
    entries: Entries = {}
    for collection, article_id, noted in store.rows(select(*columns).order_by(*columns)):
        entries.setdefault(collection, {})[article_id] = noted
    return entries
