"""A collection's generations on a home that several processes serve: a published generation is for all of
them.

The register, in the database, lists the generations and tells which one is served; their files are in a blob
store. The folder of this process has copies: the manifest of each listed generation, all files of the served
one, and of the others whatever was needed here.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.blobs.blob_store import BlobStore
from corpus.errors import FileLost, GenerationUnusable, HomeUnusable, NewsdeskError
from corpus.storage import private_files
from corpus.storage.copies.generation_register import GenerationRegister, SharedGeneration
from corpus.storage.disk import Disk
from retrieval.copies.shared_files import (
    Files,
    check_all,
    check_present,
    damaged,
    files_in,
    fill,
    missing,
    upload,
)
from retrieval.generations.generation import CheckedFiles, Generation, OpenSegments
from retrieval.generations.generation_folder import GENERATIONS
from retrieval.generations.generation_store import GenerationStore
from retrieval.generations.manifest import MANIFEST, Manifest, read_manifest

FETCHING = ".fetching-"
"""Prefix of a generation's folder until its manifest is in it."""
LOCK_SECONDS = 600.0
"""How long to wait for another process that fetches into the same folder: as long as a large generation may
take on a slow line."""

OpenRegister = Callable[[], AbstractContextManager[GenerationRegister]]
"""Opens the register. Raises HomeUnusable if the database is away."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the generation stores of a home share: how to open the register and the blob store, the disk, and
    the lock file for the copies in this folder, which several processes may use."""

    register: OpenRegister
    files: Callable[[], BlobStore]
    disk: Disk
    lock: Path

    @property
    def blobs(self) -> BlobStore:
        """The blob store. Raises HomeUnusable, BlobStoreUnusable."""
        return self.files()

    @contextmanager
    def copying(self) -> Iterator[None]:
        """Hold the lock for changing the copies in this folder. Raises HomeUnusable."""
        try:
            with FileLock(self.lock, LOCK_SECONDS, private_files.FILE_MODE):
                yield
        except Timeout as error:
            raise HomeUnusable(
                f"another process still fetches what is served ({self.lock}): wait until it ends"
            ) from error


