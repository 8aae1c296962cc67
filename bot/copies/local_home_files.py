"""Generations and uploads of a home that is a folder, used by every process on this machine."""

from pathlib import Path

from corpus.errors import HomeUnusable
from corpus.storage.disk import Disk
from retrieval.generations.generation_store import GenerationStore

UPLOAD = "upload:"
"""The prefix of an upload's location in the form that is the same on every machine."""


class LocalHomeFiles:
    """Generations and uploads in a folder of this machine."""

    shared = False
    """Whether other machines have copies of them."""

    def __init__(self, root: Path, disk: Disk) -> None:
        """Nothing is created or read yet."""
        self._root = root
        self._disk = disk
        self.uploads = root / "uploads"
        """The folder of uploaded files, with a folder for each collection."""

    def generation_store(self, collection: str) -> GenerationStore:
        """The collection's generations."""
        return GenerationStore(self._root / "collections" / collection, collection, self._disk)

    def collections(self) -> tuple[str, ...]:
        """The collections with a published generation, sorted. Raises HomeUnusable."""
        try:
            names = sorted(path.name for path in (self._root / "collections").iterdir())
            return tuple(name for name in names if self.generation_store(name).published)
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except OSError as error:
            raise HomeUnusable(f"{self._root} can't be read ({error.strerror}): check its owner") from error

    def synchronize(self) -> list[str]:
        """Download what was published elsewhere; returns the collections whose served generation changed.
        Here nothing is published elsewhere."""
        return []

    def download_uploads(self) -> None:
        """Download the uploads of other machines, and remove others. Hold the home's lock."""

    def share_upload(self, path: Path) -> None:
        """Share an uploaded file with other machines. Hold the home's lock."""

    def drop_upload(self, path: Path) -> None:
        """Delete an uploaded file everywhere. Hold the home's lock. Raises OSError."""
        self._disk.remove(path)

    def drop_unused(self, *, at_once: bool = False) -> None:
        """Delete unused shared files: after a day, as another process may be uploading them, or `at_once` if
        they hold text that is being erased. Hold the home's lock."""

    def request_cache_erasure(self) -> None:
        """Have every process erase its cache of fetched pages, since no other process knows what is in it.
        Hold the home's lock."""

    def to_local(self, location: str) -> str:
        """The location of a source on this machine, from the form that is the same on every machine."""
        if location.startswith(UPLOAD):
            return str(self.uploads / location.removeprefix(UPLOAD))
        return location

    def to_stored(self, location: str) -> str:
        """The inverse of `to_local`."""
        beginning = f"{self.uploads}/"
        if location.startswith(beginning):
            return f"{UPLOAD}{location.removeprefix(beginning)}"
        return location

    def is_elsewhere(self, location: str) -> bool:  # noqa: ARG002 - everything is here
        """Whether a file, folder or pattern may be on another machine, since it is not on this one."""
        return False
