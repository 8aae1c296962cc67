"""`kill -9` at random moments of writing: the store opens again, whole, with everything that was written."""

import random
from pathlib import Path

import pytest

from bot.chat_store.chat_store import ChatStore
from tests.bot.chat_store.scribe import PLACE, write, write_for_ever, written
from tests.bot.chat_store.unsettled import unsettled
from tests.fault.forked import killed_after

KILLS = 24
LONGEST = 0.12
"""Seconds of writing until the kill, at most: twenty or so rounds on a quick disk."""


def begun(chat_store: ChatStore) -> list[int]:
    """The numbers that the store has anything of."""
    return sorted(int(event) for (event,) in chat_store.rows("SELECT event FROM events"))


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A store for every third kill, so that most open what others left."""
    return [tmp_path_factory.mktemp("kill") / "chats.sqlite3" for _ in range(KILLS // 3)]


@pytest.mark.parametrize("seed", range(KILLS))
def test_what_was_said_to_be_written_is_there_after_a_kill(paths: list[Path], seed: int) -> None:
    path = paths[seed % len(paths)]
    chance = random.Random(seed)
    with ChatStore(path) as chat_store:
        first = max(begun(chat_store), default=-1) + 1
    done = killed_after(chance.uniform(0, LONGEST), write_for_ever, path, first)[-1]
    assert done >= first
    with ChatStore(path) as chat_store:
        assert chat_store.check() is None
        # What came after was at most begun.
        assert begun(chat_store) in (list(range(done + 1)), list(range(done + 2)))
        for number in range(first, done + 1):
            assert chat_store.answers.get(f"a{number}", PLACE.tenant) == written(number)
            assert chat_store.answers.in_message(PLACE, f"m{number}") == written(number)
            [vote] = chat_store.votes.of(f"a{number}")
            assert (vote.helpful, vote.reason) == (bool(number % 2), f"reason {number}")
            assert len(chat_store.bindings.all()[f"own-{number}"]) == 2
        assert chat_store.settings.all()["discord", "100", str(done % 5)].passages == 1 + done % 5
        left = [int(event) for event, _, _ in unsettled(chat_store, "discord")]
        assert left in ([], [done + 1])
        # An answer of which nothing was acknowledged is whole or not there.
        assert chat_store.answers.get(f"a{done + 1}", PLACE.tenant) in (None, written(done + 1))
        if left:  # as the next start does with what a crash left
            chat_store.write("DELETE FROM answers WHERE id = ?", (f"a{done + 1}",))
            write(chat_store, done + 1)
            assert unsettled(chat_store, "discord") == []
