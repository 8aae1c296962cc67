"""A home moved to a database and back: both answer the same, and what was cut is finished."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers.answer_json import answer_row
from bot.chat_store.chat_store import ChatStore
from bot.corpus_admin.erasure import ErasureRequest, PendingErasures
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from bot.corpus_admin.shared_home.database_home import DatabaseHome
from bot.corpus_admin.uploads import keep_upload
from bot.desk.desk import Desk
from bot.moving.move import move
from corpus.errors import HomeUnusable, NewsdeskError, WrongCall
from corpus.storage.sql.server_address import ServerAddress
from corpus.storage.store_records import Source
from retrieval.models.embedder import HashEmbedder
from retrieval.models.model import hash_model
from tests.fault.newsroom import COLLECTION, QuickDisk, new_home, no_progress, publish
from tests.retrieval.snapshots import asking

QUESTIONS = ["How many lanterns did the council count?", "What of apples?", "Who handed the note over?"]


@pytest.fixture
def source(tmp_path: Path) -> Home:
    """A home with two generations, an upload, a withdrawn article, a history and chats."""
    home = new_home(tmp_path / "folder", tmp_path / "news", QuickDisk())
    publish(home, tmp_path / "news", 1)
    upload = keep_upload(home, COLLECTION, "note.txt", b"The note was handed over by a neighbour.")
    with home.store() as store:
        store.add_source(upload)
    home.withdrawn.add(COLLECTION, "standing-2", "https://example.org/2")
    publish(home, tmp_path / "news", 2)
    with ChatStore(home.chats()):
        pass
    return home


@pytest.fixture
def address(database_url: str) -> ServerAddress:
    return ServerAddress(database_url)


def on_database(folder: Path, address: ServerAddress) -> DatabaseHome:
    return DatabaseHome(folder, address, QuickDisk())


def answers(home: Home) -> list[dict[str, object]]:
    """What some questions get, as JSON; links to pages of our own are of one folder."""
    notices = list[str]()
    desk = Desk(home, hash_model(), notices.append, link_for=lambda article: article.url or article.id)
    desk.open()
    found = []
    for text in QUESTIONS:
        row = answer_row(desk.ask(asking(text)))
        row.pop("timing", None)
        found.append(row)
    assert notices == []
    return found


def known(home: Home) -> object:
    """What else a home knows."""
    with home.store() as store:
        return (
            sorted((one.collection, home.copies.to_stored(one.location)) for one in store.sources()),
            [(event.act, event.collection, event.generation) for event in store.history(99)],
            store.versions(COLLECTION, "changing"),
            home.withdrawn.entries(),
            {path.name: path.read_bytes() for path in home.uploads(COLLECTION).glob("*")},
            [one.generation for one in home.generation_store(COLLECTION).generations()],
        )


def test_both_homes_answer_the_same_and_back_again(
    source: Home, address: ServerAddress, tmp_path: Path
) -> None:
    before, state = answers(source), known(source)
    report = move(source, on_database(tmp_path / "mover", address), no_progress)
    assert report.generations == 2
    assert report.uploads == 1
    assert report.tables["sources"] == 2
    elsewhere = on_database(tmp_path / "elsewhere", address)  # an empty folder: the address is enough
    assert answers(elsewhere) == before
    elsewhere.copies.download_uploads()
    with elsewhere.locked():
        pass
    assert known(elsewhere) == state
    back = Home(tmp_path / "back", QuickDisk())
    assert move(elsewhere, back, no_progress).tables == report.tables
    assert answers(back) == before
    assert known(back) == state
    assert answers(source) == before
    reloaded = reload(back, HashEmbedder, progress=no_progress)
    assert all(plan.changes_nothing for plan in reloaded.plans)


def test_moving_again_changes_nothing_and_says_that_all_is_there(
    source: Home, address: ServerAddress, tmp_path: Path
) -> None:
    first = move(source, on_database(tmp_path / "mover", address), no_progress)
    again = move(source, on_database(tmp_path / "mover", address), no_progress)
    assert again.already
    assert (again.tables, again.generations, again.uploads) == (
        first.tables,
        first.generations,
        first.uploads,
    )


@pytest.mark.parametrize("way", ["used since", "another home"])
def test_a_target_that_holds_something_else_is_refused(
    source: Home, address: ServerAddress, tmp_path: Path, way: str
) -> None:
    if way == "used since":
        move(source, on_database(tmp_path / "mover", address), no_progress)
    there = on_database(tmp_path / "there", address)
    with there.store() as store:
        store.add_source(Source("board", "https://example.org/feed"))
    state = known(there) if way == "used since" else None
    with pytest.raises(WrongCall, match=r"holds a home already.*name an empty database or folder"):
        move(source, on_database(tmp_path / "mover", address), no_progress)
    assert state is None or known(there) == state


def test_what_is_still_to_be_forgotten_is_forgotten_first(
    source: Home, address: ServerAddress, tmp_path: Path
) -> None:
    PendingErasures(source).add(ErasureRequest(COLLECTION, "standing-2"))
    with pytest.raises(HomeUnusable, match="newsdesk corpus reload"):
        move(source, on_database(tmp_path / "mover", address), no_progress)


def test_a_home_that_changes_while_it_is_moved_is_told_of(
    source: Home, address: ServerAddress, tmp_path: Path
) -> None:
    def somebody_writes(step: str, _done: int, _total: int) -> None:
        if step == "copying generations":
            with source.store() as store:
                store.set_mark("somebody", "was here")

    with pytest.raises(HomeUnusable, match="changed while it was moved"):
        move(source, on_database(tmp_path / "mover", address), somebody_writes)
    assert not move(source, on_database(tmp_path / "mover", address), no_progress).already


class Dying(QuickDisk):
    """Dies at one of its acts."""

    def __init__(self, left: int) -> None:
        self.left = left

    def link(self, source: Path, target: Path) -> None:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        super().link(source, target)

    def replace(self, source: Path, target: Path) -> None:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        super().replace(source, target)


def deaths() -> Iterator[int]:
    yield from (0, 1, 5, 22, 23, 24, 30, 44, 45, 46, 47, 48, 50)


def test_what_was_cut_at_any_moment_is_finished(source: Home, address: ServerAddress, tmp_path: Path) -> None:
    before, state, cut = answers(source), known(source), 0
    for left in deaths():
        try:
            move(source, DatabaseHome(tmp_path / "mover", address, Dying(left)), no_progress)
        except KeyboardInterrupt:
            cut += 1
    assert cut > 5
    move(source, on_database(tmp_path / "mover", address), no_progress)
    elsewhere = on_database(tmp_path / "elsewhere", address)
    assert answers(elsewhere) == before
    elsewhere.copies.download_uploads()
    with elsewhere.locked():
        pass
    assert known(elsewhere) == state


@pytest.mark.parametrize("way", ["missing", "empty"])
def test_a_home_that_holds_nothing_is_not_moved(tmp_path: Path, way: str) -> None:
    here, there = Home(tmp_path / "here", QuickDisk()), Home(tmp_path / "there", QuickDisk())
    if way == "empty":
        with here.store(), ChatStore(here.chats()):
            pass
    with pytest.raises(NewsdeskError, match=r"no home in|holds nothing that could be moved"):
        move(here, there, no_progress)
    assert not there.root.exists()
    assert here.root.exists() == (way == "empty")
