"""The register of shared generations: which exist, which one is served, and their files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, delete, insert, select, update

from corpus.errors import HomeUnusable
from corpus.storage.copies.copies_tables import GENERATION_FILES, GENERATIONS, POINTERS
from corpus.storage.database import Database
from corpus.storage.sql.upserting import put

CheckLock = Callable[[Database], None]
"""Raises HomeUnusable if this process does not hold the home's lock; asked in a transaction."""


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file as all processes know it: the SHA-256 (hex) of what it holds, which is its name in the place of
    the files, and its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class SharedGeneration:
    """A generation whose files are in their place: its manifest, and its files by the path below its
    folder."""

    collection: str
    generation: str
    sequence: int
    manifest: bytes
    files: Mapping[str, SharedFile]


@dataclass(frozen=True, slots=True)
class CollectionState:
    """What there is of a collection: the generation that is served, None if none is, and all of them."""

    pointer: str | None
    generations: frozenset[str]


class GenerationRegister:
    """The tables of a home's database; open for as long as the database is.

    Whoever writes holds the home's lock. That is checked again in the very transaction: a process whose
    connection was lost has lost the lock with it, and another may have published since.
    """

    def __init__(self, database: Database, check_lock: CheckLock) -> None:
        """Nothing is read yet."""
        self._database = database
        self._check_lock = check_lock

    def states(self) -> dict[str, CollectionState]:
        """Of each collection that has any."""
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
        """What the generation says of itself; None if it is not known any more."""
        rows = self._database.rows(
            select(GENERATIONS.c.manifest).where(*_is(GENERATIONS, collection, generation))
        )
        return bytes(rows[0][0]) if rows else None

    def files(self, collection: str, generation: str) -> dict[str, SharedFile]:
        """Its files, by the path below its folder."""
        table = GENERATION_FILES
        rows = self._database.rows(
            select(table.c.path, table.c.name, table.c.size).where(*_is(table, collection, generation))
        )
        return {path: SharedFile(name, size) for path, name, size in rows}

    def names(self) -> set[str]:
        """The names of all files that a generation is made of."""
        return {name for (name,) in self._database.rows(select(GENERATION_FILES.c.name).distinct())}

    def publish(self, made: SharedGeneration, before: str | None) -> None:
        """Let a generation be known and served, and tell all who listen. `before` is the one that it takes
        the place of. Raises HomeUnusable if another is served by now, or the lock is not held any more;
        nothing is changed then."""
        with self._database.transaction():
            self._add(made)
            self._move(made.collection, made.generation, before)

    def add(self, made: SharedGeneration) -> None:
        """Let it be known, without serving it."""
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

    def point(self, collection: str, generation: str, before: str | None) -> None:
        """Let a generation that is known be served, as `publish` does."""
        with self._database.transaction():
            self._move(collection, generation, before)

    def take_back(self, collection: str, generation: str, before: str | None) -> None:
        """Let the one before be served again, if this generation is, and forget this one."""
        with self._database.transaction():
            self._check_lock(self._database)
            if self._pointer(collection) == generation:
                if before is None:
                    self._database.write(delete(POINTERS).where(POINTERS.c.collection == collection))
                else:
                    self._move(collection, before, generation)
            self._discard(collection, generation)

    def discard(self, collection: str, generation: str) -> None:
        """Forget a generation that is not served. Its files stay until nothing needs them."""
        with self._database.transaction():
            self._check_lock(self._database)
            self._discard(collection, generation)

    def _move(self, collection: str, generation: str, before: str | None) -> None:
        # Waits for whoever moves it at the same moment, and sees then where it is.
        found = self._pointer(collection, alone=True)
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

    def _pointer(self, collection: str, *, alone: bool = False) -> str | None:
        wanted = select(POINTERS.c.generation).where(POINTERS.c.collection == collection)
        rows = self._database.rows(wanted.with_for_update() if alone else wanted)
        return rows[0][0] if rows else None

    def _discard(self, collection: str, generation: str) -> None:
        for table in (GENERATION_FILES, GENERATIONS):
            self._database.write(delete(table).where(*_is(table, collection, generation)))


def _is(table: Table, collection: str, generation: str) -> tuple[ColumnElement[bool], ...]:
    return table.c.collection == collection, table.c.generation == generation
