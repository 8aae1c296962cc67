"""Tables are brought up to a made-up next revision, and processes of two releases work side by side."""

import dataclasses
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Column, MetaData, Table, insert, select

from bot.chat_store.chat_store import ChatStore
from corpus.errors import StoreUnusable
from corpus.storage.copies.copies_database import CopiesDatabase
from corpus.storage.database import Database, DatabaseLocation
from corpus.storage.sql.columns import STRICT, TEXT
from corpus.storage.sql.revision import Revisions
from corpus.storage.sql.server_address import ServerAddress
from corpus.storage.sql.table_schema import VERSION_LENGTH, Schema
from corpus.storage.store import Store

SCRIPT = '''
"""A revision."""
from alembic import op
import sqlalchemy as sa
revision = "{name}"
down_revision = "{before}"
def upgrade():
    {what}
'''
ADDS = 'op.add_column("books", sa.Column("mood", sa.Text(), nullable=False, server_default="calm"))'
ADDS_MORE = 'op.create_table("moods", sa.Column("name", sa.Text(), primary_key=True), sqlite_strict=True)'
CHANGES = 'op.drop_column("moods", "name") if False else op.drop_table("moods")'


def tables(*, mood: bool, moods: bool = False) -> MetaData:
    """Of a release."""
    made = MetaData()
    more = [Column("mood", TEXT, nullable=False, server_default="calm")] if mood else []
    Table("books", made, Column("title", TEXT, primary_key=True), *more, **STRICT)
    if moods:
        Table("moods", made, Column("name", TEXT, primary_key=True), **STRICT)
    return made


class First(Database):
    """What the first release knows."""

    schema = Schema("shelf", 1, tables(mood=False), "", "buy another")

    def titles(self) -> list[str]:
        """As they are kept."""
        return sorted(title for (title,) in self.rows(select(self.table("books").c.title)))

    def add(self, title: str) -> None:
        """One book."""
        self.write(insert(self.table("books")).values(title=title))

    def table(self, name: str) -> Table:
        """As this release has it."""
        assert isinstance(self.schema.tables, MetaData)
        return self.schema.tables.tables[name]


@pytest.fixture
def releases(tmp_path: Path) -> list[type[First]]:
    """Four, each with a revision more: two that add something, one that takes it away."""
    folder, before = tmp_path / "50% of revisions", ""
    folder.mkdir()
    found = list[type[First]]()
    steps = [
        ("shelf_0001", "pass", tables(mood=False)),
        ("shelf_0002_adds_mood", ADDS, tables(mood=True)),
        ("shelf_0003_adds_moods", ADDS_MORE, tables(mood=True, moods=True)),
        ("shelf_0004_changes_moods", CHANGES, tables(mood=True)),
    ]
    for number, (name, what, made) in enumerate(steps):
        script = SCRIPT.format(name=name, before=before, what=what)
        own = tmp_path / f"release {number}"
        (folder / f"{name}.py").write_text(script.replace('down_revision = ""', "down_revision = None"))
        shutil.copytree(folder, own)
        schema = dataclasses.replace(First.schema, tables=made, revisions=Revisions(own, name))
        found.append(type(f"Release{number}", (First,), {"schema": schema}))
        before = name
    return found


def test_tables_are_brought_up_through_every_revision(
    place: DatabaseLocation, releases: list[type[First]]
) -> None:
    with releases[0](place) as first:
        first.add("Emma")
    for release in (releases[2], releases[3]):
        with release(place) as later:
            assert later.rows(select(later.table("books"))) == [("Emma", "calm")]
    with releases[3](place) as last:
        last.add("Kim")
        assert last.titles() == ["Emma", "Kim"]


def test_a_new_database_is_of_the_newest_revision(
    place: DatabaseLocation, releases: list[type[First]]
) -> None:
    for release in (releases[2], releases[3]):
        with release(place) as opened:
            assert opened.titles() == []


def test_a_process_of_the_release_before_goes_on_with_what_was_only_added(
    place: DatabaseLocation, releases: list[type[First]]
) -> None:
    """So that processes can be brought up one after the other."""
    with releases[0](place) as old, releases[1](place) as new:
        old.add("Emma")
        new.add("Kim")
        assert old.titles() == new.titles() == ["Emma", "Kim"]
        with releases[0](place) as again:
            again.add("Dracula")
        assert new.rows(select(new.table("books").c.mood)) == [("calm",)] * 3


