"""The withdrawn articles, in one small file of a home.

They are separate from the store, whose loss must not bring articles back, and from the generations, which
never change.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.dates import format_moment
from corpus.errors import HomeUnusable, StoreUnusable
from corpus.storage import private_files
from corpus.storage.atomic_write import write_atomically
from corpus.storage.disk import Disk

LOCK_SECONDS = 5.0
"""How long a change waits for another one, which takes a few milliseconds."""

Ids = Mapping[str, frozenset[str]]
"""Article ids by collection."""
Entries = dict[str, dict[str, str]]
"""By collection and id: the time of the withdrawal, followed by a space and the article's address if it has
one."""


class Withdrawn:
    """The file `withdrawn.json` of a home. Reading needs no lock, and a change does not wait for reloads."""

    def __init__(self, home: Path, disk: Disk, lost: Callable[[], Ids]) -> None:
        """Nothing is read or written yet. `lost` returns the withdrawn articles that are known otherwise, for
        homes that never had the file or lost it."""
        self._home = home
        self._path = home / "withdrawn.json"
        self._disk = disk
        self._lost = lost

    def all(self) -> Ids:
        """Every withdrawn article. Raises StoreUnusable if the file can't be read."""
        return {collection: frozenset(ids) for collection, ids in self._read().items()}

    def of(self, collection: str) -> frozenset[str]:
        """The ids of a collection's withdrawn articles. Raises StoreUnusable."""
        return self.all().get(collection, frozenset())

    def addresses(self) -> Mapping[str, Mapping[str, str | None]]:
        """The address of each withdrawn article by collection and id, None if it is unknown. Raises
        StoreUnusable."""
        return {
            collection: {article_id: noted.partition(" ")[2] or None for article_id, noted in ids.items()}
            for collection, ids in self._read().items()
        }

    def add(self, collection: str, article_id: str, address: str | None = None) -> bool:
        """Withdraw an article, so that it is excluded from all answers even if its source or a generation has
        it. Returns False if it was withdrawn already. Raises HomeUnusable, StoreUnusable."""
        with self._changed() as entries:
            ids = entries.setdefault(collection, {})
            new = article_id not in ids
            moment = format_moment(datetime.now(UTC).replace(microsecond=0))
            ids.setdefault(article_id, f"{moment} {address}" if address else moment)
        return new

    def drop(self, collection: str, article_id: str) -> bool:
        """Undo `add`; False if the article was not withdrawn. Raises HomeUnusable, StoreUnusable."""
        with self._changed() as entries:
            return entries.get(collection, {}).pop(article_id, None) is not None

    def entries(self) -> Entries:
        """All records, as stored. Raises StoreUnusable."""
        return self._read()

    def replace(self, entries: Entries) -> None:
        """Replace all records. Raises HomeUnusable, StoreUnusable."""
        with self._changed() as known:
            known.clear()
            known.update(entries)

    def settle(self) -> None:
        """Write the known withdrawals, if any, to a file that does not exist yet. Raises HomeUnusable."""
        if not self._path.exists() and any(self._lost().values()):
            with self._changed():
                pass

    @contextmanager
    def _changed(self) -> Iterator[Entries]:
        """The records for changing; they are written when the block ends."""
        try:
            with FileLock(self._home / "withdrawn.lock", LOCK_SECONDS, private_files.FILE_MODE):
                entries = self._read()
                yield entries
                left = {collection: ids for collection, ids in sorted(entries.items()) if ids}
                write_atomically(self._disk, self._path, to_bytes(left), self._home)
        except Timeout as error:
            raise HomeUnusable(f"{self._path} is being changed by another process: try again") from error
        except OSError as error:
            raise HomeUnusable(
                f"{self._path} could not be written ({error.strerror or error}): make space or check the "
                "folder, then try again"
            ) from error

    def _read(self) -> Entries:
        try:
            body = json.loads(self._path.read_bytes())
            if body["checksum"] != _checksum(body["withdrawn"]):
                raise ValueError("its checksum differs")
            return dict(body["withdrawn"])
        except FileNotFoundError:
            return {collection: dict.fromkeys(ids, "") for collection, ids in self._lost().items()}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreUnusable(
                f"{self._path} is damaged ({error}): move it away, and what the last generations know to be "
                "withdrawn stays so"
            ) from error


def to_bytes(entries: Entries) -> bytes:
    body = {"withdrawn": entries, "checksum": _checksum(entries)}
    return json.dumps(body, indent=1, ensure_ascii=False).encode()


def _checksum(entries: object) -> str:
    return hashlib.sha256(json.dumps(entries, sort_keys=True).encode()).hexdigest()
