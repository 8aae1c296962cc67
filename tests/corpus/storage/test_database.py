"""What every SQLite file of ours does; what is in them is tested with the two stores."""

import dataclasses
import threading
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, ResourceClosedError

import corpus.storage.sql.backend
from corpus.errors import HomeUnusable, ReloadBusy, StoreUnusable
from corpus.storage.database import Database
from corpus.storage.sql.table_schema import Schema

MAPS = "CREATE TABLE maps (place TEXT PRIMARY KEY) STRICT;"


class Cupboard(Database):
    """A database with one table."""

    schema = Schema(
        name="cupboard",
        format=1,
        tables="CREATE TABLE IF NOT EXISTS books (title TEXT PRIMARY KEY) STRICT;",
        busy="somebody is reading at {path}: wait",
        damaged="buy another one",
    )

    def add(self, title: object) -> bool:
        """Whether it was not there."""
        return self.write("INSERT OR IGNORE INTO books VALUES (?)", (title,))

    def add_all(self, *titles: str) -> None:
        """Many at once."""
        self.write_many("INSERT INTO books VALUES (?)", [(title,) for title in titles])

    def titles(self) -> list[str]:
        """All of them, sorted."""
        return [title for (title,) in self.rows("SELECT title FROM books ORDER BY title")]


