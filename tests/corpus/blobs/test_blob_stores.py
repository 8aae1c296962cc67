"""What every place of files promises, held by each of them."""

import hashlib
import random
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from corpus.blobs import blob_store as places
from corpus.blobs.blob_store import PIECE, TRIES, BlobStore, check, download, name_of
from corpus.blobs.database_blobs import DatabaseBlobs
from corpus.blobs.folder_blobs import FolderBlobs
from corpus.blobs.object_blobs import ASKED_ONE_BY_ONE, ObjectBlobs
from corpus.errors import BlobStoreUnusable, FileLost
from corpus.storage.copies.copies_database import CopiesDatabase
from corpus.storage.copies.copies_tables import FILE_PIECES
from corpus.storage.disk import Disk
from corpus.storage.sql.server_address import ServerAddress
from tests.fault.newsroom import QuickDisk
from tools.local_s3 import bucket as bucket_module
from tools.local_s3.bucket import Bucket

NOWHERE = "0" * 64
"""A name that nothing has."""


@pytest.fixture(params=["folder", "objects", "file", "server"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    match request.param:
        case "folder":
            return FolderBlobs(tmp_path, "place", QuickDisk())
        case "objects":
            return ObjectBlobs(request.getfixturevalue("files_address"))
        case "file":
            return DatabaseBlobs(lambda: CopiesDatabase(tmp_path / "blob_store.sqlite3"))
        case _:
            address = ServerAddress(request.getfixturevalue("database_url"))
            return DatabaseBlobs(lambda: CopiesDatabase(address))


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "FIRST_PAUSE", 0)


@pytest.fixture
def kept(blobs: BlobStore, tmp_path: Path) -> tuple[str, bytes]:
    """A file of some pieces that is there, and what it holds."""
    content = bytes(range(256)) * (2 * PIECE // 256) + b"the rest"
    return put(blobs, tmp_path, content), content


def put(blobs: BlobStore, folder: Path, content: bytes) -> str:
    path = folder / "original"
    path.write_bytes(content)
    name = name_of(path)
    blobs.put(name, path)
    path.unlink()
    return name


def test_a_file_comes_back_as_it_was_put(blobs: BlobStore, tmp_path: Path, kept: tuple[str, bytes]) -> None:
    name, content = kept
    assert name == hashlib.sha256(content).hexdigest()
    assert download(blobs, name, tmp_path / "copy", QuickDisk()) == len(content)
    assert (tmp_path / "copy").read_bytes() == content
    assert [path.name for path in tmp_path.glob("*.part")] == []
    check(blobs, name)


def test_an_empty_file_is_one_too(blobs: BlobStore, tmp_path: Path) -> None:
    name = put(blobs, tmp_path, b"")
    assert download(blobs, name, tmp_path / "copy", QuickDisk()) == 0
    assert (tmp_path / "copy").read_bytes() == b""


def test_what_is_there_is_listed_with_size_and_time(
    blobs: BlobStore, tmp_path: Path, kept: tuple[str, bytes]
) -> None:
    small = put(blobs, tmp_path, b"small")
    found = {one.name: one for one in blobs.list()}
    assert {one.name: one.size for one in found.values()} == {kept[0]: len(kept[1]), small: 5}
    for one in found.values():
        assert abs(one.stored - datetime.now(UTC)) < timedelta(minutes=5)
    assert blobs.has([small, NOWHERE]) == {small}
    many = [f"{number:064}" for number in range(ASKED_ONE_BY_ONE)]
    assert blobs.has([small, *many]) == {small}
    assert blobs.has([]) == set()


def test_an_empty_place_has_nothing(blobs: BlobStore) -> None:
    assert list(blobs.list()) == []
    assert blobs.has([NOWHERE]) == set()
    blobs.delete([NOWHERE])
    blobs.delete([])


def test_what_is_deleted_is_gone(blobs: BlobStore, tmp_path: Path, kept: tuple[str, bytes]) -> None:
    small = put(blobs, tmp_path, b"small")
    blobs.delete([kept[0], NOWHERE])
    assert [one.name for one in blobs.list()] == [small]
    with pytest.raises(FileLost, match=f"{kept[0][:16]} is missing"):
        download(blobs, kept[0], tmp_path / "copy", QuickDisk())
    with pytest.raises(FileLost, match="is missing"):
        check(blobs, kept[0])
    assert not (tmp_path / "copy").exists()


def test_putting_a_file_again_changes_nothing(blobs: BlobStore, tmp_path: Path) -> None:
    names = {put(blobs, tmp_path, b"twice") for _ in range(2)}
    assert {one.name for one in blobs.list()} == names
    check(blobs, *names)


def test_a_damaged_file_is_refused_and_what_was_at_hand_stays(blobs: BlobStore, tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"other")
    blobs.put(NOWHERE, tmp_path / "other")
    (tmp_path / "copy").write_bytes(b"of before")
    with pytest.raises(FileLost, match="is damaged") as caught:
        download(blobs, NOWHERE, tmp_path / "copy", QuickDisk())
    assert "\n" not in str(caught.value)
    assert (tmp_path / "copy").read_bytes() == b"of before"
    assert [path.name for path in tmp_path.glob(".*.part")] == []
    with pytest.raises(FileLost, match="is damaged"):
        check(blobs, NOWHERE)


def test_many_put_and_fetch_the_same_file_at_once(
    blobs: BlobStore, tmp_path: Path, kept: tuple[str, bytes]
) -> None:
    name, content = kept
    failed = list[BaseException]()

    def work(number: int) -> None:
        try:
            original = tmp_path / f"original-{number}"
            original.write_bytes(content)
            blobs.put(name, original)
            download(blobs, name, tmp_path / f"copy-{number}", QuickDisk())
        except BaseException as error:  # noqa: BLE001 - told by the main thread
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert all((tmp_path / f"copy-{number}").read_bytes() == content for number in range(6))
    assert [one.name for one in blobs.list()] == [name]


class Interrupted(FolderBlobs):
    """A folder whose transfers are cut off, or arrive broken, so many times."""

    def __init__(self, folder: Path, times: int, fault: Callable[[bytes], bytes]) -> None:
        super().__init__(folder, "place", QuickDisk())
        self.left, self.fault, self.asked = times, fault, 0

    def get(self, name: str) -> Iterator[bytes]:
        self.asked += 1
        for piece in super().get(name):
            if self.left:
                self.left -= 1
                yield self.fault(piece)
            yield piece


def cut(piece: bytes) -> bytes:
    raise BlobStoreUnusable("the line was cut: try again")


def broken(piece: bytes) -> bytes:
    return b"what nobody had put there"


@pytest.mark.parametrize("fault", [cut, broken])
def test_a_transfer_that_is_cut_or_broken_is_begun_again(
    tmp_path: Path, fault: Callable[[bytes], bytes]
) -> None:
    blobs = Interrupted(tmp_path, TRIES - 1, fault)
    name = put(blobs, tmp_path, b"whole")
    download(blobs, name, tmp_path / "copy", QuickDisk())
    assert (tmp_path / "copy").read_bytes() == b"whole"
    assert blobs.asked == TRIES


@pytest.mark.parametrize(("fault", "error"), [(cut, BlobStoreUnusable), (broken, FileLost)])
def test_after_so_many_tries_it_is_given_up(
    tmp_path: Path, fault: Callable[[bytes], bytes], error: type[Exception]
) -> None:
    blobs = Interrupted(tmp_path, 99, fault)
    name = put(blobs, tmp_path, b"whole")
    with pytest.raises(error):
        download(blobs, name, tmp_path / "copy", QuickDisk())
    assert blobs.asked == TRIES
    assert {path.name for path in tmp_path.iterdir()} == {"place"}


def test_a_full_disk_leaves_nothing_half_done(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path, "place", QuickDisk())
    name = put(blobs, tmp_path, b"whole")

    class FullDisk(QuickDisk):
        def sync(self, path: Path) -> None:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        download(blobs, name, tmp_path / "copy", FullDisk())
    assert {path.name for path in tmp_path.iterdir()} == {"place"}
    (tmp_path / "more").write_bytes(b"more")
    with pytest.raises(BlobStoreUnusable, match=r"can't be used \(No space left on device\)"):
        FolderBlobs(tmp_path, "place", FullDisk()).put(name_of(tmp_path / "more"), tmp_path / "more")
    assert blobs.has([name, name_of(tmp_path / "more")]) == {name}


def test_what_an_upload_that_was_cut_off_left_is_listed_and_can_be_deleted(tmp_path: Path) -> None:
    class CutDisk(QuickDisk):
        def sync(self, path: Path) -> None:
            raise KeyboardInterrupt

    (tmp_path / "more").write_bytes(b"more")
    name = name_of(tmp_path / "more")
    with pytest.raises(KeyboardInterrupt):
        FolderBlobs(tmp_path, "place", CutDisk()).put(name, tmp_path / "more")
    blobs = FolderBlobs(tmp_path, "place", QuickDisk())
    assert blobs.has([name]) == set()
    [left] = blobs.list()
    assert left.name.startswith(name)
    blobs.delete([left.name])
    assert list(blobs.list()) == []


def test_files_in_the_folder_are_their_owners_alone_and_durable(tmp_path: Path) -> None:
    synced = list[str]()

    class WatchedDisk(Disk):
        def sync(self, path: Path) -> None:
            super().sync(path)
            synced.append(path.suffix)

        def sync_folder(self, path: Path) -> None:
            super().sync_folder(path)
            synced.append(path.name)

    name = put(FolderBlobs(tmp_path, "place", WatchedDisk()), tmp_path, b"mine")
    assert synced[-2:] == [".part", name[:2]]
    assert (tmp_path / "place" / name[:2] / name).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "place").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("way", ["missing", "a file"])
def test_a_folder_that_nobody_mounted_is_said_and_never_made(tmp_path: Path, way: str) -> None:
    around = tmp_path / "mounted"
    if way == "a file":
        around.write_text("no folder")
    (tmp_path / "file").write_bytes(b"x")
    blobs = FolderBlobs(around, "place", QuickDisk())
    for act in (
        lambda: blobs.put(NOWHERE, tmp_path / "file"),
        lambda: download(blobs, NOWHERE, tmp_path / "copy", QuickDisk()),
        lambda: blobs.has([NOWHERE]),
        lambda: list(blobs.list()),
        lambda: blobs.delete([NOWHERE]),
    ):
        with pytest.raises(
            BlobStoreUnusable, match=r"mounted can't be used .*mounted, yours to write"
        ) as caught:
            act()
        assert "\n" not in str(caught.value)
    assert not around.is_dir()


def test_a_file_that_lacks_a_piece_in_the_database_is_refused(tmp_path: Path) -> None:
    def opened() -> CopiesDatabase:
        return CopiesDatabase(tmp_path / "blob_store.sqlite3")

    blobs = DatabaseBlobs(opened)
    name = put(blobs, tmp_path, bytes(5 * PIECE))
    with opened() as database:
        database.write(delete(FILE_PIECES).where(FILE_PIECES.c.number == 1))
    with pytest.raises(FileLost, match="is not whole"):
        download(blobs, name, tmp_path / "copy", QuickDisk())
    assert not (tmp_path / "copy").exists()


def test_a_database_that_is_away_is_a_place_that_is_away(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    blobs = DatabaseBlobs(lambda: CopiesDatabase(tmp_path / "missing" / "blob_store.sqlite3"))
    for act in (
        lambda: blobs.put(NOWHERE, tmp_path / "file"),
        lambda: download(blobs, NOWHERE, tmp_path / "copy", QuickDisk()),
        lambda: blobs.has([NOWHERE]),
        lambda: list(blobs.list()),
        lambda: blobs.delete([NOWHERE]),
    ):
        with pytest.raises(BlobStoreUnusable):
            act()


def test_an_object_store_that_is_away_or_has_no_such_bucket_is_said_in_one_line(
    files_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x")

    def said(address: str) -> list[str]:
        blobs, found = ObjectBlobs(address), []
        for act in (
            lambda: blobs.put(NOWHERE, path),
            lambda: download(blobs, NOWHERE, tmp_path / "copy", QuickDisk()),
            lambda: list(blobs.list()),
            lambda: blobs.delete([NOWHERE]),
        ):
            with pytest.raises(BlobStoreUnusable) as caught:
                act()
            found.append(str(caught.value))
        return found

    with Bucket() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        there = said("s3://elsewhere/prefix")
        server.stop()
        away = said("s3://newsdesk/prefix")
    assert all("NEWSDESK_FILES" in one and "\n" not in one and len(one) < 500 for one in (*there, *away))


def test_an_object_store_that_fails_for_a_moment_is_asked_again(
    bucket: Bucket, files_address: str, tmp_path: Path
) -> None:
    blobs = ObjectBlobs(files_address)
    name = put(blobs, tmp_path, b"whole")
    bucket.failing = 2
    download(blobs, name, tmp_path / "copy", QuickDisk())
    assert (tmp_path / "copy").read_bytes() == b"whole"
    assert bucket.failing == 0


def test_a_file_of_many_parts_and_a_listing_of_many_pages_are_whole(
    files_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bucket_module, "PAGE", 2)
    blobs = ObjectBlobs(files_address)
    large = random.Random(16).randbytes(12 * PIECE)
    names = {put(blobs, tmp_path, large), *(put(blobs, tmp_path, bytes([row])) for row in range(4))}
    assert {one.name for one in blobs.list()} == names
    assert download(blobs, max(blobs.list(), key=lambda one: one.size).name, tmp_path / "copy", QuickDisk())
    assert (tmp_path / "copy").read_bytes() == large


def test_a_key_that_is_none_is_said(files_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    with pytest.raises(BlobStoreUnusable, match="AWS_"):
        list(ObjectBlobs(files_address).list())


@pytest.mark.parametrize("address", ["s3://", "nonsense", "http://host/bucket"])
def test_an_address_that_is_none_is_said(address: str) -> None:
    with pytest.raises(BlobStoreUnusable, match="NEWSDESK_FILES"):
        ObjectBlobs(address)
