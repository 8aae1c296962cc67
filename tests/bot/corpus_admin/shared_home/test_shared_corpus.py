"""One corpus, reloaded and changed by one process and served by another with a folder of its own."""

import threading
from pathlib import Path

import pytest

from bot.copies.shared_home_files import SharedHomeFiles
from bot.corpus_admin.changes import forget, roll_back
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import ReloadReport, reload
from bot.corpus_admin.shared_home.database_home import FOLDER, DatabaseHome
from bot.corpus_admin.uploads import keep_upload
from bot.desk.desk import Desk
from bot.polling.poller import Poller
from corpus.blobs import blob_store as places
from corpus.blobs.blob_store import BlobStore
from corpus.errors import HomeUnusable, ReloadBusy
from corpus.storage.sql.server_address import ServerAddress
from corpus.storage.store_records import Source
from retrieval.copies.shared_files import Files, upload
from retrieval.models.embedder import HashEmbedder
from retrieval.models.model import hash_model
from tests.fault.newsroom import COLLECTION, QuickDisk, edition, no_progress, publish, register

NOWHERE = ServerAddress("postgresql://newsdesk@127.0.0.1:1/nothing")


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "FIRST_PAUSE", 0)


@pytest.fixture
def address(database_url: str) -> ServerAddress:
    return ServerAddress(database_url)


@pytest.fixture(params=["database", "folder"])
def homes(request: pytest.FixtureRequest, address: ServerAddress, tmp_path: Path) -> tuple[DatabaseHome, ...]:
    files = ""
    if request.param == "folder":
        (tmp_path / "mounted").mkdir()
        files = str(tmp_path / "mounted")
    return tuple(
        DatabaseHome(tmp_path / name, address, QuickDisk(), files=files) for name in ("one", "other")
    )


class Served:
    """A desk that is open, and what it told the operator."""

    def __init__(self, home: Home) -> None:
        self.notices = list[str]()
        self.desk = Desk(home, hash_model(), self.notices.append)
        self.desk.open()

    @property
    def texts(self) -> dict[str, str]:
        """Ids and texts of what is answered from."""
        found = dict[str, str]()
        for one in self.desk._served._snapshots.values():
            taken_out = self.desk.collections[one.name].withdrawn
            found |= {article.id: article.text for article in one.articles if article.id not in taken_out}
        return found


def again(home: Home) -> ReloadReport:
    return reload(home, HashEmbedder, progress=no_progress)


def everything(root: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in root.rglob("*") if path.is_file())


def test_what_one_publishes_the_other_serves_from_the_address_alone(
    homes: tuple[DatabaseHome, ...], tmp_path: Path
) -> None:
    one, other = homes
    register(one, Source(COLLECTION, str(tmp_path / "news")))
    publish(one, tmp_path / "news", 1)
    served = Served(other)
    assert served.texts == edition(1)
    publish(one, tmp_path / "news", 2)
    assert served.desk.refresh()
    assert served.texts == edition(2)
    roll_back(other, COLLECTION)
    served_there = Served(one)
    assert served_there.texts == edition(1)
    publish(other, tmp_path / "news", 3)
    assert served_there.desk.refresh()
    assert served_there.texts == edition(3)
    other.withdrawn.add(COLLECTION, "odd")
    assert served_there.desk.refresh()
    assert "odd" not in served_there.texts
    assert served.notices == served_there.notices == []
    pages = {path.name for path in (one.root / "pages" / COLLECTION).glob("*")}
    served.desk.refresh()
    assert {path.name for path in (other.root / "pages" / COLLECTION).glob("*")} == pages != set()


def test_a_home_in_the_same_folder_is_left_alone(address: ServerAddress, tmp_path: Path) -> None:
    own = Home(tmp_path / "one", QuickDisk())
    register(own, Source(COLLECTION, str(tmp_path / "news")))
    publish(own, tmp_path / "news", 1)
    own.withdrawn.add(COLLECTION, "odd")
    before = {path: path.stat().st_mtime_ns for path in own.root.rglob("*") if path.is_file()}
    shared = DatabaseHome(tmp_path / "one", address, QuickDisk())
    register(shared, Source(COLLECTION, str(tmp_path / "news")))
    publish(shared, tmp_path / "news", 2)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert set(own.root.iterdir()) - {path for path in before if path.parent == own.root} <= {
        own.root / name for name in (FOLDER, "collections", "pages")
    }


