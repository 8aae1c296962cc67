"""The generations of one collection on disk, and the pointer to the one that is served."""

import errno
import itertools
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from corpus.article import Article
from corpus.dates import parse_moment
from corpus.errors import GenerationUnusable, HomeUnusable, NothingToServe
from corpus.storage.disk import Disk
from retrieval.generations.generation import (
    Built,
    check_files,
    load,
    read_articles,
    read_texts,
    verify,
    write,
)
from retrieval.generations.manifest import Manifest, read_manifest
from retrieval.index.snapshot import Snapshot
from retrieval.text.analyzer import Analyzer

POINTER = "CURRENT"
GENERATIONS = "generations"
STAGING = ".staging-"
"""What a generation is called while it is written or removed; whatever is still called so later is left from
a crash."""
KEPT = 3
"""Generations that stay: the one served and two to go back to. Each costs about as much disk as its text
and 800 bytes a chunk."""

_ID = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Opened:
    """What a collection is served from, and why better candidates were passed over."""

    snapshot: Snapshot
    refused: tuple[GenerationUnusable, ...] = ()


class GenerationStore:
    """One collection's folder. Reading needs no lock; whoever writes holds the home's."""

    def __init__(self, folder: Path, collection: str, disk: Disk) -> None:
        """Nothing is made or read yet."""
        self._folder = folder
        self._collection = collection
        self._disk = disk

    def publish(self, built: Built) -> Manifest:
        """Write a generation beside the others and point to it.

        A crash at any moment leaves the old pointer with its whole generation, or the new one with its. Where
        it fails or is stopped, what was pointed to is pointed to again.
        """
        generations = self._folder / GENERATIONS
        for folder in (self._folder.parent, self._folder, generations):
            if not folder.is_dir():
                self._disk.make_folder(folder)
            # Also where it was there: whoever made it may have been killed before this.
            self._disk.sync_folder(folder.parent)
        before = self.pointer()
        manifest = built.manifest(1 + self._sequence())
        staging = generations / f"{STAGING}{manifest.generation}"
        try:
            write(built, manifest.sequence, staging, self._disk)
            self._disk.replace(staging, generations / manifest.generation)
            self._disk.sync_folder(generations)
            self._point_to(manifest.generation)
        except BaseException:
            with suppress(OSError):
                self._take_back(manifest.generation, before)
            raise
        return manifest

    def _sequence(self) -> int:
        """That of the generation to follow: the current one. What is newer was undone, or never served."""
        known, pointed = self.generations(), self.pointer()
        current = (manifest.sequence for manifest in known if manifest.generation == pointed)
        return next(current, max((manifest.sequence for manifest in known), default=0))

    def _point_to(self, generation: str) -> None:
        aside = self._folder / f"{STAGING}{POINTER}-{generation}"
        self._disk.remove(aside)
        self._disk.write(aside, f"{generation}\n".encode())
        self._disk.sync(aside)
        self._disk.replace(aside, self._folder / POINTER)
        self._disk.sync_folder(self._folder)

    def _take_back(self, generation: str, before: str | None) -> None:
        if self.pointer() == generation:
            if before:
                self._point_to(before)
            else:
                self._disk.remove(self._folder / POINTER)
                self._disk.sync_folder(self._folder)
        self._discard(generation)

    def _discard(self, generation: str) -> None:
        """Remove a generation in one step: one that is half there would be taken for a damaged one."""
        generations = self._folder / GENERATIONS
        if (generations / generation).exists():
            left = generations / f"{STAGING}{generation}"
            self._disk.replace(generations / generation, left)
            self._disk.sync_folder(generations)
            self._disk.remove(left)

    @property
    def published(self) -> bool:
        """Whether there is anything to serve here, however sound it is."""
        return (self._folder / POINTER).exists() or bool(self._folders())

    def pointer(self) -> str | None:
        """The generation that is pointed to, or None where the pointer is missing or damaged."""
        try:
            name = (self._folder / POINTER).read_text("ascii").removesuffix("\n")
        except (OSError, ValueError):
            return None
        return name if _ID.fullmatch(name) else None

    def generations(self) -> list[Manifest]:
        """Every generation with a sound manifest, newest first."""
        found: list[Manifest] = []
        for folder in self._folders():
            try:
                found.append(read_manifest(folder, self._collection))
            except GenerationUnusable:
                continue
        return sorted(found, key=lambda manifest: -manifest.sequence)

    def _folders(self) -> list[Path]:
        generations = self._folder / GENERATIONS
        try:
            return [folder for folder in generations.iterdir() if _ID.fullmatch(folder.name)]
        except OSError:
            return []

    def open(self, model: str, words: Analyzer, withdrawn: frozenset[str]) -> Opened:
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
                return read_articles(folder, self._collection)
            except GenerationUnusable:
                continue
        return []

    def serves(self, model: str) -> bool:
        """Whether the generation pointed to was made with this model and is sound, every byte checked."""
        pointed = self.pointer()
        made_with = {known.generation: known.model for known in self.generations()}
        if pointed is None or made_with.get(pointed) != model:
            return False
        return self._sound(self._folder / GENERATIONS / pointed)

    def withdrawn(self) -> frozenset[str]:
        """The articles that had been taken out by hand when the last generation was made.

        They are in none made since, but may be in one gone back to.
        """
        pointed = self.pointer()
        last = max(
            self.generations(),
            key=lambda manifest: (manifest.sequence, manifest.generation == pointed),
            default=None,
        )
        return frozenset(last.withdrawn if last else ())

    def roll_back(self) -> Manifest:
        """Point to the newest sound generation before the current one and of its model.

        Raises NothingToServe where there is none, HomeUnusable where it can't be pointed to.
        """
        refused: list[GenerationUnusable] = []
        pointed = self.pointer()
        model = next((known.model for known in self.generations() if known.generation == pointed), None)
        for folder in self._candidates()[1:]:
            try:
                load(folder, self._collection, model, Analyzer())
            except GenerationUnusable as error:
                refused.append(error)
                continue
            try:
                self._point_to(folder.name)
            except OSError as error:
                raise HomeUnusable(
                    f"collection {self._collection} could not be rolled back ({error.strerror or error}): "
                    "make space or check the folder, then see `newsdesk corpus status`"
                ) from error
            return read_manifest(folder, self._collection)
        reason = f" ({refused[0]})" if refused else ""
        raise NothingToServe(
            f"collection {self._collection} has no earlier generation to go back to{reason}; they go after "
            "their time, and with text in them that is forgotten"
        )

    def _sound(self, folder: Path) -> bool:
        """Whether its bytes are those that were checked when it was made; without loading it into memory."""
        try:
            check_files(folder, self._collection)
        except GenerationUnusable:
            return False
        return True

    def problems(self) -> list[GenerationUnusable]:
        """Every generation that is damaged, all bytes checked, and a pointer that leads nowhere."""
        found: list[GenerationUnusable] = []
        for folder in sorted(self._folders()):
            try:
                verify(folder, self._collection)
            except GenerationUnusable as error:
                if folder.exists():  # and was not removed by a reload meanwhile
                    found.append(error)
        pointed = self.pointer()
        # Without any pointer the newest is served: the very first one, not pointed to before a crash.
        if (self._folder / POINTER).exists() and (
            pointed is None or not (self._folder / GENERATIONS / pointed).is_dir()
        ):
            found.append(GenerationUnusable(pointed or "?", "the pointer leads to no generation: reload"))
        return found

    def sweep(self) -> None:
        """Remove what crashes left behind. Hold the home's lock."""
        for folder in (self._folder, self._folder / GENERATIONS):
            if folder.is_dir():
                for left in folder.glob(f"{STAGING}*"):
                    self._disk.remove(left)

    def texts(self) -> Iterator[str]:
        """The text of each chunk of every generation that is here; what a damaged one holds is not known."""
        for folder in self._folders():
            with suppress(GenerationUnusable):
                yield from read_texts(folder, self._collection)

    def served_texts(self) -> Iterator[str]:
        """The text of each chunk of what is served; none where nothing is."""
        for folder in self._candidates():
            try:
                return read_texts(folder, self._collection)
            except GenerationUnusable:
                continue
        return iter(())

    def drop_older(self, holding: frozenset[str] | None) -> None:
        """Remove every generation but the current one that holds one of these articles, or whose articles
        can't be read; with None all of them. Hold the home's lock.

        Raises OSError where one can't be removed.
        """
        current = self._candidates()[:1]
        for folder in self._folders():
            if folder not in current and (holding is None or self._holds(folder, holding)):
                self._discard(folder.name)
        self.sweep()
        if left := list((self._folder / GENERATIONS).glob(f"{STAGING}*")):
            raise OSError(errno.EACCES, f"{left[0].name} can't be removed")
        if (self._folder / GENERATIONS).is_dir():
            self._disk.sync_folder(self._folder / GENERATIONS)  # or a power cut could bring one back

    def expire(self, before: datetime) -> None:
        """Remove every generation that was replaced before that moment. Hold the home's lock."""
        pointed = self.pointer()
        known = sorted(self.generations(), key=lambda manifest: manifest.created)
        if all(manifest.generation != pointed for manifest in known):
            return
        # One that was undone by a rollback, and that nothing replaced, is not gone back to.
        replaced = [following.created for following in known[1:]] + [one.created for one in known[-1:]]
        for manifest, moment in zip(known, replaced, strict=True):
            if manifest.generation != pointed and parse_moment(moment) < before:
                self._discard(manifest.generation)

    def holds(self, article_id: str) -> bool:
        """Whether any generation may hold an article of this id."""
        return any(self._holds(folder, frozenset({article_id})) for folder in self._folders())

    def _holds(self, folder: Path, article_ids: frozenset[str]) -> bool:
        try:
            return any(article.id in article_ids for article in read_articles(folder, self._collection))
        except GenerationUnusable:
            return True

    def prune(self) -> None:
        """Remove what is not gone back to: past the kept ones, damaged, undone. Hold the home's lock.

        Meant for when a generation was published, as it needs one that is sound.
        """
        pointed = self.pointer()
        if pointed is None or all(known.generation != pointed for known in self.generations()):
            return
        current, *older = self._candidates()
        kept = [current, *itertools.islice(filter(self._sound, older), KEPT - 1)]
        for folder in self._folders():
            if folder not in kept:
                self._discard(folder.name)
