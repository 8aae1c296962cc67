"""The connection that listens for notifications."""

import psycopg
import pytest

from corpus.storage.sql import listener
from corpus.storage.sql.listener import Listener
from corpus.storage.sql.server_address import ServerAddress
from tests.corpus.storage.sql.connections import connections

NAME = "newsdesk listening"


def test_its_connection_is_closed_if_it_can_t_listen(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener, "CHANNEL", "")
    with pytest.raises(psycopg.errors.SyntaxError) as caught:
        Listener(ServerAddress(database_url), NAME)
    assert caught.tb is not None  # which keeps the connection from being closed as garbage
    assert connections(database_url, NAME, expected=0) == 0