class Catalogue(Cupboard):
    """The same two versions later, with a table and a column more."""

    schema = Schema(
        name="cupboard",
        format=3,
        tables=f"CREATE TABLE books (title TEXT PRIMARY KEY, author TEXT NOT NULL DEFAULT ';') STRICT;{MAPS}",
        busy=Cupboard.schema.busy,
        damaged=Cupboard.schema.damaged,
        migrations={
            1: MAPS,
            2: "ALTER TABLE books ADD COLUMN author TEXT NOT NULL DEFAULT ';'; -- nobody",
        },
    )

    def authors(self) -> dict[str, str]:
        """Who wrote what."""
        return dict(self.rows("SELECT title, author FROM books"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shelf.sqlite3"


def test_what_was_written_is_there_when_the_file_is_opened_again(path: Path) -> None:
    with Cupboard(path) as cupboard:
        assert cupboard.add("Emma")
        assert not cupboard.add("Emma")
        cupboard.add_all("Dracula", "Kim")
    with Cupboard(path) as cupboard:
        assert cupboard.titles() == ["Dracula", "Emma", "Kim"]
        assert cupboard.check() is None


def test_a_file_goes_through_every_format_that_lies_between_and_its_new_columns_are_there(path: Path) -> None:
    with Cupboard(path) as cupboard:
        cupboard.add("Emma")
    with Catalogue(path) as catalogue:
        assert catalogue.authors() == {"Emma": ";"}
        assert catalogue.rows("PRAGMA user_version") == [(3,)]
        assert catalogue.rows("SELECT * FROM maps") == []
    with pytest.raises(StoreUnusable, match=r"store format 3, this one knows 1\): update Newsdesk"):
        Cupboard(path)
    assert [left.name for left in path.parent.iterdir()] == [path.name], "it was left open"
    with Catalogue(path) as catalogue:
        assert catalogue.authors() == {"Emma": ";"}


def _migrating(migrations: dict[int, str]) -> type[Catalogue]:
    class Other(Catalogue):
        schema = dataclasses.replace(Catalogue.schema, migrations=migrations)

    return Other


def test_a_format_that_nothing_leads_on_from_is_refused_and_the_file_stays_as_it_is(path: Path) -> None:
    with Cupboard(path) as cupboard:
        cupboard.add("Emma")
    with pytest.raises(StoreUnusable, match=r"store format 1, and there is no way from 2 to 3: buy another"):
        _migrating({1: MAPS})(path)
    with Cupboard(path) as cupboard:
        assert cupboard.titles() == ["Emma"]
        assert cupboard.rows("SELECT name FROM sqlite_schema WHERE type = 'table'") == [("books",)]


def test_a_migration_that_leaves_other_columns_than_a_new_file_has_is_refused_and_undone(path: Path) -> None:
    """What was true of a column that was only added to the tables of new files."""
    Cupboard(path).close()
    forgetful = _migrating({1: MAPS, 2: "SELECT 1;"})
    with pytest.raises(StoreUnusable, match=r"other columns than its store format 1 says \(in books\)"):
        forgetful(path)
    with Cupboard(path) as cupboard:
        assert cupboard.rows("PRAGMA user_version") == [(1,)]


def test_a_migration_that_fails_half_way_changes_nothing(path: Path) -> None:
    Cupboard(path).close()
    broken = _migrating({1: f"{MAPS} SELECT * FROM nowhere;", 2: "SELECT 1;"})
    with pytest.raises(HomeUnusable, match="no such table: nowhere"):
        broken(path)
    with Cupboard(path) as cupboard:
        assert cupboard.rows("SELECT name FROM sqlite_schema WHERE type = 'table'") == [("books",)]


def test_two_processes_that_open_an_old_file_at_once_migrate_it_once(path: Path) -> None:
    Cupboard(path).close()
    outcomes: list[object] = []

    def opens() -> None:
        try:
            with Catalogue(path) as catalogue:
                outcomes.append(catalogue.rows("PRAGMA user_version"))
        except Exception as error:  # noqa: BLE001 - is looked at below
            outcomes.append(error)

    threads = [threading.Thread(target=opens) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [[(3,)]] * 8


def test_writes_are_durable_before_they_return(path: Path) -> None:
    with Cupboard(path) as cupboard:
        assert cupboard.rows("PRAGMA journal_mode") == [("wal",)]
        assert cupboard.rows("PRAGMA synchronous") == [(2,)]  # FULL: the log is synced with each of them


@pytest.mark.parametrize("last", ["Emma", "Dracula"], ids=["given up", "refused"])
def test_a_transaction_is_all_or_nothing(path: Path, last: str) -> None:
    def give_up(cupboard: Cupboard) -> None:
        with cupboard.transaction():
            cupboard.add("Dracula")
            cupboard.add_all("Kim", last)
            raise KeyboardInterrupt

    with Cupboard(path) as cupboard:
        with pytest.raises((KeyboardInterrupt, StoreUnusable, IntegrityError)):
            give_up(cupboard)
        assert cupboard.titles() == []
        with cupboard.transaction():
            cupboard.add("Emma")
        assert cupboard.titles() == ["Emma"]


def test_a_writer_that_waits_too_long_for_another_is_told_in_the_schemas_words(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus.storage.sql.backend, "BUSY_SECONDS", 0.05)
    with Cupboard(path) as first, Cupboard(path) as second, first.transaction():
        first.add("Emma")
        with pytest.raises(ReloadBusy) as caught:
            second.add("Kim")
        assert str(caught.value) == f"somebody is reading at {path}: wait"
        assert second.titles() == []  # reading waits for nobody


def test_a_writer_waits_for_a_short_one(path: Path) -> None:
    with Cupboard(path) as first, Cupboard(path) as second:
        with first.transaction():
            first.add("Emma")
            waiting = threading.Thread(target=second.add, args=("Kim",))
            waiting.start()
            waiting.join(0.05)
            assert waiting.is_alive()
        waiting.join(5)
        assert first.titles() == ["Emma", "Kim"]


def test_one_thread_after_the_other_may_use_it(path: Path) -> None:
    with Cupboard(path) as cupboard:
        for title in ("Emma", "Kim"):
            thread = threading.Thread(target=cupboard.add, args=(title,))
            thread.start()
            thread.join()
        assert cupboard.titles() == ["Emma", "Kim"]


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 4080])
def test_a_damaged_file_is_refused_in_one_line_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreUnusable, match="buy another one") as caught:
        Cupboard(path)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == content


