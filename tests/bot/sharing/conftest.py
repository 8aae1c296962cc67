"""Processes on one database, each as it sees the others."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from bot.sharing.peers import Peers
from corpus.storage.sql.server_address import ServerAddress

PATIENCE = 20.0
"""Seconds to wait, on however busy a machine."""


class Heard:
    """What one process was told."""

    def __init__(self) -> None:
        self.kinds: list[frozenset[str]] = []
        self.ends = 0
        self._told = threading.Condition()

    def tell(self, kinds: frozenset[str]) -> None:
        with self._told:
            self.kinds.append(kinds)
            self._told.notify_all()

    def end(self) -> None:
        with self._told:
            self.ends += 1
            self._told.notify_all()

    def until(self, true: Callable[[], bool]) -> None:
        with self._told:
            assert self._told.wait_for(true, PATIENCE)


def until(true: Callable[[], bool]) -> None:
    """Wait until it is so."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


Start = Callable[..., tuple[Peers, Heard]]


@pytest.fixture
def address(database_url: str) -> ServerAddress:
    return ServerAddress(database_url)


@pytest.fixture
def start(address: ServerAddress) -> Iterator[Start]:
    """Starts one, which is stopped after the test."""
    started: list[Peers] = []

    def make(*platforms: str, at: ServerAddress = address) -> tuple[Peers, Heard]:
        heard = Heard()
        peers = Peers(at, platforms or ("Discord",), heard.tell)
        peers.when_one_ends(heard.end)
        peers.start()
        started.append(peers)
        return peers, heard

    yield make
    for one in started:
        one.stop()
