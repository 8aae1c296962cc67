"""The folder of one collection's generations, and the pointer to the served one."""

from pathlib import Path

from corpus.errors import GenerationUnusable
from corpus.lazy_pattern import lazy_pattern
from corpus.storage.disk import Disk
from retrieval.generations.generation import (
    CheckedFiles,
    Generation,
    OpenSegments,
    check_files,
    open_generation,
)
from retrieval.generations.manifest import Manifest, read_manifest

POINTER = "CURRENT"
GENERATIONS = "generations"
STAGING = ".staging-"
"""Prefix of names while something is written or removed; whatever still has it later is left from a crash."""

_ID = lazy_pattern(r"\d{8}T\d{6}-[0-9a-f]{8}")


class GenerationFolder:
    """The files on disk. Reading needs no lock; writing needs the home's."""

    def __init__(self, path: Path, collection: str, disk: Disk) -> None:
        self.path = path
        self.collection = collection
        self.disk = disk

    def point_to(self, generation: str) -> None:
        """Point to a generation durably."""
        aside = self.path / f"{STAGING}{POINTER}-{generation}"
        self.disk.remove(aside)
        self.disk.write(aside, f"{generation}\n".encode())
        self.disk.sync(aside)
        self.disk.replace(aside, self.path / POINTER)
        self.disk.sync_folder(self.path)

    def discard(self, generation: str) -> None:
        """Remove a generation for all processes that serve it."""
        self.drop_copy(generation)

    def drop_copy(self, generation: str) -> None:
        """Remove it from this folder atomically, since half a generation would look like a damaged one."""
        generations = self.path / GENERATIONS
        if (generations / generation).exists():
            left = generations / f"{STAGING}{generation}"
            self.disk.replace(generations / generation, left)
            self.disk.sync_folder(generations)
            self.disk.remove(left)

    @property
    def published(self) -> bool:
        """Whether there is anything to serve here, damaged or not."""
        return (self.path / POINTER).exists() or bool(self.folders())

    def pointer(self) -> str | None:
        """The generation that is pointed to; None if the pointer is missing or damaged."""
        try:
            name = (self.path / POINTER).read_text("ascii").removesuffix("\n")
        except (OSError, ValueError):
            return None
        return name if _ID.fullmatch(name) else None

    def generations(self) -> list[Manifest]:
        """Every generation with an intact manifest, newest first."""
        found: list[Manifest] = []
        for folder in self.folders():
            try:
                found.append(read_manifest(folder, self.collection))
            except GenerationUnusable:
                continue
        return sorted(found, key=lambda manifest: -manifest.sequence)

    def folders(self) -> list[Path]:
        """The folder of each generation."""
        generations = self.path / GENERATIONS
        try:
            return [folder for folder in generations.iterdir() if _ID.fullmatch(folder.name)]
        except OSError:
            return []

    def candidates(self) -> list[Path]:
        """The folder that is pointed to, then those with lower sequence numbers, newest first; without a
        pointer all, newest first."""
        generations = self.path / GENERATIONS
        pointed, known = self.pointer(), self.generations()
        if pointed is None:
            return [generations / manifest.generation for manifest in known]
        current = next((manifest for manifest in known if manifest.generation == pointed), None)
        older = [
            manifest
            for manifest in known
            if manifest.generation != pointed and (current is None or manifest.sequence < current.sequence)
        ]
        return [generations / pointed, *(generations / manifest.generation for manifest in older)]

    def opened(
        self,
        folder: Path,
        model: str | None,
        withdrawn: frozenset[str] = frozenset(),
        open_segments: OpenSegments | None = None,
    ) -> Generation:
        """Open one of the generations (see `open_generation`). Raises GenerationUnusable."""
        return open_generation(folder, self.collection, model, withdrawn, open_segments)

    def is_sound(self, folder: Path, checked: CheckedFiles | None = None) -> bool:
        """Whether its bytes match their checksums. Files in `checked` are not read again; those that pass are
        added to it."""
        try:
            check_files(folder, self.collection, checked)
        except GenerationUnusable:
            return False
        return True

    def sweep(self) -> None:
        """Remove leftovers of crashes. The caller must hold the home's lock."""
        for folder in (self.path, self.path / GENERATIONS):
            if folder.is_dir():
                for left in folder.glob(f"{STAGING}*"):
                    self.disk.remove(left)
