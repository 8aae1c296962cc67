"""Two processes, each with a folder of its own, on one database."""

import os
import re
import socket
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.corpus_admin.home import Home
from bot.corpus_admin.shared_home.database_home import DatabaseHome
from corpus.errors import DatabaseAway, ReloadBusy
from corpus.storage.sql.server_address import ServerAddress
from corpus.storage.store_records import Source
from tests.bot.conftest import Call
from tests.fault.newsroom import QuickDisk

KILL = "pg_terminate_backend(pid) FROM pg_stat_activity"
Homes = tuple[DatabaseHome, DatabaseHome]


@pytest.fixture
def homes(database_url: str, tmp_path: Path) -> Homes:
    address = ServerAddress(database_url)
    return DatabaseHome(tmp_path / "one", address), DatabaseHome(tmp_path / "other", address)


def test_what_one_registers_and_takes_out_the_other_knows(homes: Homes) -> None:
    one, other = homes
    assert one.withdrawn.all() == {}
    with one.store() as store:
        store.add_source(Source("news", "/a"))
        store.set_mark("m", "v")
    with other.store() as store:
        assert store.sources() == [Source("news", "/a")]
        assert store.mark("m") == "v"
    other.withdrawn.add("news", "gone")
    assert one.withdrawn.of("news") == {"gone"}
    assert {path.name for path in one.root.iterdir()} <= {"withdrawn.json", "format.json", "reload.lock"}


def test_who_comes_too_late_is_told_who_changes_the_corpus(homes: Homes) -> None:
    one, other = homes
    with one.locked(), pytest.raises(ReloadBusy) as caught, other.locked():
        pass
    who = re.escape(f"(process {os.getpid()} on {socket.gethostname()}, since ")
    assert re.fullmatch(
        f"another reload is under way {who}.* UTC\\): wait until it ends, .*", str(caught.value)
    )


def test_where_it_is_and_who_changes_it_is_told_without_a_password(
    call: Call, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Home(Path(".newsdesk"), QuickDisk()).store():
        pass
    assert call("corpus", "status", "--json").row["database"] is None
    monkeypatch.setenv("NEWSDESK_DATABASE", database_url.replace("newsdesk@", "newsdesk:hidden@"))
    article = tmp_path / "a.md"
    article.write_text("# A bridge\n\nThe old bridge over the Elbe was closed after the storm.\n")
    assert call("corpus", "add", str(article)).status == 0
    row = call("corpus", "status", "--json").row
    assert re.fullmatch(r"the database newsdesk_\w+ on 127.0.0.1", row["database"]["name"])
    assert row["database"]["served"] == {"news": row["collections"]["news"]["current"]}
    assert row["database"]["changed_by"] is None
    assert "; nobody changes it now\n  serves news from " in call("corpus", "status").out
    with DatabaseHome(tmp_path / "other", ServerAddress(database_url)).locked():
        shown = call("corpus", "status")
    assert f"; changed by process {os.getpid()} on {socket.gethostname()} since 20" in shown.out
    assert "hidden" not in shown.out + shown.err


def test_who_waits_gets_the_lock_when_it_is_free(homes: Homes) -> None:
    one, other = homes
    got = threading.Event()

    def wait() -> None:
        with other.locked(10):
            got.set()

    with one.locked():
        waiting = threading.Thread(target=wait)
        waiting.start()
        assert not got.wait(0.1)
    waiting.join(10)
    assert got.is_set()


def test_a_lock_whose_connection_is_lost_is_free_and_its_holder_learns_of_it(homes: Homes) -> None:
    one, other = homes
    with one.locked():
        one.reload_lock.check()
        with other.store() as store:  # as where the process was killed
            store.rows(text(f"SELECT {KILL} WHERE application_name LIKE 'newsdesk lock %'"))
        with other.locked(5):
            pass
        with pytest.raises(DatabaseAway, match="and the lock with it"):
            one.reload_lock.check()


def test_what_was_taken_out_stays_out_while_the_server_is_away(homes: Homes, tmp_path: Path) -> None:
    one, _ = homes
    one.withdrawn.add("news", "gone")
    assert one.withdrawn.of("news") == {"gone"}
    nowhere = ServerAddress("postgresql://newsdesk@127.0.0.1:1/nothing")
    away = DatabaseHome(one.root.parent, nowhere)
    assert away.withdrawn.of("news") == {"gone"}
    with pytest.raises(DatabaseAway, match="see whether it runs"):
        away.withdrawn.add("news", "more")
    with pytest.raises(DatabaseAway):
        DatabaseHome(tmp_path / "new", nowhere).withdrawn.all()
    with pytest.raises(DatabaseAway), away.locked():
        pass
