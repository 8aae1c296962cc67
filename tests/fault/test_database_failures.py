"""What goes wrong with a database server, what is said of it, and that all goes on when it is back."""

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import text

from bot.chat_store.chat_store import ChatStore
from corpus.errors import DatabaseAway, HomeUnusable, NewsdeskError, ReloadBusy
from corpus.storage.sql import backend
from corpus.storage.sql.postgres_server import TimedConnection
from corpus.storage.sql.server_address import ServerAddress
from corpus.storage.sql.server_health import look
from corpus.storage.store import Store
from corpus.storage.store_records import Source
from tools.local_postgres.cluster import Cluster

BACK_SECONDS = 20
"""A server that was killed reads its log first; more than that would be no coming back by itself."""


@pytest.fixture(scope="module")
def durable() -> Iterator[Cluster]:
    """A server that the tests kill, stall and start again."""
    with Cluster(durable=True) as started:
        yield started


@pytest.fixture
def address(durable: Cluster) -> Iterator[ServerAddress]:
    with durable.database() as url:
        yield ServerAddress(url)


def one_line(error: BaseException) -> str:
    said = str(error)
    assert "\n" not in said
    return said


def comes_back(store: Store) -> None:
    """A mark is kept again, after as many tries as it takes."""
    deadline = time.monotonic() + BACK_SECONDS
    while True:
        try:
            store.set_mark("back", "yes")
        except DatabaseAway:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return


def end_all(cluster: Cluster) -> None:
    """Let the server end every connection but the one that asks for it, and wait until they are gone."""
    with psycopg.connect(cluster.url, autocommit=True) as own:
        own.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


def test_a_server_that_is_down_at_the_start_is_said_and_found_when_it_is_up(
    durable: Cluster, address: ServerAddress
) -> None:
    durable.stop()
    try:
        begun = time.monotonic()
        for _ in range(3):
            with pytest.raises(DatabaseAway, match=r"database newsdesk_\w+ on 127.*see whether it runs"):
                Store(address)
        assert time.monotonic() - begun < 1
    finally:
        durable.start()
    time.sleep(0.3)
    with Store(address) as store:
        comes_back(store)


def test_what_only_reads_notices_nothing_of_a_dropped_connection(
    durable: Cluster, address: ServerAddress
) -> None:
    with Store(address) as store:
        store.set_mark("a", "b")
        for _ in range(3):
            end_all(durable)
            assert store.mark("a") == "b"
        end_all(durable)
        store.set_mark("a", "c")
        assert store.mark("a") == "c"


def test_a_transaction_whose_connection_is_dropped_is_undone_and_said(
    durable: Cluster, address: ServerAddress
) -> None:
    def drop(store: Store) -> None:
        with store.transaction():
            store.set_mark("a", "lost")
            end_all(durable)
            for name in "bc":  # also where one that failed is not the last
                with pytest.raises(DatabaseAway):
                    store.set_mark(name, "lost")

    with Store(address) as store:
        with pytest.raises(DatabaseAway, match="a bot that runs goes on by itself"):
            drop(store)
        assert store.mark("a") is None
        with store.transaction():
            store.set_mark("a", "kept")
        assert store.mark("a") == "kept"


def test_what_was_acknowledged_is_there_after_the_server_was_killed(
    durable: Cluster, address: ServerAddress
) -> None:
    with Store(address) as store:
        store.add_source(Source("news", "/a"))
        durable.kill()
        with pytest.raises(DatabaseAway):
            store.mark("a")
        durable.start()
        comes_back(store)
        assert store.sources() == [Source("news", "/a")]


def test_a_server_that_stands_still_is_given_up_and_nobody_waits_in_line(
    durable: Cluster, address: ServerAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TimedConnection, "limit", 0.5)
    with Store(address) as store:
        store.set_mark("a", "b")
        durable.stall()
        try:
            begun = time.monotonic()
            with pytest.raises(DatabaseAway, match="nothing came from it for"):
                store.set_mark("a", "c")
            assert time.monotonic() - begun < 2
            with pytest.raises(DatabaseAway):
                store.mark("a")  # connects in vain, for as long as that may take
            begun = time.monotonic()
            for _ in range(10):
                with pytest.raises(DatabaseAway):
                    store.mark("a")
            assert time.monotonic() - begun < 0.1
        finally:
            durable.go_on()
        comes_back(store)
        assert store.mark("a") in ("b", "c")


