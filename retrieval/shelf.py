"""The generations of one collection on disk, and the pointer to the one that is served."""

import re
from dataclasses import dataclass
from pathlib import Path

from corpus.article import Article
from corpus.disk import Disk
from corpus.errors import GenerationUnusable, NothingToServe
from retrieval.generation import Built, Manifest, load, read_articles, read_manifest, verify, write
from retrieval.snapshot import Snapshot
from retrieval.words import Words

POINTER = "CURRENT"
GENERATIONS = "generations"
STAGING = ".staging-"
"""What a generation is called while it is written; whatever is still called so later is left from a crash."""
KEPT = 3
"""Generations that stay: the one served and two to go back to. Each costs about as much disk as its text
and 800 bytes a chunk."""

_ID = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Opened:
    """What a collection is served from, and why better candidates were passed over."""

    snapshot: Snapshot
    refused: tuple[GenerationUnusable, ...] = ()


class Shelf:
    """One collection's folder. Reading needs no lock; whoever writes holds the home's."""

    def __init__(self, folder: Path, collection: str, disk: Disk) -> None:
        """Nothing is made or read yet."""
        self._folder = folder
        self._collection = collection
        self._disk = disk

    def publish(self, built: Built) -> Manifest:
        """Write a generation beside the others and point to it.

        A crash at any moment leaves the old pointer with its whole generation, or the new one with its.
        """
        generations = self._folder / GENERATIONS
        for folder in (self._folder.parent, self._folder, generations):
            if not folder.is_dir():
                self._disk.make_folder(folder)
                self._disk.sync_folder(folder.parent)
        manifest = built.manifest(1 + max((known.sequence for known in self.generations()), default=0))
        staging = generations / f"{STAGING}{manifest.generation}"
        write(built, manifest.sequence, staging, self._disk)
        self._disk.replace(staging, generations / manifest.generation)
        self._disk.sync_folder(generations)
        self._point_to(manifest.generation)
        return manifest

    def _point_to(self, generation: str) -> None:
        aside = self._folder / f"{STAGING}{POINTER}-{generation}"
        self._disk.remove(aside)
        self._disk.write(aside, f"{generation}\n".encode())
        self._disk.replace(aside, self._folder / POINTER)
        self._disk.sync_folder(self._folder)

    def pointer(self) -> str | None:
        """The generation that is pointed to, or None where the pointer is missing or damaged."""
        try:
            name = (self._folder / POINTER).read_text("ascii").removesuffix("\n")
        except (OSError, ValueError):
            return None
        return name if _ID.fullmatch(name) else None

    def stamp(self) -> tuple[int, int]:
        """Changes whenever the pointer is moved, by whichever process."""
        try:
            found = (self._folder / POINTER).stat()
        except OSError:
            return 0, 0
        return found.st_mtime_ns, found.st_ino

    def generations(self) -> list[Manifest]:
        """Every generation with a sound manifest, newest first."""
        found: list[Manifest] = []
        for folder in self._folders():
            try:
                found.append(read_manifest(folder))
            except GenerationUnusable:
                continue
        return sorted(found, key=lambda manifest: -manifest.sequence)

    def _folders(self) -> list[Path]:
        generations = self._folder / GENERATIONS
        try:
            return [folder for folder in generations.iterdir() if _ID.fullmatch(folder.name)]
        except OSError:
            return []

    def open(self, model: str, words: Words, withdrawn: frozenset[str]) -> Opened:
        """The snapshot to serve: the one pointed to, else the newest before it that is sound.

        Raises NothingToServe where there is none.
        """
        refused: list[GenerationUnusable] = []
        for folder in self._candidates():
            try:
                snapshot = load(folder, self._collection, model, words, withdrawn)
            except GenerationUnusable as error:
                refused.append(error)
                continue
            return Opened(snapshot, tuple(refused))
        reason = f" ({refused[0]})" if refused else ""
        raise NothingToServe(
            f"collection {self._collection} has nothing to answer from{reason}: "
            "run `newsdesk corpus add PATH` or `newsdesk corpus reload`"
        )

    def _candidates(self) -> list[Path]:
        """The folder pointed to, then those of lower sequence; all, newest first, without a pointer."""
        generations = self._folder / GENERATIONS
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

    def served_articles(self) -> list[Article]:
        """The articles that are served, whatever model they were embedded with; none where nothing is."""
        for folder in self._candidates():
            try:
                return read_articles(folder)
            except GenerationUnusable:
                continue
        return []

    def roll_back(self) -> Manifest:
        """Point to the newest sound generation before the current one. Raises NothingToServe."""
        refused: list[GenerationUnusable] = []
        for folder in self._candidates()[1:]:
            try:
                verify(folder)
            except GenerationUnusable as error:
                refused.append(error)
                continue
            self._point_to(folder.name)
            return read_manifest(folder)
        reason = f" ({refused[0]})" if refused else ""
        raise NothingToServe(f"collection {self._collection} has no earlier generation to go back to{reason}")

    def problems(self) -> list[GenerationUnusable]:
        """Every generation that is damaged, all bytes checked, and a pointer that leads nowhere."""
        found: list[GenerationUnusable] = []
        for folder in sorted(self._folders()):
            try:
                verify(folder)
            except GenerationUnusable as error:
                found.append(error)
        pointed = self.pointer()
        if self._folders() and (pointed is None or not (self._folder / GENERATIONS / pointed).is_dir()):
            found.append(GenerationUnusable(pointed or "?", "the pointer leads to no generation: reload"))
        return found

    def sweep(self) -> None:
        """Remove what crashes left behind, and generations past the kept ones. Hold the home's lock."""
        for folder in (self._folder, self._folder / GENERATIONS):
            if folder.is_dir():
                for left in folder.glob(f"{STAGING}*"):
                    self._disk.remove(left)
        pointed = self.pointer()
        if pointed is None:
            return
        for manifest in self.generations()[KEPT:]:
            if manifest.generation != pointed:
                self._disk.remove(self._folder / GENERATIONS / manifest.generation)
