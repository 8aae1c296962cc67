import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.storage.database import Database
from corpus.storage.disk import Disk
from corpus.storage.private_files import is_open_to_others, tighten
from corpus.storage.sql.table_schema import Schema

pytestmark = pytest.mark.skipif(os.name != "posix", reason="there are no such rights")


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class Notes(Database):
    """A database of one table."""

    schema = Schema(
        name="notes", format=1, tables="CREATE TABLE notes (text TEXT) STRICT;", busy="", damaged=""
    )


@pytest.mark.usefixtures("umask")
def test_what_is_written_is_its_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    disk = Disk()
    disk.make_folder(tmp_path / "folder")
    disk.write(tmp_path / "folder" / "file", b"one")
    assert (rights(tmp_path / "folder"), rights(tmp_path / "folder" / "file")) == (0o700, 0o600)
    with Notes(tmp_path / "notes.sqlite3") as notes:
        notes.write("INSERT INTO notes VALUES ('a')")
        found = {path.name: rights(path) for path in tmp_path.glob("notes.sqlite3*")}
    assert found == dict.fromkeys(("notes.sqlite3", "notes.sqlite3-wal", "notes.sqlite3-shm"), 0o600)


def test_what_was_open_to_others_is_closed_down_to_the_last_file_and_nothing_else(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("mine")
    home = tmp_path / "home"
    (home / "deep").mkdir(parents=True)
    (home / "deep" / "file").write_text("one")
    (home / "deep" / "link").symlink_to(outside)
    for path, mode in (
        (home, 0o755),
        (home / "deep", 0o2775),
        (home / "deep" / "file", 0o644),
        (outside, 0o644),
    ):
        path.chmod(mode)
    tighten([home, tmp_path / "missing"])
    assert [rights(path) for path in (home, home / "deep", home / "deep" / "file")] == [0o700, 0o2700, 0o600]
    assert rights(outside) == 0o644
    assert not is_open_to_others(home)
    assert is_open_to_others(outside)