def test_uploads_are_read_by_any_process_and_local_files_stay_where_they_are_missing(
    homes: tuple[DatabaseHome, ...], tmp_path: Path
) -> None:
    one, other = homes
    register(one, Source(COLLECTION, str(tmp_path / "news")))
    register(one, keep_upload(one, COLLECTION, "note.txt", b"The note was handed over by a neighbour."))
    publish(one, tmp_path / "news", 1)
    (tmp_path / "news").rename(tmp_path / "gone")  # as on a machine that does not have it
    keep_upload(other, COLLECTION, "note.txt", b"The note was corrected by a neighbour.")
    report = again(other)
    [problem] = report.problems
    assert problem.where == str(tmp_path / "news")
    assert problem.reason.endswith("it may be on another machine, and its served articles are kept")
    poller = Poller(other, fetcher=lambda: pytest.fail("nothing is fetched"))
    polled = poller.round(
        lambda *_, **__: pytest.fail("nothing is new"), no_progress, threading.Event(), everything=True
    )
    assert (polled.asked, polled.failures) == (0, ())
    [plan] = report.plans
    assert (plan.removed, len(plan.changed)) == ((), 1)
    served = Served(one)
    assert {*edition(1).values(), "The note was corrected by a neighbour."} == set(served.texts.values())
    (tmp_path / "gone").rename(tmp_path / "news")
    assert again(one).problems == ()
    assert set(Served(other).texts.values()) == set(served.texts.values())


def test_what_is_forgotten_leaves_the_database_the_place_and_every_folder(
    homes: tuple[DatabaseHome, ...], tmp_path: Path
) -> None:
    one, other = homes
    register(one, keep_upload(one, COLLECTION, "a.txt", b"The secret harbour holds zinnias and quartz."))
    register(one, keep_upload(one, COLLECTION, "b.txt", b"The open harbour holds ships of all kinds."))
    again(one)
    served = Served(other)
    again(other)
    with one.store() as store:
        secret = next(source for source in store.sources() if source.location.endswith("a.txt"))
    forget(
        one,
        COLLECTION,
        secret.location,
        lambda request: reload(one, HashEmbedder, request, progress=no_progress),
    )
    assert served.desk.refresh()
    again(other)
    assert list(served.texts.values()) == ["The open harbour holds ships of all kinds."]
    assert b"zinnias" not in everything(tmp_path)
    assert isinstance(one.copies, SharedHomeFiles)
    blobs = one.copies._blobs
    assert b"zinnias" not in b"".join(piece for file in blobs.list() for piece in blobs.get(file.name))
    with one.store() as store:
        assert store.check() is None


def test_with_the_database_away_what_is_here_is_served_with_a_notice(
    address: ServerAddress, tmp_path: Path
) -> None:
    one = DatabaseHome(tmp_path / "one", address, QuickDisk())
    register(one, Source(COLLECTION, str(tmp_path / "news")))
    publish(one, tmp_path / "news", 1)
    one.withdrawn.add(COLLECTION, "odd")
    Served(one)
    away = Served(DatabaseHome(tmp_path / "one", NOWHERE, QuickDisk()))
    assert away.texts.keys() == edition(1).keys() - {"odd"}
    assert len(away.notices) == 1
    assert "what is here is served meanwhile" in away.notices[0]
    away.desk.refresh()
    assert len(away.notices) == 1


def test_what_is_lost_for_all_is_made_anew_by_a_reload(address: ServerAddress, tmp_path: Path) -> None:
    (tmp_path / "mounted").mkdir()
    one, other = (
        DatabaseHome(tmp_path / name, address, QuickDisk(), files=str(tmp_path / "mounted"))
        for name in ("one", "other")
    )
    register(one, Source(COLLECTION, str(tmp_path / "news")))
    publish(one, tmp_path / "news", 1)
    for path in (tmp_path / "mounted").rglob("*"):
        if path.is_file():
            path.unlink()
    publish(other, tmp_path / "news", 2)
    assert Served(other).texts == edition(2)
    assert Served(
        DatabaseHome(tmp_path / "third", address, files=str(tmp_path / "mounted"))
    ).texts == edition(2)


def test_a_builder_whose_connection_is_lost_publishes_nothing(
    address: ServerAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = DatabaseHome(tmp_path / "one", address, QuickDisk())
    other = DatabaseHome(tmp_path / "other", address, QuickDisk())
    register(one, Source(COLLECTION, str(tmp_path / "news")))
    publish(one, tmp_path / "news", 1)

    def uploading(blobs: BlobStore, folder: Path, files: Files) -> int:
        monkeypatch.undo()
        one.reload_lock._mine.connection.close()
        publish(other, tmp_path / "news", 5)
        return upload(blobs, folder, files)

    monkeypatch.setattr("retrieval.copies.shared_store.upload", uploading)
    with pytest.raises((HomeUnusable, ReloadBusy)):
        publish(one, tmp_path / "news", 2)
    assert Served(other).texts == edition(5) == Served(one).texts
