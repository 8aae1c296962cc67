"""The lock of one name on one database: who may have it next, and when."""

import psycopg
import pytest

from corpus.errors import ReloadBusy
from corpus.storage.sql import advisory_lock
from corpus.storage.sql.advisory_lock import AdvisoryLock
from corpus.storage.sql.postgres_server import TimedConnection
from corpus.storage.sql.server_address import ServerAddress
from tests.corpus.storage.sql.connections import connections

BUSY = "another one is under way{who}"


def test_it_is_free_before_its_connection_has_ended(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = ServerAddress(database_url)
    mine, another = AdvisoryLock(address, "news"), AdvisoryLock(address, "news")
    left: list[TimedConnection] = []
    with monkeypatch.context() as never:
        with mine.hold(0, BUSY):
            with pytest.raises(ReloadBusy, match="process"), another.hold(0, BUSY):
                pass
            # A server that is busy hears of a connection's end some time after it.
            never.setattr(TimedConnection, "close", lambda connection: left.append(connection))
        assert mine.holder() is None
    with another.hold(0, BUSY):
        pass
    for connection in left:
        connection.close()
    assert len(left) >= 1


def test_its_connection_is_closed_if_nobody_can_tell_who_has_it(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = ServerAddress(database_url)
    mine, another = AdvisoryLock(address, "news"), AdvisoryLock(address, "news")
    monkeypatch.setattr(advisory_lock, "_HOLDER", "SELECT nothing WHERE %s = ''")
    with mine.hold(0, BUSY):
        with pytest.raises(psycopg.errors.UndefinedColumn) as caught, another.hold(0, BUSY):
            pass
        assert caught.tb is not None  # which keeps the connection from being closed as garbage
        assert connections(database_url, "newsdesk lock", expected=1) == 1