class SharedGenerationStore(GenerationStore):
    """Generations that are published for all processes, and fetched where they are needed."""

    def __init__(self, path: Path, collection: str, shared: Shared) -> None:
        super().__init__(path, collection, shared.disk)
        self._shared = shared

    def _install(self, staging: Path, manifest: Manifest) -> None:
        """Upload the files that the blob store lacks, then publish the generation for all in one
        transaction."""
        made = self._uploaded(staging, manifest)
        with self._shared.copying(), self._shared.register() as register:
            before = self._before(register)
            self._name(staging, manifest.generation)
            register.publish(made, before)
            self.point_to(manifest.generation)

    def _before(self, register: GenerationRegister) -> str | None:
        """The generation to be replaced for all: the one served here, or one that can't be fetched any more,
        which the new one replaces."""
        state = register.states().get(self.collection)
        if state and state.pointer and state.pointer != self.pointer():
            try:
                self.fetch(register, state.pointer)
            except FileLost:
                return state.pointer
        return self.pointer()

    def serve(self, generation: str) -> None:
        """Serve it for all, and then here."""
        with self._shared.copying(), self._shared.register() as register:
            register.set_current(self.collection, generation, self.pointer())
            self.point_to(generation)

    def complete_folder(self, generation: str) -> Path:
        """See `GenerationStore.complete_folder`; fetches what is missing. Raises HomeUnusable, OSError."""
        with self._shared.copying(), self._shared.register() as register:
            self.fetch(register, generation)
        return super().complete_folder(generation)

    def adopt(self, folder: Path) -> Manifest:
        """See `GenerationStore.adopt`; also adds the generation to the register and uploads missing files."""
        with self._shared.copying(), self._shared.register() as register:
            manifest = super().adopt(folder)
            register.add(self._uploaded(self.path / GENERATIONS / folder.name, manifest))
        return manifest

    def _uploaded(self, folder: Path, manifest: Manifest) -> SharedGeneration:
        """The generation's entry for the register, after its files are in the blob store."""
        files = files_in(folder, [entry.name for entry in manifest.segments])
        upload(self._shared.blobs, folder, files)
        content = (folder / MANIFEST).read_bytes()
        return SharedGeneration(self.collection, manifest.generation, manifest.sequence, content, files)

    def _take_back(self, generation: str, before: str | None) -> None:
        """Take it back for all processes, some of which may already serve it. While the database is away
        nobody knows whether it was published; its state is adopted as soon as it is back."""
        with suppress(NewsdeskError), self._shared.register() as register:
            register.revert(self.collection, generation, before)
            super()._take_back(generation, before)

    def discard(self, generation: str) -> None:
        """Remove it for all, and then here."""
        with self._shared.register() as register:
            register.discard(self.collection, generation)
        with self._shared.copying():
            self.drop_copy(generation)

    def opened(
        self,
        folder: Path,
        model: str | None,
        withdrawn: frozenset[str] = frozenset(),
        open_segments: OpenSegments | None = None,
    ) -> Generation:
        """Open the generation; missing or damaged files are fetched first."""
        try:
            return super().opened(folder, model, withdrawn, open_segments)
        except GenerationUnusable:
            if self._is_of_another_model(folder, model) or not self._mended(folder.name):
                raise
        return super().opened(folder, model, withdrawn, open_segments)

    def _is_of_another_model(self, folder: Path, model: str | None) -> bool:
        try:
            return model not in (None, read_manifest(folder, self.collection).model)
        except GenerationUnusable:
            return False

    def _mended(self, generation: str) -> bool:
        """Whether files of the generation were missing or damaged here and have been replaced."""
        try:
            with self._shared.copying(), self._shared.register() as register:
                return self.fetch(register, generation, damaged)
        except (NewsdeskError, OSError):
            return False

    def fetch_manifest(self, register: GenerationRegister, generation: str) -> bool:
        """Get the manifest of a generation; returns whether it was not here. Raises FileLost, OSError."""
        folder = self.path / GENERATIONS / generation
        content = register.manifest(self.collection, generation)
        if content is None:
            raise FileLost(generation, "is of a generation that is gone by now")
        with suppress(OSError):
            if (folder / MANIFEST).read_bytes() == content:
                return False
        aside = folder.with_name(f"{FETCHING}{generation}")
        self.disk.remove(aside)
        for one in (self.path.parent, self.path, folder.parent, aside):
            self.disk.make_folder(one)
        self.disk.write(aside / MANIFEST, content)
        self.disk.sync(aside / MANIFEST)
        if folder.is_dir():
            self.disk.replace(aside / MANIFEST, folder / MANIFEST)
            self.disk.remove(aside)
            self.disk.sync_folder(folder)
        else:
            self.disk.sync_folder(aside)
            self.disk.replace(aside, folder)
        for one in (folder.parent, self.path, self.path.parent):
            self.disk.sync_folder(one)
        return True

    def fetch(
        self,
        register: GenerationRegister,
        generation: str,
        lacking: Callable[[Path, Files], list[str]] = missing,
    ) -> bool:
        """Get all files of a generation; returns whether any were `lacking`. The caller must hold `copying`.
        Raises FileLost, BlobStoreUnusable, HomeUnusable, OSError."""
        changed = self.fetch_manifest(register, generation)
        folder = self.path / GENERATIONS / generation
        files = register.files(self.collection, generation)
        if paths := lacking(folder, files):
            # A hard link to another generation could bring damaged bytes back.
            near = [one for one in self.folders() if one != folder] if lacking is missing else []
            fill(self._shared.blobs, folder, paths, files, near, self.disk)
        return changed or bool(paths)

    def is_sound(self, folder: Path, checked: CheckedFiles | None = None) -> bool:
        """Whether its files are intact if all are here, or else whether the blob store has them."""
        try:
            if self._is_complete(folder):
                return super().is_sound(folder, checked)
            with self._shared.register() as register:
                check_present(self._shared.blobs, folder.name, register.files(self.collection, folder.name))
        except NewsdeskError:
            return False
        return True

    def _is_complete(self, folder: Path) -> bool:
        """Whether all files are here. Raises GenerationUnusable if the manifest is damaged."""
        entries = read_manifest(folder, self.collection).segments
        return all((folder / entry.name / name).is_file() for entry in entries for name in entry.files)

    def problems(self) -> list[GenerationUnusable]:
        """The problems of the shared files, with every byte checked, and of the copies here."""
        with self._shared.register() as register:
            state = register.states().get(self.collection)
            every = {
                one: register.files(self.collection, one)
                for one in sorted(state.generations if state else ())
            }
        return [*check_all(self._shared.blobs, every), *super().problems()]

    def _verify(self, folder: Path) -> None:
        if self._is_complete(folder):
            super()._verify(folder)
