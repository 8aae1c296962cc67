"""Publishing and opening the generations of one collection."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.article import Article
from corpus.errors import GenerationUnusable, HomeUnusable, NothingToServe
from retrieval.generations.generation import Generation, OpenSegments, check_files, verify
from retrieval.generations.generation_folder import GENERATIONS, POINTER, STAGING, GenerationFolder
from retrieval.generations.manifest import Manifest, read_manifest
from retrieval.generations.merging import AT_ONCE
from retrieval.generations.new_generation import NewGeneration
from retrieval.generations.pruning import DAYS, may_contain
from retrieval.generations.writing import copy_generation, write
from retrieval.index.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Opened:
    """The snapshot that a collection is served from, and why newer candidates were refused."""

    snapshot: Snapshot
    refused: tuple[GenerationUnusable, ...] = ()


class GenerationStore(GenerationFolder):
    """A collection's generations: publishes new ones, opens the served one, and rolls back."""

    def publish(self, new: NewGeneration, *, sequence: int | None = None, merging: int = AT_ONCE) -> Manifest:
        """Write a generation beside the others and point to it.

        A crash at any moment leaves the old pointer with its complete generation, or the new one with its. If
        it fails or is interrupted, the old pointer is restored. `sequence` is given if it replaces another
        generation of the same articles.
        """
        self._make_folders()
        before = self.pointer()
        number = 1 + self._sequence() if sequence is None else sequence
        staging = self.path / GENERATIONS / f"{STAGING}{new.generation}"
        try:
            manifest = write(new, number, staging, self.disk, merging)
            self._install(staging, manifest)
        except BaseException:
            with suppress(OSError):
                self._take_back(new.generation, before)
            raise
        return manifest

    def _make_folders(self) -> None:
        for folder in (self.path.parent, self.path, self.path / GENERATIONS):
            if not folder.is_dir():
                self.disk.make_folder(folder)
            # Even if it existed: whoever created it may have been killed before syncing.
            self.disk.sync_folder(folder.parent)

    def _install(self, staging: Path, manifest: Manifest) -> None:
        """Give a written generation its final name, and serve it."""
        self._name(staging, manifest.generation)
        self.serve(manifest.generation)

    def _name(self, staging: Path, generation: str) -> None:
        self.disk.replace(staging, self.path / GENERATIONS / generation)
        self.disk.sync_folder(self.path / GENERATIONS)

    def serve(self, generation: str) -> None:
        """Serve a generation that is in this folder. Raises OSError."""
        self.point_to(generation)

    def complete_folder(self, generation: str) -> Path:
        """The folder of a generation with all its files. Raises the errors of fetching them."""
        return self.path / GENERATIONS / generation

    def adopt(self, folder: Path) -> Manifest:
        """Copy a generation from another folder, byte for byte, without serving it; an intact copy here
        stays. The caller must hold the home's lock. Raises GenerationUnusable if it is damaged there, and
        OSError."""
        manifest = read_manifest(folder, self.collection)
        if not self.is_sound(self.path / GENERATIONS / folder.name):
            check_files(folder, self.collection)
            self.drop_copy(folder.name)
            self._make_folders()
            staging = self.path / GENERATIONS / f"{STAGING}{folder.name}"
            copy_generation(folder, staging, manifest, self.disk)
            self._name(staging, folder.name)
        return manifest

    def _sequence(self) -> int:
        """The current generation's sequence number. Those above it were rolled back, or never served."""
        known, pointed = self.generations(), self.pointer()
        current = (manifest.sequence for manifest in known if manifest.generation == pointed)
        return next(current, max((manifest.sequence for manifest in known), default=0))

    def _take_back(self, generation: str, before: str | None) -> None:
        if self.pointer() == generation:
            if before:
                self.point_to(before)
            else:
                self.disk.remove(self.path / POINTER)
                self.disk.sync_folder(self.path)
        self.discard(generation)

    def open(self, model: str, withdrawn: frozenset[str], held: Snapshot | None = None) -> Opened:
        """Open the snapshot to serve: the generation pointed to, else the newest intact one before it.
        Segments of the snapshot that is `held` are not opened again.

        Raises NothingToServe if there is none.
        """
        known = {one.name: one.segment for one in held.live} if held else {}
        found, refused = self._first_sound(model, withdrawn, known)
        if found:
            return Opened(found.snapshot, refused)
        reason = f" ({refused[0]})" if refused else ""
        raise NothingToServe(
            f"collection {self.collection} has nothing to answer from{reason}: "
            "run `newsdesk corpus add PATH` or `newsdesk corpus reload`"
        )

    def earlier(self, generation: str, model: str, held: Snapshot) -> Snapshot | None:
        """The generation of that name, if it exists, is intact, and was made with that model; segments in
        common with `held` are not opened again."""
        known = {one.name: one.segment for one in held.live}
        folder = self.path / GENERATIONS / generation
        try:
            found = self.opened(folder, model, frozenset(), known)
        except GenerationUnusable:
            return None
        return found.snapshot

    def served(self) -> Generation | None:
        """The generation that is served, whatever its model; None if there is none."""
        return self._first_sound(None, frozenset(), {})[0]

    def _first_sound(
        self, model: str | None, withdrawn: frozenset[str], open_segments: OpenSegments
    ) -> tuple[Generation | None, tuple[GenerationUnusable, ...]]:
        refused: list[GenerationUnusable] = []
        for folder in self.candidates():
            try:
                found = self.opened(folder, model, withdrawn, open_segments)
            except GenerationUnusable as error:
                refused.append(error)
                continue
            return found, tuple(refused)
        return None, tuple(refused)

    def served_articles(self) -> Sequence[Article]:
        """The articles that are served, whatever model embedded them; empty if there are none. Each is read
        when it is accessed."""
        served = self.served()
        return served.snapshot.articles if served else ()

    def serves(self, model: str) -> bool:
        """Whether the generation pointed to was made with this model and is intact, every byte checked."""
        pointed = self.pointer()
        made_with = {known.generation: known.model for known in self.generations()}
        if pointed is None or made_with.get(pointed) != model:
            return False
        return self.is_sound(self.path / GENERATIONS / pointed)

    def withdrawn(self) -> frozenset[str]:
        """The articles that administrators had withdrawn when the last generation was made.

        No later generation has them, but an earlier one may, after a rollback.
        """
        pointed = self.pointer()
        last = max(
            self.generations(),
            key=lambda manifest: (manifest.sequence, manifest.generation == pointed),
            default=None,
        )
        return frozenset(last.withdrawn if last else ())

    def roll_back(self) -> Manifest:
        """Point to the newest intact generation before the current one that has the same model.

        Raises NothingToServe if there is none, HomeUnusable if the pointer can't be written.
        """
        refused: list[GenerationUnusable] = []
        pointed = self.pointer()
        model = next((known.model for known in self.generations() if known.generation == pointed), None)
        for folder in self.candidates()[1:]:
            try:
                self.opened(folder, model)
            except GenerationUnusable as error:
                refused.append(error)
                continue
            try:
                self.serve(folder.name)
            except OSError as error:
                raise HomeUnusable(
                    f"collection {self.collection} could not be rolled back ({error.strerror or error}): "
                    "make space or check the folder, then see `newsdesk corpus status`"
                ) from error
            return read_manifest(folder, self.collection)
        reason = f" ({refused[0]})" if refused else ""
        raise NothingToServe(
            f"collection {self.collection} has no earlier generation to go back to{reason}: only the last "
            f"two are kept and the last one of each of the {DAYS} days before, none for longer than "
            "NEWSDESK_KEEP_TEXT_DAYS, and none with text that was erased by --forget"
        )

    def problems(self) -> list[GenerationUnusable]:
        """Every damaged generation, with all bytes checked, and a dangling pointer."""
        found: list[GenerationUnusable] = []
        for folder in sorted(self.folders()):
            try:
                self._verify(folder)
            except GenerationUnusable as error:
                if folder.exists():  # not removed by a reload meanwhile
                    found.append(error)
        pointed = self.pointer()
        # Without a pointer the newest is served: it is the first one, and a crash came before the pointer.
        if (self.path / POINTER).exists() and (
            pointed is None or not (self.path / GENERATIONS / pointed).is_dir()
        ):
            found.append(GenerationUnusable(pointed or "?", "the pointer leads to no generation: reload"))
        return found

    def _verify(self, folder: Path) -> None:
        verify(folder, self.collection)

    def texts(self) -> Iterator[str]:
        """The text of each chunk of every generation here, except damaged ones."""
        for folder in self.folders():
            with suppress(GenerationUnusable):
                yield from texts_of(self.opened(folder, None))

    def holds(self, article_id: str) -> bool:
        """Whether any generation may have an article with this id."""
        wanted = frozenset({article_id})
        return any(may_contain(self, folder, wanted) for folder in self.folders())


def texts_of(generation: Generation) -> Iterator[str]:
    """The text of each chunk, as it was embedded, in the order of the articles."""
    for one in generation.snapshot.live:
        for row, start, end in one.segment.tables.chunks.tolist():
            if one.articles[row]:
                yield one.segment.articles[row].text[start:end]
