"""`kill -9` at random moments of what changes a home on a database: every other process serves the old corpus
or the new one, whole, and the next change finds the lock free."""

import random
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from bot.corpus_admin.shared_home.database_home import DatabaseHome
from bot.moving.move import move
from corpus.storage.sql.server_address import ServerAddress
from corpus.storage.store_records import Source
from retrieval.models.embedder import HashEmbedder
from tests.fault.forked import PATIENCE, fork
from tests.fault.newsroom import (
    COLLECTION,
    edition,
    new_home,
    no_progress,
    open_desk,
    problems,
    publish,
    register,
    served,
    write_edition,
)

KILLS = 4
LONGEST = 0.6
"""Seconds until the kill at the most: two to three reloads."""


def reload_for_ever(say: Connection, root: Path, address: str, sources: Path) -> None:
    """Publish edition after edition, and say of each when it is begun and done."""
    home, number = DatabaseHome(root, ServerAddress(address)), 1
    while True:
        write_edition(sources, number)
        say.send(("begin", number))
        reload(home, HashEmbedder, progress=no_progress)
        say.send(("done", number))
        number += 1


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_kill_leaves_the_old_corpus_or_the_new_one_whole_for_all(
    tmp_path: Path, database_url: str, seed: int
) -> None:
    address = ServerAddress(database_url)
    register(DatabaseHome(tmp_path / "builder", address), Source(COLLECTION, str(tmp_path / "news")))
    publish(DatabaseHome(tmp_path / "builder", address), tmp_path / "news", 0)
    child, saying = fork(reload_for_ever, tmp_path / "builder", database_url, tmp_path / "news")
    assert saying.poll(PATIENCE)
    said = [saying.recv()]
    time.sleep(random.Random(seed).uniform(0, LONGEST))
    child.kill()
    child.join(PATIENCE)
    with saying, suppress(EOFError):
        while True:
            said.append(saying.recv())
    done = max((number for word, number in said if word == "done"), default=0)
    begun = max(number for word, number in said if word == "begin")
    other = DatabaseHome(tmp_path / "other", address)
    desk, notices = open_desk(other)
    assert notices == []
    assert served(other) in (edition(done), edition(begun))
    again = DatabaseHome(tmp_path / "builder", address)
    with again.locked(PATIENCE):  # free as soon as the server has seen that the connection ended
        assert served(again) == served(other)
        assert problems(again) == []
        publish(again, tmp_path / "news", begun + 1)
    assert desk.refresh()
    assert served(other) == edition(begun + 1)
    assert problems(other) == []


def move_once(say: Connection, root: Path, address: str, source: Path) -> None:
    say.send("begin")
    move(Home(source), DatabaseHome(root, ServerAddress(address)), no_progress)


def test_a_move_that_is_killed_again_and_again_is_finished(tmp_path: Path, database_url: str) -> None:
    source = new_home(tmp_path / "source", tmp_path / "news")
    for number in range(3):
        publish(source, tmp_path / "news", number)
    chance = random.Random(16)
    killed = 0
    for _ in range(KILLS):
        child, saying = fork(move_once, tmp_path / "mover", database_url, source.root)
        with saying:
            assert saying.poll(PATIENCE)
            saying.recv()
            time.sleep(chance.uniform(0, LONGEST))
            killed += child.is_alive()
            child.kill()
            child.join(PATIENCE)
    assert killed
    target = DatabaseHome(tmp_path / "mover", ServerAddress(database_url))
    with target.locked(PATIENCE):
        pass
    move(source, target, no_progress)
    other = DatabaseHome(tmp_path / "other", ServerAddress(database_url))
    assert served(other) == edition(2)
    assert problems(other) == []
    assert move(source, target, no_progress).already
