"""The register of shared generations: which exist, which one is served, and their files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, delete, insert, select, update

from corpus.errors import HomeUnusable
from corpus.storage.copies.copies_tables import GENERATION_FILES, GENERATIONS, POINTERS
from corpus.storage.database import Database
from corpus.storage.sql.upserting import put

CheckLock = Callable[[Database], None]
"""Raises HomeUnusable if this process does not hold the home's lock; called within a transaction."""


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file that all processes share. `name` is the SHA-256 (hex) of its content, by which it is stored;
    `size` is in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class SharedGeneration:
    """A generation whose files are stored: its manifest, and its files by their path in its folder."""

    collection: str
    generation: str
    sequence: int
    manifest: bytes
    files: Mapping[str, SharedFile]


@dataclass(frozen=True, slots=True)
class CollectionState:
    """The state of a collection: the generation that is served, None if none is, and all existing ones."""

    pointer: str | None
    generations: frozenset[str]


class GenerationRegister:
    """Reads and writes the tables of shared generations; the database must stay open.

    A writer holds the home's lock. This is checked again in the transaction: a process that lost its
    connection has also lost the lock, and another process may have published since.
    """

    def __init__(self, database: Database, check_lock: CheckLock) -> None:
        """Nothing is read yet."""
        self._database = database
        self._check_lock = check_lock

    def states(self) -> dict[str, CollectionState]:
        """The state of each collection that has a generation."""
        known: dict[str, set[str]] = {}
        for collection, generation in self._database.rows(
            select(GENERATIONS.c.collection, GENERATIONS.c.generation)
        ):
            known.setdefault(collection, set()).add(generation)
        pointers = dict(self._database.rows(select(POINTERS.c.collection, POINTERS.c.generation)))
        return {
            name: CollectionState(pointers.get(name), frozenset(generations))
            for name, generations in known.items()
        }

    def manifest(self, collection: str, generation: str) -> bytes | None:
        """The manifest of a generation; None if it no longer exists."""
        rows = self._database.rows(
            select(GENERATIONS.c.manifest).where(*_is(GENERATIONS, collection, generation))
        )
        return bytes(rows[0][0]) if rows else None

    def files(self, collection: str, generation: str) -> dict[str, SharedFile]:
        """The files of a generation by their path in its folder."""
        table = GENERATION_FILES
        rows = self._database.rows(
            select(table.c.path, table.c.name, table.c.size).where(*_is(table, collection, generation))
        )
        return {path: SharedFile(name, size) for path, name, size in rows}

    def names(self) -> set[str]:
        """The names of all files of any generation."""
        return {name for (name,) in self._database.rows(select(GENERATION_FILES.c.name).distinct())}

    def publish(self, made: SharedGeneration, before: str | None) -> None:
        """Register a generation, make it the served one, and notify all listeners. `before` is the generation
        that it replaces. Raises HomeUnusable, without any change, if another one is served by now or the lock
        was lost."""
        with self._database.transaction():
            self._add(made)
            self._move(made.collection, made.generation, before)

    def add(self, made: SharedGeneration) -> None:
        """Register a generation without serving it."""
        with self._database.transaction():
            self._check_lock(self._database)
            self._add(made)

    def _add(self, made: SharedGeneration) -> None:
        key = {"collection": made.collection, "generation": made.generation}
        said = {"sequence": made.sequence, "manifest": made.manifest}
        self._database.write(put(GENERATIONS, {**key, **said}))
        self._database.write_many(
            put(GENERATION_FILES),
            [{**key, "path": path, "name": one.name, "size": one.size} for path, one in made.files.items()],
        )

    def set_current(self, collection: str, generation: str, before: str | None) -> None:
        """Make a registered generation the served one; `before` and errors are those of `publish`."""
        with self._database.transaction():
            self._move(collection, generation, before)

    def revert(self, collection: str, generation: str, before: str | None) -> None:
        """Delete a generation; if it is the served one, `before` is served again."""
        with self._database.transaction():
            self._check_lock(self._database)
            if self._pointer(collection) == generation:
                if before is None:
                    self._database.write(delete(POINTERS).where(POINTERS.c.collection == collection))
                else:
                    self._move(collection, before, generation)
            self._discard(collection, generation)

    def discard(self, collection: str, generation: str) -> None:
        """Delete a generation that is not served. Its files stay until they are garbage-collected."""
        with self._database.transaction():
            self._check_lock(self._database)
            self._discard(collection, generation)

    def _move(self, collection: str, generation: str, before: str | None) -> None:
        # Locks the row, so that it sees the result of a concurrent change.
        found = self._pointer(collection, for_update=True)
        self._check_lock(self._database)
        if found != before:
            raise HomeUnusable(
                f"collection {collection} was published by another process meanwhile: nothing was changed; "
                "try again"
            )
        value = {"generation": generation}
        if found is None:
            self._database.write(insert(POINTERS).values(collection=collection, **value))
        else:
            self._database.write(update(POINTERS).where(POINTERS.c.collection == collection).values(**value))
        self._database.notify("generation", collection)

    def _pointer(self, collection: str, *, for_update: bool = False) -> str | None:
        wanted = select(POINTERS.c.generation).where(POINTERS.c.collection == collection)
        rows = self._database.rows(wanted.with_for_update() if for_update else wanted)
        return rows[0][0] if rows else None

    def _discard(self, collection: str, generation: str) -> None:
        for table in (GENERATION_FILES, GENERATIONS):
            self._database.write(delete(table).where(*_is(table, collection, generation)))


def _is(table: Table, collection: str, generation: str) -> tuple[ColumnElement[bool], ...]:
    return table.c.collection == collection, table.c.generation == generation
