"""Generations and uploads of a home that is a folder, used by every process on this machine."""

from pathlib import Path

from corpus.errors import HomeUnusable
from corpus.storage.disk import Disk
from retrieval.generations.generation_store import GenerationStore

UPLOAD = "upload:"
"""What stands before the collection and the name of an upload, where its location is for every machine."""


class OwnCopies:
    """Generations and uploads below a folder, and nowhere else."""

    shared = False
    """Whether other machines have copies of them."""

    def __init__(self, root: Path, disk: Disk) -> None:
        """Nothing is made or read yet."""
        self._root = root
        self._disk = disk
        self.uploads = root / "uploads"
        """The folder of the files that people handed over, below it one for each collection."""

    def generation_store(self, collection: str) -> GenerationStore:
        """The collection's generations."""
        return GenerationStore(self._root / "collections" / collection, collection, self._disk)

    def collections(self) -> tuple[str, ...]:
        """The collections that something was published for, sorted. Raises HomeUnusable."""
        try:
            names = sorted(path.name for path in (self._root / "collections").iterdir())
            return tuple(name for name in names if self.generation_store(name).published)
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except OSError as error:
            raise HomeUnusable(f"{self._root} can't be read ({error.strerror}): check its owner") from error

    def take_on(self) -> list[str]:
        """Have here what is served now for all; the collections that another generation is served of now.
        Of a folder alone it is here already."""
        return []

    def bring_uploads(self) -> None:
        """Have here every file that was handed over anywhere, and no other. Hold the home's lock."""

    def share_upload(self, path: Path) -> None:
        """Let all have a file that was written here. Hold the home's lock."""

    def drop_upload(self, path: Path) -> None:
        """Let nobody have it any more. Hold the home's lock. Raises OSError."""
        self._disk.remove(path)

    def drop_unused(self, *, at_once: bool = False) -> None:
        """Remove the shared files that nothing needs: after a time, as another process may be uploading, or
        `at_once`, where they hold what was to be forgotten. Hold the home's lock."""

    def tell_erased(self) -> None:
        """Let every process erase what it fetched for itself: nobody else knows what is in it. Hold the
        home's lock."""

    def here(self, location: str) -> str:
        """Where a source lies in this folder, of how its location is the same on every machine."""
        if location.startswith(UPLOAD):
            return str(self.uploads / location.removeprefix(UPLOAD))
        return location

    def for_all(self, location: str) -> str:
        """The other way round."""
        beginning = f"{self.uploads}/"
        if location.startswith(beginning):
            return f"{UPLOAD}{location.removeprefix(beginning)}"
        return location

    def is_elsewhere(self, location: str) -> bool:  # noqa: ARG002 - all is here
        """Whether the file, folder or pattern may be another machine's: it is not on this one."""
        return False