def test_who_waits_for_a_lock_too_long_is_told_and_the_next_does_not_wait(
    address: ServerAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backend, "BUSY_SECONDS", 0.3)
    with Store(address) as first, Store(address) as second:
        with first.transaction():
            first.set_mark("a", "b")
            for limit in (1.0, 0.25):
                begun = time.monotonic()
                with (
                    pytest.raises(ReloadBusy, match="a reload is writing"),
                    second.transaction(),
                ):
                    pass
                assert time.monotonic() - begun < limit
            assert second.mark("a") is None
        with second.transaction():
            assert second.mark("a") == "b"


def test_one_that_only_reads_answers_and_says_why_nothing_is_written(address: ServerAddress) -> None:
    with Store(address) as store:
        store.set_mark("a", "b")
    only = ServerAddress(f"{address.conninfo}?options=-c%20default_transaction_read_only%3Don")
    with Store(only) as store:
        assert store.mark("a") == "b"
        with pytest.raises(HomeUnusable, match="only reads: name the primary") as caught:
            store.set_mark("a", "c")
        one_line(caught.value)
        assert store.mark("a") == "b"
    assert look(only).only_reads
    assert not look(address).only_reads


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (("/newsdesk_", "/nothing_"), "make the database with `createdb`"),
        (("//newsdesk@", "//nobody:secret@"), "make the user, or name another"),
        (("postgresql://newsdesk", "postgresql://newsdesk@nowhere.invalid"), "NEWSDESK_DATABASE"),
        (("/newsdesk_", "/newsdesk_?nonsense=1&"), "is no address of a PostgreSQL server"),
    ],
)
def test_an_address_that_cant_be_used_is_said_with_what_to_do_and_without_the_password(
    address: ServerAddress, changed: tuple[str, str], said: str
) -> None:
    with pytest.raises(HomeUnusable) as caught:
        Store(ServerAddress(address.conninfo.replace(*changed)))
    assert said in one_line(caught.value)
    assert "secret" not in str(caught.value)


def test_a_full_disk_is_said_and_loses_nothing(durable: Cluster, address: ServerAddress) -> None:
    """Four megabytes below the vectors, which only root may mount: others have the test below."""
    if os.geteuid():
        return
    place = durable.root / "small"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m,mode=0777", "newsdesk", str(place)], check=True)
    try:
        inside = place / "tables"
        inside.mkdir()
        shutil.chown(inside, 65534, 65534)
        with psycopg.connect(address.conninfo, autocommit=True) as own:
            own.execute(f"CREATE TABLESPACE small LOCATION '{inside}'")
        with Store(address) as store:
            store.set_mark("a", "b")
            store.rows(text("ALTER TABLE vectors SET TABLESPACE small"))
            made = [(row.to_bytes(32, "big"), os.urandom(1500)) for row in range(5000)]
            with pytest.raises(HomeUnusable, match="its disk is full: make space") as caught:
                store.save_vectors("m", made)
            one_line(caught.value)
            assert store.vectors("m", [made[0][0]]) == {}
            subprocess.run(["mount", "-o", "remount,size=64m", str(place)], check=True)
            store.save_vectors("m", made)
            assert store.vectors("m", [made[0][0]]) == dict(made[:1])
            assert store.mark("a") == "b"
            store.rows(text("DROP TABLE vectors"))
        with psycopg.connect(address.conninfo, autocommit=True) as own:
            own.execute("DROP TABLESPACE small")
    finally:
        subprocess.run(["umount", str(place)], check=True)


