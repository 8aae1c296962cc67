import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from bot.chat_store.chat_store import ChatStore
from bot.corpus_admin.changes import remove, web_source
from bot.corpus_admin.erasure import ErasureRequest, PendingErasures
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from bot.corpus_admin.shared_home.database_home import DatabaseHome
from bot.corpus_admin.uploads import keep_upload
from bot.polling.adding import add
from corpus.errors import HomeUnusable, ReloadBusy
from corpus.storage.sql.server_address import ServerAddress
from corpus.storage.store_records import Source
from corpus.web.fetcher import CannedFetcher, Fetched
from retrieval.models.embedder import HashEmbedder
from tests.fault.newsroom import COLLECTION, new_home, no_progress, publish
from tests.fault.wreck import RecordingDisk


def one_line(error: BaseException) -> str:
    assert "\n" not in str(error)
    return str(error)


def test_a_home_is_made_when_it_is_first_needed_and_not_before(tmp_path: Path) -> None:
    home = Home(tmp_path / "deep" / "home")
    assert home.collections() == ()
    assert home.generation_store("news").pointer() is None
    assert not (tmp_path / "deep").exists()
    with home.store() as store:
        store.add_source(Source("news", "/a"))
    assert (tmp_path / "deep" / "home" / "store.sqlite3").exists()


def test_every_folder_that_is_made_is_made_to_last(tmp_path: Path) -> None:
    disk = RecordingDisk(tmp_path)
    with Home(tmp_path / "a" / "b", disk).locked():
        pass
    assert [(step.act, step.path) for step in disk.steps][:4] == [
        ("make_folder", "a"),
        ("sync_folder", ""),
        ("make_folder", "a/b"),
        ("sync_folder", "a"),
    ]


def test_two_homes_never_touch(tmp_path: Path) -> None:
    one = new_home(tmp_path / "one", tmp_path / "sources")
    publish(one, tmp_path / "sources", 0)
    other = Home(tmp_path / "two")
    with one.locked(), other.locked(), other.store() as store:
        assert store.sources() == []
    assert (one.collections(), other.collections()) == ((COLLECTION,), ())


def test_a_home_in_ones_own_folder_and_a_relative_one_are_made_absolute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    assert Home(Path("here")).root == tmp_path / "here"
    assert Home(Path("~/there")).root == tmp_path / "me" / "there"


@pytest.fixture(params=["folder", "database"])
def processes(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Home, Home]:
    """One home as two processes have it."""
    if request.param == "folder":
        return Home(tmp_path), Home(tmp_path)
    address = ServerAddress(request.getfixturevalue("database_url"))
    return DatabaseHome(tmp_path / "one", address), DatabaseHome(tmp_path / "other", address)


def test_only_one_may_change_the_corpus_at_a_time(processes: tuple[Home, Home]) -> None:
    home, other = processes
    with home.locked(), home.locked():
        with pytest.raises(ReloadBusy, match="wait until it ends") as caught, other.locked():
            pass
        one_line(caught.value)
    with pytest.raises(KeyboardInterrupt), home.locked():
        raise KeyboardInterrupt
    with other.locked(), pytest.raises(ReloadBusy), home.locked(0.01):
        pass
    with home.locked():
        pass


def test_what_is_to_be_forgotten_is_written_down_for_all(processes: tuple[Home, Home]) -> None:
    noted, other = (PendingErasures(home) for home in processes)
    one, two = ErasureRequest("news", "a"), ErasureRequest("news", location="/ü")
    with processes[0].locked():
        assert noted.all() == []
        noted.add(one)
        noted.add(two)
    assert other.all() == [one, two]
    with processes[1].locked():
        other.remove(one)
        other.remove(two)
    assert noted.all() == []


@pytest.mark.parametrize("root", ["file", "file/home", "file/deep/home", "dangling"])
def test_a_home_that_cant_be_written_is_said_in_one_line(tmp_path: Path, root: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere" / "at all")
    home = Home(tmp_path / root)
    assert home.collections() == ()
    with pytest.raises(HomeUnusable, match="can't be written") as caught:
        home.store()
    assert "--home" in one_line(caught.value)
    (tmp_path / "reload.lock").mkdir()
    for unusable in (home, Home(tmp_path)):
        with pytest.raises(HomeUnusable, match="can't be written") as caught, unusable.locked():
            pass
        one_line(caught.value)


def test_collections_are_those_with_something_to_serve(tmp_path: Path) -> None:
    home = new_home(tmp_path / "home", tmp_path / "sources")
    publish(home, tmp_path / "sources", 0)
    folder = home.root / "collections"
    (folder / "empty" / "generations" / ".staging-20260101T000000-00000000").mkdir(parents=True)
    (folder / "a file").touch()
    assert home.collections() == (COLLECTION,)
    (folder / COLLECTION / "CURRENT").unlink()
    assert home.collections() == (COLLECTION,)


def rights(root: Path) -> dict[str, str]:
    """What anybody but its owner may do with a home, its files and folders, where there is anything."""
    found = {str(path.relative_to(root.parent)): path.stat().st_mode for path in (root, *root.rglob("*"))}
    return {name: oct(mode) for name, mode in found.items() if mode & 0o077}


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_umask")
def test_everything_that_is_kept_is_its_owners_alone(tmp_path: Path) -> None:
    root = tmp_path / "home"
    home = new_home(root, tmp_path / "sources")
    upload = keep_upload(home, COLLECTION, "story.md", b"The bridge was closed.")
    url = "https://news.example/ferry"
    web = CannedFetcher({url: Fetched(url, b"The ferry ran.", "text/plain")})
    publish(home, tmp_path / "sources", 0)
    again = partial(reload, home, HashEmbedder, fetcher=lambda: web, progress=no_progress)
    with ChatStore(home.chats()) as chat_store, home.store():
        add(home, [upload, web_source(COLLECTION, url)], again, fetcher=lambda: web)
        remove(home, COLLECTION, "story", again)
        chat_store.notes.put("a", "b")
        assert {path.name for path in root.iterdir()} >= {
            *("store.sqlite3", "store.sqlite3-wal", "chats.sqlite3", "chats.sqlite3-wal"),
            *("format.json", "withdrawn.json"),
            *("reload.lock", "withdrawn.lock", "collections", "pages", "uploads", "fetched"),
        }
        assert rights(root) == {}


def test_a_home_from_before_is_closed_when_it_is_opened(tmp_path: Path) -> None:
    root = tmp_path / "home"
    home = new_home(root, tmp_path / "sources")
    publish(home, tmp_path / "sources", 0)
    for path in (root, *root.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    assert len(home.open_to_others()) > 3
    with Home(root).store():
        assert rights(root) == {}
    assert home.open_to_others() == []


def test_a_folder_that_holds_other_things_too_is_left_open_and_only_what_is_ours_in_it_is_closed(
    tmp_path: Path,
) -> None:
    root = tmp_path / "shared"
    root.mkdir()
    (root / "letters.txt").write_text("for all")
    for path in (root, root / "letters.txt"):
        path.chmod(0o755)
    with new_home(root, tmp_path / "sources").store():
        assert set(rights(root)) == {"shared", "shared/letters.txt"}
    assert Home(root).open_to_others() == []