@pytest.mark.parametrize(("old", "new"), [(0, 2), (2, 3)], ids=["two ahead", "something else is changed"])
def test_a_process_that_cant_work_with_a_later_revision_says_what_to_do(
    place: DatabaseLocation, releases: list[type[First]], old: int, new: int
) -> None:
    with releases[new](place) as later:
        later.add("Emma")
    with pytest.raises(StoreUnusable, match=r"by a newer Newsdesk .*shelf_000\d.*: update Newsdesk"):
        releases[old](place)
    with releases[new](place) as later:
        assert later.titles() == ["Emma"]


def test_a_revision_that_fails_changes_nothing(place: DatabaseLocation, releases: list[type[First]]) -> None:
    with releases[0](place) as first:
        first.add("Emma")
    known = releases[1].schema.revisions
    assert known
    script = known.folder / f"{known.newest}.py"
    script.write_text(script.read_text() + "    raise KeyboardInterrupt\n")
    with pytest.raises(KeyboardInterrupt):
        releases[1](place)
    with releases[0](place) as first:
        assert first.titles() == ["Emma"]


def test_a_column_that_no_revision_adds_is_noticed(
    place: DatabaseLocation, releases: list[type[First]]
) -> None:
    releases[0](place).close()

    class Forgetful(First):
        schema = dataclasses.replace(releases[1].schema, tables=tables(mood=True, moods=True))

    with pytest.raises(StoreUnusable, match=r"other columns than .*\(in moods\): buy another"):
        Forgetful(place)


def test_processes_that_start_at_once_bring_the_tables_up_once(
    place: DatabaseLocation, releases: list[type[First]]
) -> None:
    with releases[0](place) as first:
        first.add("Emma")
    outcomes = list[object]()

    def opens() -> None:
        try:
            with releases[2](place) as later:
                outcomes.append(later.titles())
        except Exception as error:  # noqa: BLE001 - is looked at below
            outcomes.append(error)

    threads = [threading.Thread(target=opens) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [["Emma"]] * 4


@pytest.mark.parametrize("store", [Store, ChatStore, CopiesDatabase])
def test_the_scripts_that_ship_are_one_line_to_the_newest_and_are_named_by_the_rule(
    store: type[Database],
) -> None:
    from alembic.script import ScriptDirectory

    from corpus.storage.sql import environment

    known = store.schema.revisions
    assert known
    scripts = ScriptDirectory(environment.__path__[0], version_locations=[str(known.folder)])
    assert scripts.get_heads() == [known.newest]
    names = [one.revision for one in scripts.walk_revisions()]
    assert names[-1] == store.schema.first
    for name in names:
        assert len(name) <= VERSION_LENGTH
        assert (known.folder / f"{name}.py").exists()
    assert [known.compatibility(name) for name in names] == ["current"] + ["older"] * (len(names) - 1)


def test_what_is_no_name_is_beyond_everything(tmp_path: Path) -> None:
    known = Revisions(tmp_path, "shelf_0002_adds_mood")
    for name in ("", "shelf", "shelf_3_adds_x", "shelf_0003", "shelf_0004_adds_x", "shelf_0003_changes"):
        assert known.compatibility(name) == "unknown"
    assert known.compatibility("shelf_0003_adds_x") == "newer, compatible"
    with pytest.raises(ValueError, match="no name"):
        Revisions(tmp_path, "2").compatibility("shelf_0001")


def test_alembic_is_loaded_for_an_upgrade_alone(place: DatabaseLocation) -> None:
    where = (
        f"ServerAddress({place.conninfo!r})" if isinstance(place, ServerAddress) else f"Path({str(place)!r})"
    )
    code = f"""
import sys
from pathlib import Path
from corpus.storage.sql.server_address import ServerAddress
from corpus.storage.store import Store
for _ in range(2):
    Store({where}).close()
assert not [name for name in sys.modules if name.startswith("alembic")]
"""
    subprocess.run([sys.executable, "-c", code], check=True)
