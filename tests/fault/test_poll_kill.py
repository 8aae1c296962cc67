"""`kill -9` during polls: nothing that a feed had when it was polled is lost, and nothing is there twice.

NEWSDESK_POLL_KILLS sets how many kills there are; each has a seed of its own.
"""

import os
import random
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

import bot.corpus_admin.embedding_cache
from tests.bot.polling.newsstand import Newsstand, feed_at, story
from tests.fault.forked import PATIENCE, fork
from tests.fault.newsroom import leftovers, problems, served

KILLS = int(os.environ.pop("NEWSDESK_POLL_KILLS", "6"))
"""Taken out of the environment, for Newsdesk refuses settings that it does not know."""
LONGEST = 0.5
"""Seconds until the kill at the most: two to three rounds."""
FEEDS = ("one", "two", "three")
WINDOW, STEP = 6, 2
"""Articles that a feed holds, and by how many it slides with each edition."""


def titles(name: str, edition: int) -> list[str]:
    """What a feed holds in an edition."""
    return [f"{name} {number}" for number in range(edition * STEP, edition * STEP + WINDOW)]


def give(stand: Newsstand, edition: int) -> None:
    """Let the feeds hold that edition."""
    for name in FEEDS:
        stand.give(name, *(story(title) for title in titles(name, edition)), tag=f'"{edition}"')


def poll_for_ever(say: Connection, folder: Path, edition: int) -> None:
    """Poll edition after edition, and say of each when it begins and when it is taken in."""
    bot.corpus_admin.embedding_cache.EMBED_SLICE = 2  # several saves a reload: kills fall between them too
    stand = Newsstand(folder)
    while True:
        give(stand, edition)
        say.send(f"begin {edition}")
        stand.now += timedelta(hours=1)
        stand.poller.round(
            stand.reload,
            lambda what, _done, _total: say.send(f"stage {what}"),
            threading.Event(),
            everything=True,
        )
        say.send(f"done {edition}")
        edition += 1


@pytest.fixture(scope="module")
def killed_after() -> Counter[str]:
    """How often the last thing that was said was of this kind."""
    return Counter()


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_kill_loses_nothing_that_was_polled(tmp_path: Path, killed_after: Counter[str], seed: int) -> None:
    chance = random.Random(seed)
    stand = Newsstand(tmp_path, *FEEDS)
    edition = 0
    for _ in range(2):
        child, saying = fork(poll_for_ever, tmp_path, edition)
        said: list[str] = []
        assert saying.poll(PATIENCE)
        said.append(saying.recv())  # `begin`: the clock runs from here
        time.sleep(chance.uniform(0, LONGEST))
        child.kill()
        child.join(PATIENCE)
        with saying, suppress(EOFError):
            while True:
                said.append(saying.recv())
        killed_after[" ".join(word for word in said[-1].split() if word.isalpha())] += 1
        edition = max(int(line.split()[1]) for line in said if line.startswith("begin"))
        assert problems(stand.home) == []
    # A fresh start, in another process than the one that was killed.
    give(stand, edition)
    stand.now += timedelta(days=1)
    report = stand.poll(everything=True)
    assert (report.failures, report.refused) == ((), {})
    everything = {title for name in FEEDS for one in range(edition + 1) for title in titles(name, one)}
    found = Counter(text.split(" is ")[0] for text in served(stand.home, "news").values())
    assert found == Counter(everything)
    assert stand.poll(timedelta(0), everything=True).counts() == (0, 0, 0)
    assert leftovers(stand.home) == []
    assert problems(stand.home) == []
    assert all(stand.home.fetch_cache.get(feed_at(name)) for name in FEEDS)


def test_the_kills_fell_into_different_parts_of_a_round(killed_after: Counter[str]) -> None:
    assert KILLS < 6 or len(killed_after) >= 2, killed_after