@pytest.mark.parametrize("place", ["folder", "file/shelf.sqlite3", "missing/shelf.sqlite3"])
def test_a_place_that_can_hold_no_file_is_said_in_one_line(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(HomeUnusable, match="make sure that its folder exists") as caught:
        Cupboard(tmp_path / place)
    assert "\n" not in str(caught.value)


def test_a_full_disk_is_said_and_loses_nothing(path: Path) -> None:
    with Cupboard(path) as cupboard:
        cupboard.add("Emma")
        pages = cupboard.rows("PRAGMA page_count")[0][0]
        cupboard.rows(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(HomeUnusable, match=r"full.*has space"):
            cupboard.add("K" * 100_000)
        assert cupboard.titles() == ["Emma"]
        assert cupboard.check() is None


def test_damage_in_the_middle_is_found_by_the_check(path: Path) -> None:
    with Cupboard(path) as cupboard, cupboard.transaction():
        cupboard.add_all(*(f"{number:04} {'x' * 200}" for number in range(200)))
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 4096] = b"\x5a" * 4096
    path.write_bytes(content)
    with Cupboard(path) as cupboard:
        try:
            found = cupboard.check()
        except StoreUnusable as error:  # the check came no further
            found = str(error)
        assert found
        assert "malformed" in found or "page" in found.lower()
        assert "\n" not in found


def test_a_closed_database_keeps_no_file_open(path: Path) -> None:
    with Cupboard(path) as cupboard:
        cupboard.add("Emma")
    with pytest.raises(ResourceClosedError, match="closed"):
        cupboard.titles()
    assert [left.name for left in path.parent.iterdir()] == [path.name]  # no -wal, no -shm


class BroadShelves(Cupboard):
    """The same with larger pages."""

    schema = dataclasses.replace(Cupboard.schema, page_size=16_384)


def _page_size(cupboard: Cupboard) -> int:
    [(size,)] = cupboard.rows("PRAGMA page_size")
    return int(size)


def test_a_new_file_has_the_page_size_of_its_schema(tmp_path: Path) -> None:
    """Sizes that are not SQLite's own are asked for before the file has a page."""
    with BroadShelves(tmp_path / "books") as cupboard:
        cupboard.add("Emma")
        assert _page_size(cupboard) == 16_384
    with BroadShelves(tmp_path / "books") as cupboard:
        assert _page_size(cupboard) == 16_384


def test_vacuum_gives_an_earlier_releases_file_the_page_size_of_new_ones(tmp_path: Path) -> None:
    """Its content stays, and it is in WAL mode as before."""
    with Cupboard(tmp_path / "books") as cupboard:
        cupboard.add_all(*(f"volume {number:04}" for number in range(2_000)))
    with BroadShelves(tmp_path / "books") as cupboard:
        assert _page_size(cupboard) == 4_096
        cupboard.rows("CREATE TEMPORARY TABLE lent (title TEXT)")
        cupboard.vacuum()
        assert _page_size(cupboard) == 16_384
        assert cupboard.rows("PRAGMA journal_mode") == [("wal",)]
        assert cupboard.titles() == [f"volume {number:04}" for number in range(2_000)]
        assert cupboard.check() is None


def test_vacuum_leaves_the_page_size_of_a_file_that_another_process_has_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It can change only if nobody else has the file open; the next VACUUM tries again."""
    monkeypatch.setattr(corpus.storage.sql.backend, "BUSY_SECONDS", 0.2)
    with Cupboard(tmp_path / "books") as other, BroadShelves(tmp_path / "books") as cupboard:
        other.add("Emma")
        cupboard.vacuum()
        assert _page_size(cupboard) == 4_096
        other.close()
        cupboard.vacuum()
        assert (_page_size(cupboard), cupboard.titles()) == (16_384, ["Emma"])
