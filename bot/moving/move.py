"""Copies everything in a home to an empty one, and checks each table and file.

A move can be interrupted at any moment and run again: what is already there is not copied again. Until it is
complete, the target is marked with the name of the home that it is filled from, and can't be used otherwise.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from uuid import uuid4

from bot.chat_store.chat_store import ChatStore
from bot.corpus_admin.changes import renew_pages
from bot.corpus_admin.erasure import PendingErasures
from bot.corpus_admin.home import Home
from corpus.errors import HomeUnusable, WrongCall
from corpus.storage.atomic_write import write_atomically
from corpus.storage.database import Database
from corpus.storage.store import Store
from corpus.storage.table_copy import Change, Row, TableSummary, copy_table, has_rows, summary, tables_of
from retrieval.progress import ProgressCallback

HOME = "home"
"""The mark with a home's own name, which is copied too."""
MOVING = "moving"
"""The mark of a target that is not complete yet: the name of the home that it is filled from."""
OF_ONE_HOME = {"read", MOVING}
"""Marks that are not copied; `read` is the state of the sources on one machine."""
LOCATIONS = {"sources": "location", "source_states": "location", "origins": "source_location"}
"""The columns with the location of a source, by table."""


@dataclass(frozen=True, slots=True)
class MoveReport:
    """What the target has from the source: the number of rows of each table, of generations and of uploaded
    files. `already` is whether all of it was there before."""

    tables: Mapping[str, int]
    generations: int
    uploads: int
    already: bool = False


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two homes with their databases open and locked."""

    source: Home
    target: Home
    databases: tuple[tuple[Database, Database], ...]
    """(source, target) of the corpus database and, if there are chats, of the chat database."""

    def change(self, table: str, row: Row) -> Row | None:
        """The row as it must be in the target; None if it is not copied."""
        if table == "marks":
            return None if row["name"] in OF_ONE_HOME else row
        if column := LOCATIONS.get(table):
            location = self.source.copies.to_stored(str(row[column]))
            shared = self.target.copies.shared
            return {**row, column: location if shared else self.target.copies.to_local(location)}
        return row

    def summaries(self, change: Change, *, of_target: bool) -> dict[str, TableSummary]:
        """The summary of each table, by its name."""
        return {
            table.name: summary(pair[of_target], table, change)
            for pair in self.databases
            for table in tables_of(pair[0])
        }


def move(source: Home, target: Home, progress: ProgressCallback) -> MoveReport:
    """Copy everything in the source to the target. No process may use either meanwhile; the source is not
    changed.

    Raises WrongCall if the source holds nothing (then the target is not even created), or if the target holds
    another home or was used since the move to it; HomeUnusable if there is no source, or if it changed
    meanwhile or still has pending erasures; and the errors of the homes.
    """
    _check_source(source)
    with _opened(source, target) as (pair, from_store, to_store):
        if PendingErasures(source).all():
            raise HomeUnusable(
                "something of this home is still to be forgotten: run `newsdesk corpus reload`, then move"
            )
        source.copies.download_uploads()
        name = _name(from_store)
        if to_store.mark(MOVING) != name and _holds_anything(pair):
            return _already(pair)
        to_store.set_mark(MOVING, name)
        tables = _copy_tables(pair, progress)
        generations = _copy_generations(pair, progress)
        uploads = _copy_uploads(pair, progress)
        target.withdrawn.replace(source.withdrawn.entries())
        for collection in target.collections():
            renew_pages(target, collection)
        if pair.summaries(pair.change, of_target=False) != tables:
            raise HomeUnusable("the home changed while it was moved: stop its bots, and move again")
        to_store.set_mark(MOVING, "")
        return MoveReport({name: one.rows for name, one in tables.items()}, generations, uploads)


def _check_source(source: Home) -> None:
    """Raise HomeUnusable if there is no home, and WrongCall if nothing is in it: an empty home is probably
    not the one that was meant."""
    source.check_exists()
    with ExitStack() as stack:
        databases: list[Database] = [stack.enter_context(source.store())]
        if source.has_chats:
            databases.append(stack.enter_context(ChatStore(source.chats())))
        if source.collections() or any(_is_used(database) for database in databases):
            return
    raise WrongCall(
        "this home holds nothing that could be moved", "name the right one with --home or NEWSDESK_HOME"
    )


def _is_used(database: Database) -> bool:
    return any(has_rows(database, table) for table in tables_of(database) if table.name != "marks")


@contextmanager
def _opened(source: Home, target: Home) -> Iterator[tuple[_Pair, Store, Store]]:
    with ExitStack() as stack:
        for home in (source, target):
            stack.enter_context(home.locked())
        stores = [stack.enter_context(home.store()) for home in (source, target)]
        databases: list[tuple[Database, Database]] = [(stores[0], stores[1])]
        if source.has_chats:
            chats = [stack.enter_context(ChatStore(home.chats())) for home in (source, target)]
            databases.append((chats[0], chats[1]))
        yield _Pair(source, target, tuple(databases)), stores[0], stores[1]


def _name(store: Store) -> str:
    if not store.mark(HOME):
        store.set_mark(HOME, uuid4().hex)
    return str(store.mark(HOME))


def _holds_anything(pair: _Pair) -> bool:
    if pair.target.collections():
        return True
    return any(has_rows(target, table) for source, target in pair.databases for table in tables_of(source))


def _already(pair: _Pair) -> MoveReport:
    """The report if everything is there already. Raises WrongCall if the target holds anything else."""
    tables = pair.summaries(pair.change, of_target=False)
    if pair.summaries(_without_own_marks, of_target=True) != tables or _pointers(pair.source) != _pointers(
        pair.target
    ):
        raise WrongCall(
            "the target holds a home already, which is another one, or has been used since this one was "
            "moved to it: nothing was changed",
            "name an empty database or folder",
        )
    rows = {name: one.rows for name, one in tables.items()}
    return MoveReport(rows, len(_generations(pair.source)), len(_uploads(pair.source)), already=True)


def _without_own_marks(table: str, row: Row) -> Row | None:
    return None if table == "marks" and row["name"] in OF_ONE_HOME else row


def _copy_tables(pair: _Pair, progress: ProgressCallback) -> dict[str, TableSummary]:
    found = {}
    for source, target in pair.databases:
        tables = tables_of(source)
        for number, table in enumerate(tables):
            progress("copying tables", number, len(tables))
            kept = OF_ONE_HOME if table.name == "marks" else set()
            found[table.name] = copy_table(source, target, table, pair.change, kept)
    return found


def _copy_generations(pair: _Pair, progress: ProgressCallback) -> int:
    every = _generations(pair.source)
    for number, (collection, generation) in enumerate(every):
        progress("copying generations", number, len(every))
        folder = pair.source.generation_store(collection).complete_folder(generation)
        pair.target.generation_store(collection).adopt(folder)
    for collection, generation in _generations(pair.target):
        if (collection, generation) not in every:
            pair.target.generation_store(collection).discard(generation)
    for collection, pointer in _pointers(pair.source).items():
        store = pair.target.generation_store(collection)
        if pointer and store.pointer() != pointer:
            store.serve(pointer)
    return len(every)


def _generations(home: Home) -> list[tuple[str, str]]:
    """(collection, name) of each generation, older ones of a collection first."""
    return [
        (name, manifest.generation)
        for name in home.collections()
        for manifest in reversed(home.generation_store(name).generations())
    ]


def _pointers(home: Home) -> dict[str, str | None]:
    return {name: home.generation_store(name).pointer() for name in home.collections()}


def _uploads(home: Home) -> list[tuple[str, str]]:
    """(collection, name) of each uploaded file, sorted."""
    every = home.copies.uploads.glob("*/*")
    return sorted((path.parent.name, path.name) for path in every if not path.name.startswith("."))


def _copy_uploads(pair: _Pair, progress: ProgressCallback) -> int:
    every = _uploads(pair.source)
    for number, (collection, name) in enumerate(every):
        progress("copying uploads", number, len(every))
        content = (pair.source.uploads(collection) / name).read_bytes()
        path = pair.target.uploads(collection) / name
        if not path.is_file() or path.read_bytes() != content:
            write_atomically(pair.target.disk, path, content, pair.target.root)
        pair.target.copies.share_upload(path)
    for collection, name in _uploads(pair.target):
        if (collection, name) not in every:
            pair.target.copies.drop_upload(pair.target.uploads(collection) / name)
    return len(every)
