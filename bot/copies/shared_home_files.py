"""Generations and uploads of a home on a database: shared by all processes, with local copies."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from bot.copies.local_home_files import LocalHomeFiles
from corpus.blobs.blob_store import BlobStore, download, name_of
from corpus.blobs.opening import open_blob_store
from corpus.errors import FileLost, HomeUnusable
from corpus.storage.atomic_write import write_atomically
from corpus.storage.copies.copies_database import CopiesDatabase
from corpus.storage.copies.generation_register import CheckLock, GenerationRegister, SharedFile
from corpus.storage.copies.home_register import HomeRegister
from corpus.storage.copies.upload_register import UploadRegister
from corpus.storage.disk import Disk
from corpus.web.address import is_address
from retrieval.copies.local_copies import LocalCopies
from retrieval.copies.shared_files import UPLOADING, drop_unused
from retrieval.copies.shared_store import Shared, SharedGenerationStore

COPIES = ("collections", "uploads", "pages", "fetched")
"""The folders with copies of what is in the database, or of what was read for it."""
STATE = "copies.json"
"""The file that records which home the copies belong to, and how many of its erasures were done here."""


class SharedHomeFiles(LocalHomeFiles):
    """A process's local copies of shared generations and uploads, in a folder of its own."""

    shared = True

    def __init__(
        self,
        root: Path,
        disk: Disk,
        database: Callable[[], CopiesDatabase],
        files: str,
        check_lock: CheckLock,
    ) -> None:
        """Nothing is opened, created or read yet. `files` names the blob store, or is empty if that is the
        database; `check_lock` raises HomeUnusable, in a transaction, if the home's lock is not held."""
        super().__init__(root, disk)
        self._database = database
        self._files = files
        self._check_lock = check_lock
        self._shared = Shared(self._register, lambda: self._blobs, disk, root / "copies.lock")
        self._copies = LocalCopies(root / "collections", self._shared)

    def generation_store(self, collection: str) -> SharedGenerationStore:
        """The collection's generations."""
        return self._copies.store(collection)

    def collections(self) -> tuple[str, ...]:
        """The collections with a local generation, sorted. Raises HomeUnusable."""
        return tuple(self._copies.names())

    def served(self) -> dict[str, str]:
        """The served generation of each collection in the register. Raises the errors of `synchronize`."""
        with self._register() as register:
            states = register.states()
        return {name: one.pointer for name, one in sorted(states.items()) if one.pointer}

    def synchronize(self) -> list[str]:
        """Download what was published; returns the collections whose served generation changed. Raises
        HomeUnusable if the database is away, BlobStoreUnusable, FileLost; the old copies are then still
        served."""
        self._settle()
        before = {name: self.generation_store(name).pointer() for name in self.collections()}
        try:
            self._copies.synchronize()
        finally:
            self._erase_fetched()
        after = {name: self.generation_store(name).pointer() for name in self.collections()}
        return [name for name, pointer in after.items() if before.get(name) != pointer]

    # Uploads

    def download_uploads(self) -> None:
        """Download the uploads in the register, and remove others. A file that the blob store has lost is
        missing here too, and its source then reports it. Hold the home's lock. Raises HomeUnusable."""
        with self._database() as database:
            known = UploadRegister(database).all()
        wanted = {self.uploads / collection / name: file for (collection, name), file in known.items()}
        try:
            for path in [path for path in self.uploads.glob("*/*") if path not in wanted]:
                self._disk.remove(path)
            for path, file in wanted.items():
                if path.is_file() and path.stat().st_size == file.size and name_of(path) == file.name:
                    continue
                for folder in (self.uploads, path.parent):
                    self._disk.make_folder(folder)
                with suppress(FileLost):
                    download(self._blobs, file.name, path, self._disk)
        except OSError as error:
            raise HomeUnusable(
                f"the uploaded files can't be copied to {self.uploads} ({error.strerror or error}): make "
                "space or check the folder, then try again"
            ) from error

    def share_upload(self, path: Path) -> None:
        """Share an uploaded file with other machines. Hold the home's lock. Raises HomeUnusable,
        BlobStoreUnusable, OSError."""
        file = SharedFile(name_of(path), path.stat().st_size)
        self._blobs.put(file.name, path)
        with self._database() as database:
            UploadRegister(database).put(path.parent.name, path.name, file)

    def drop_upload(self, path: Path) -> None:
        """Delete an uploaded file everywhere. Hold the home's lock. Raises HomeUnusable, OSError."""
        with self._database() as database:
            UploadRegister(database).remove(path.parent.name, path.name)
        self._disk.remove(path)

    def is_elsewhere(self, location: str) -> bool:
        return not is_address(location) and not Path(location).exists()

    # Deleting what is no longer needed

    def drop_unused(self, *, at_once: bool = False) -> None:
        """Delete unused shared files: after a day, as another process may be uploading them, or `at_once` if
        they hold text that is being erased. Hold the home's lock. Raises HomeUnusable, BlobStoreUnusable."""
        with self._database() as database:
            needed = GenerationRegister(database, self._check_lock).names()
            needed |= {file.name for file in UploadRegister(database).all().values()}
        before = None if at_once else datetime.now(UTC) - UPLOADING
        if drop_unused(self._blobs, needed, before) and at_once and not self._files:
            with self._database() as database:
                database.vacuum()  # deleted rows stay legible in the tables' files

    def request_cache_erasure(self) -> None:
        """Have every process erase its cache of fetched pages, since no other process knows what is in it.
        Hold the home's lock. Raises HomeUnusable."""
        with self._database() as database:
            done = HomeRegister(database).add_erasure()
        self._write_state(self._home, done)

    def _erase_fetched(self) -> None:
        """Erase the cache of fetched pages if an erasure was requested since; the next reload here fetches
        them again, if they still exist."""
        with self._database() as database:
            known = HomeRegister(database).erasures()
        _, done = self._state()
        if done < known:
            self._disk.remove(self._root / "fetched")
            self._write_state(self._home, known)

    @cached_property
    def _home(self) -> str:
        with self._database() as database:
            return HomeRegister(database).id()

    @cached_property
    def _blobs(self) -> BlobStore:
        return open_blob_store(self._files, self._home, self._disk, self._database)

    @contextmanager
    def _register(self) -> Iterator[GenerationRegister]:
        with self._database() as database:
            yield GenerationRegister(database, self._check_lock)

    def _settle(self) -> None:
        """Delete local copies of another home, which the settings named before."""
        home, _ = self._state()
        if home == self._home:
            return
        with self._shared.copying():
            if home:
                for name in COPIES:
                    self._disk.remove(self._root / name)
            with self._database() as database:
                self._write_state(self._home, HomeRegister(database).erasures())

    def _state(self) -> tuple[str | None, int]:
        try:
            found = json.loads((self._root / STATE).read_bytes())
            return str(found["home"]), int(found["erased"])
        except (OSError, ValueError, KeyError, TypeError):
            return None, 0

    def _write_state(self, home: str, erased: int) -> None:
        content = json.dumps({"home": home, "erased": erased}).encode()
        try:
            write_atomically(self._disk, self._root / STATE, content, self._root)
        except OSError as error:
            raise HomeUnusable(
                f"{self._root / STATE} can't be written ({error.strerror or error}): make space or check the "
                "folder"
            ) from error
