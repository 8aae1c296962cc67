"""What two processes of a home on a database have of each other's generations and uploads."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.copies.local_home_files import LocalHomeFiles
from bot.copies.shared_home_files import COPIES, STATE, SharedHomeFiles
from corpus.blobs import blob_store as places
from corpus.errors import BlobStoreUnusable, HomeUnusable
from corpus.storage.copies.copies_database import CopiesDatabase
from tests.fault.newsroom import QuickDisk
from tests.retrieval.copies.processes import KINDS, anybody
from tests.retrieval.generations.reports import MODEL, number_served, publish

MakeCopies = Callable[[str], SharedHomeFiles]
"""The copies of the process of that name."""


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "FIRST_PAUSE", 0)


@pytest.fixture(params=KINDS)
def make(request: pytest.FixtureRequest, tmp_path: Path) -> MakeCopies:
    match request.param:
        case "folder":
            (tmp_path / "mounted").mkdir()
            files = str(tmp_path / "mounted")
        case "objects":
            files = request.getfixturevalue("files_address")
        case _:
            files = ""
    return lambda name: copies(tmp_path, name, files)


def copies(root: Path, name: str, files: str = "", database: str = "shared.sqlite3") -> SharedHomeFiles:
    folder = root / name
    folder.mkdir(exist_ok=True)
    return SharedHomeFiles(folder, QuickDisk(), lambda: CopiesDatabase(root / database), files, anybody)


def write(one: SharedHomeFiles, collection: str, name: str, content: bytes) -> Path:
    """Hand a file over, as `keep_upload` does."""
    path = one.uploads / collection / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    one.share_upload(path)
    return path


def test_what_one_process_publishes_another_takes_on(make: MakeCopies) -> None:
    first, second = make("first"), make("second")
    first.synchronize()
    assert second.synchronize() == []
    publish(first.generation_store("news"), 1)
    assert second.synchronize() == ["news"]
    assert second.synchronize() == []
    assert second.collections() == ("news",)
    assert number_served(second.generation_store("news")) == 1


def test_uploads_are_everywhere_and_go_everywhere(make: MakeCopies) -> None:
    first, second = make("first"), make("second")
    path = write(first, "news", "a.txt", b"What was handed over.")
    write(first, "board", "a.txt", b"Something else.")
    second.download_uploads()
    there = second.uploads / "news" / "a.txt"
    assert there.read_bytes() == b"What was handed over."
    assert (second.uploads / "board" / "a.txt").read_bytes() == b"Something else."
    write(second, "news", "a.txt", b"What was corrected.")
    first.download_uploads()
    assert path.read_bytes() == b"What was corrected."
    first.drop_upload(path)
    assert not path.exists()
    second.download_uploads()
    assert not there.exists()
    assert (second.uploads / "board" / "a.txt").exists()


def test_an_upload_that_is_damaged_here_is_fetched_again(make: MakeCopies) -> None:
    first = make("first")
    path = write(first, "news", "a.txt", b"What was handed over.")
    path.write_bytes(b"What was damaged now.")
    first.download_uploads()
    assert path.read_bytes() == b"What was handed over."


def test_what_nothing_needs_goes_at_once_where_it_was_to_be_forgotten(make: MakeCopies) -> None:
    first, second = make("first"), make("second")
    publish(first.generation_store("news"), 1)
    kept = write(first, "news", "kept.txt", b"What stays.")
    path = write(first, "news", "a.txt", b"What was to be forgotten.")
    first.drop_upload(path)
    first.drop_unused()
    assert b"What was to be forgotten." in shared_bytes(first)
    first.drop_unused(at_once=True)
    assert b"What was to be forgotten." not in shared_bytes(first)
    second.download_uploads()
    assert (second.uploads / "news" / kept.name).read_bytes() == b"What stays."
    second.synchronize()
    assert number_served(second.generation_store("news")) == 1


def shared_bytes(one: SharedHomeFiles) -> bytes:
    """All that the blob store holds."""
    blobs = one._blobs
    return b"".join(piece for file in blobs.list() for piece in blobs.get(file.name))


def test_where_something_was_forgotten_every_process_erases_what_it_fetched_for_itself(
    make: MakeCopies,
) -> None:
    first, second, third = make("first"), make("second"), make("third")
    for one in (first, second):
        one.synchronize()
        (one.uploads.parent / "fetched").mkdir()
    first.request_cache_erasure()
    for one in (first, second, third):
        one.synchronize()
    assert (first.uploads.parent / "fetched").exists()  # it erased there what was to be
    assert not (second.uploads.parent / "fetched").exists()
    (second.uploads.parent / "fetched").mkdir()
    for name in ("second", "third"):
        make(name).synchronize()
    assert (second.uploads.parent / "fetched").exists()


def test_of_another_home_no_copy_stays(tmp_path: Path) -> None:
    one = copies(tmp_path, "first")
    publish(one.generation_store("news"), 1)
    one.synchronize()
    write(one, "news", "a.txt", b"Of the one home.")
    other = copies(tmp_path, "first", database="other.sqlite3")
    other.synchronize()
    assert other.collections() == ()
    assert not any((tmp_path / "first" / name).exists() for name in COPIES)
    one.synchronize()
    one.download_uploads()
    assert number_served(one.generation_store("news")) == 1
    assert (one.uploads / "news" / "a.txt").exists()


def test_with_the_database_away_what_is_here_is_served(tmp_path: Path) -> None:
    here = True

    def database() -> CopiesDatabase:
        if not here:
            raise HomeUnusable("the database is away: wait")
        return CopiesDatabase(tmp_path / "shared.sqlite3")

    one = SharedHomeFiles(tmp_path / "first", QuickDisk(), database, "", anybody)
    (tmp_path / "first").mkdir()
    one.synchronize()
    publish(one.generation_store("news"), 1)
    here = False
    again = SharedHomeFiles(tmp_path / "first", QuickDisk(), database, "", anybody)
    with pytest.raises(HomeUnusable, match="the database is away"):
        again.synchronize()
    assert again.collections() == ("news",)
    assert number_served(again.generation_store("news")) == 1
    with pytest.raises(HomeUnusable, match="the database is away"):
        again.download_uploads()


def test_a_state_that_is_damaged_is_made_again_and_nothing_goes(tmp_path: Path) -> None:
    one = copies(tmp_path, "first")
    one.synchronize()
    publish(one.generation_store("news"), 1)
    (tmp_path / "first" / STATE).write_text("damaged")
    copies(tmp_path, "first").synchronize()
    assert number_served(one.generation_store("news")) == 1
    assert "home" in (tmp_path / "first" / STATE).read_text()


def test_a_place_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    one = copies(tmp_path, "first", files=str(tmp_path / "nowhere"))
    with pytest.raises(BlobStoreUnusable, match="nowhere can't be used"):
        publish(one.generation_store("news"), 1)
    assert one.collections() == ()


def test_locations_of_uploads_are_the_same_on_every_machine(tmp_path: Path) -> None:
    first, second = copies(tmp_path, "first"), copies(tmp_path, "second")
    path = str(first.uploads / "news" / "a.txt")
    assert first.to_stored(path) == "upload:news/a.txt"
    assert second.to_local("upload:news/a.txt") == str(second.uploads / "news" / "a.txt")
    for location in ("https://example.org/feed", "/somewhere/else.txt", str(tmp_path / "first-uploads")):
        assert first.to_stored(location) == location == first.to_local(location)


def test_what_is_not_on_this_machine_may_be_on_another(tmp_path: Path) -> None:
    one = copies(tmp_path, "first")
    assert one.is_elsewhere(str(tmp_path / "missing.txt"))
    assert not one.is_elsewhere(str(tmp_path))
    assert not one.is_elsewhere("https://example.org/missing.txt")


def test_a_home_in_a_folder_shares_nothing(tmp_path: Path) -> None:
    one = LocalHomeFiles(tmp_path, QuickDisk())
    publish(one.generation_store("news"), 1)
    (tmp_path / "uploads").mkdir()
    (tmp_path / "uploads" / "a.txt").write_text("x")
    one.download_uploads()
    one.share_upload(tmp_path / "uploads" / "a.txt")
    one.drop_unused(at_once=True)
    one.request_cache_erasure()
    assert one.synchronize() == []
    assert one.to_local("x") == one.to_stored("x") == "x"
    assert not one.is_elsewhere("missing")
    assert one.generation_store("news").serves(MODEL)
    assert one.generation_store("news").open(MODEL, frozenset()).refused == ()
    one.drop_upload(tmp_path / "uploads" / "a.txt")
    assert {path.name for path in tmp_path.iterdir()} == {"collections", "uploads"}