def say_full(address: ServerAddress) -> None:
    """The same error without a disk."""
    with Store(address) as store, psycopg.connect(address.conninfo, autocommit=True) as own:
        own.execute(
            "CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RAISE 'No space left on device' USING ERRCODE = '53100'; END$$"
        )
        own.execute("CREATE TRIGGER full_disk BEFORE INSERT ON vectors EXECUTE FUNCTION no_space()")
        with pytest.raises(HomeUnusable, match="its disk is full: make space") as caught:
            store.save_vectors("m", [(b"key", b"vector")])
        one_line(caught.value)
        assert store.vectors("m", [b"key"]) == {}
        own.execute("DROP TRIGGER full_disk ON vectors")
        store.save_vectors("m", [(b"key", b"vector")])
        assert store.vectors("m", [b"key"]) == {b"key": b"vector"}


def test_the_error_of_a_full_disk_is_told_without_one_too(address: ServerAddress) -> None:
    say_full(address)


def test_nothing_acknowledged_is_lost_where_a_synchronous_standby_takes_over() -> None:
    """The primary is killed while two threads write; they find the promoted standby by themselves."""
    primary = Cluster(durable=True, settings={"synchronous_standby_names": "*", "wal_level": "replica"})
    with primary:
        with psycopg.connect(primary.url, autocommit=True) as own:
            own.execute("SET synchronous_commit = local")
            own.execute("SELECT pg_create_physical_replication_slot('standby')")
        standby = replica_of(primary)
        hosts = f"127.0.0.1:{primary.port},127.0.0.1:{standby.port}"
        address = ServerAddress(f"postgresql://newsdesk@{hosts}/postgres?target_session_attrs=read-write")
        try:
            writers = [Writer(address, name) for name in "ab"]
            for one in writers:
                one.start()
            for one in writers:
                one.wait_for(20)
            primary.kill()
            killed = {one.name: one.acknowledged for one in writers}
            standby.run("pg_ctl", "--pgdata", str(standby.data), "--wait", "promote")
            with psycopg.connect(standby.url, autocommit=True) as own:
                own.execute("ALTER SYSTEM SET synchronous_standby_names = ''")
                own.execute("SELECT pg_reload_conf()")
            for one in writers:
                one.wait_for(killed[one.name] + 20)
                one.stop()
            with ChatStore(address) as chats, Store(address) as store:
                for one in writers:
                    assert one.lost(chats, store) == []
        finally:
            standby.close()


def replica_of(primary: Cluster) -> Cluster:
    """A running standby; it is a copy, so it is not made as others are."""
    standby = Cluster.__new__(Cluster)
    made = Cluster(durable=True)
    made.stop()
    shutil.rmtree(made.data)
    standby.__dict__.update(made.__dict__)
    standby.run(
        *("pg_basebackup", "--pgdata", str(standby.data), "--checkpoint=fast", "--write-recovery-conf"),
        *("--slot", "standby", "--dbname", primary.url),
    )
    standby.start()
    return standby


class Writer(threading.Thread):
    """Writes one mark and one note after the other, and counts those that were acknowledged."""

    def __init__(self, address: ServerAddress, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self._address = address
        self._ended = threading.Event()
        self.acknowledged = 0

    def run(self) -> None:
        """Until it is stopped; what is not acknowledged is written again."""
        with ChatStore(self._address) as chats, Store(self._address) as store:
            while not self._ended.is_set():
                number = self.acknowledged
                try:
                    chats.notes.put(f"{self.name}{number}", str(number))
                    store.record("act", self.name, f"{number}", {})
                except NewsdeskError:
                    time.sleep(0.05)
                else:
                    self.acknowledged = number + 1

    def wait_for(self, number: int) -> None:
        """Until so many were acknowledged."""
        deadline = time.monotonic() + BACK_SECONDS
        while self.acknowledged < number:
            assert time.monotonic() < deadline, f"{self.acknowledged} of {number}"
            time.sleep(0.02)

    def stop(self) -> None:
        """After the write that is under way."""
        self._ended.set()
        self.join()

    def lost(self, chats: ChatStore, store: Store) -> list[int]:
        """What was acknowledged and is not there."""
        told = {event.generation for event in store.history(1_000_000) if event.collection == self.name}
        return [
            number
            for number in range(self.acknowledged)
            if str(number) not in told or chats.notes.get(f"{self.name}{number}") != str(number)
        ]
