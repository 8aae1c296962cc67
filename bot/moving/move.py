"""Moving a home: all that it holds, to one that is empty, checked table by table and file by file.

It can be cut at any moment and run again: what is there already is not copied again. The target says from
which home it is being filled until all is there, and is taken for nothing else meanwhile.
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
from corpus.storage.table_copy import Change, Row, TableSummary, copy_table, holds_any, summary, tables_of
from retrieval.progress import ProgressCallback

HOME = "home"
"""The mark of a home's own name, which moves with it."""
MOVING = "moving"
"""The mark of a target that is not whole yet: the name of the home that it is filled from."""
OF_ONE_HOME = {"read", MOVING}
"""Marks that mean nothing in another home: what the sources looked like on that machine."""
LOCATIONS = {"sources": "location", "source_states": "location", "origins": "source_location"}
"""The columns that say where a source lies, by table."""


@dataclass(frozen=True, slots=True)
class MoveReport:
    """What the target holds of the source: the rows of each table, generations, and files that were handed
    over. `already` says that all of it had been there."""

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
    """Of the corpus and of the chats, each of the source and of the target."""

    def change(self, table: str, row: Row) -> Row | None:
        """A row as it is to be in the target."""
        if table == "marks":
            return None if row["name"] in OF_ONE_HOME else row
        if column := LOCATIONS.get(table):
            location = self.source.copies.for_all(str(row[column]))
            shared = self.target.copies.shared
            return {**row, column: location if shared else self.target.copies.here(location)}
        return row

    def summaries(self, change: Change, *, of_target: bool) -> dict[str, TableSummary]:
        """What each table holds."""
        return {
            table.name: summary(pair[of_target], table, change)
            for pair in self.databases
            for table in tables_of(pair[0])
        }


def move(source: Home, target: Home, progress: ProgressCallback) -> MoveReport:
    """Let the target hold what the source does. Nobody may use either meanwhile; the source stays as it is.

    Raises WrongCall if the target holds another home, or was used since it was moved to; HomeUnusable
    where the source changed meanwhile, or something of it is to be forgotten still; what the homes raise.
    """
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
    return any(holds_any(target, table) for source, target in pair.databases for table in tables_of(source))


def _already(pair: _Pair) -> MoveReport:
    """Where all is there already, what that is. Raises WrongCall if the target holds anything else."""
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
        folder = pair.source.generation_store(collection).whole(generation)
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
    """Collection and name of each, older ones first."""
    return [
        (name, manifest.generation)
        for name in home.collections()
        for manifest in reversed(home.generation_store(name).generations())
    ]


def _pointers(home: Home) -> dict[str, str | None]:
    return {name: home.generation_store(name).pointer() for name in home.collections()}


def _uploads(home: Home) -> list[tuple[str, str]]:
    """Collection and name of each file that was handed over."""
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
