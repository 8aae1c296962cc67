"""`kill -9` at random moments of reloads: the next start serves the old or the new corpus, whole.

NEWSDESK_KILLS sets how many kills there are; each has a seed of its own, so that one that fails can be
repeated alone.
"""

import os
import queue
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli.composition import load_model
from bot.cli.main import cli
from bot.corpus_admin.home import Home
from tests.fault.newsroom import (
    edition,
    leftovers,
    new_home,
    open_desk,
    problems,
    publish,
    served,
)

KILLS = int(os.environ.pop("NEWSDESK_KILLS", "25"))
"""Taken out of the environment, for Newsdesk refuses settings that it does not know."""
LONGEST = 0.35
"""Seconds until the kill at the most: two to three reloads."""
PATIENCE = 60.0
"""Seconds to wait for the victim, on however busy a machine."""


class Victim:
    """The process of `tests.fault.endless`, whose children are killed."""

    def __init__(self) -> None:
        self.killed_after: Counter[str] = Counter()
        environment = {**os.environ, "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fault.endless"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=Path(__file__).parents[2],
        )
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._lines.put(line.rstrip("\n"))

    def run(self, home: Home, sources: Path, number: int, seconds: float) -> list[str]:
        """Let a child reload for so long, kill it, and give what it said."""
        assert self._process.stdin
        self._process.stdin.write(f"{home.root}\t{sources}\t{number}\n")
        self._process.stdin.flush()
        word, child = self._lines.get(timeout=PATIENCE).split()
        assert word == "child"
        said = [self._lines.get(timeout=PATIENCE)]  # `begin`: the clock runs from here
        threading.Event().wait(seconds)
        os.kill(int(child), signal.SIGKILL)
        while (line := self._lines.get(timeout=PATIENCE)) != "gone":
            said.append(line)
        self.killed_after[" ".join(word for word in said[-1].split() if word.isalpha())] += 1
        return said

    def close(self) -> None:
        """End it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        self._listener.join(PATIENCE)
        self._process.stdout.close()


@pytest.fixture(scope="module")
def victim() -> Iterator[Victim]:
    with closing(Victim()) as found:
        yield found


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_kill_leaves_the_old_corpus_or_the_new_one_whole(tmp_path: Path, victim: Victim, seed: int) -> None:
    chance = random.Random(seed)
    sources = tmp_path / "sources"
    home = new_home(tmp_path / "home", sources)
    before = -1  # every third kill falls into or shortly after the very first reload
    if seed % 3:
        before = chance.randrange(3)
        for number in range(before + 1):
            publish(home, sources, number)
    said = victim.run(home, sources, before + 1, chance.uniform(0, LONGEST if seed % 3 else LONGEST / 2))

    done = max((int(line.split()[1]) for line in said if line.startswith("done")), default=before)
    begun = max(int(line.split()[1]) for line in said if line.startswith("begin"))
    allowed = [edition(number) if number >= 0 else {} for number in range(done, begun + 1)]
    assert len(allowed) <= 2
    verify = ["--home", str(home.root), "corpus", "verify"]
    # A fresh start, in another process than the one that was killed.
    found = served(home)
    assert found in allowed, said
    assert problems(home) == []
    assert cli.main(verify, standalone_mode=False, obj=load_model) == 0
    if found:
        desk, notices = open_desk(home)
        assert {a.id: a.text for a in desk.collections["news"].articles} == found
        assert notices == []

    # The lock is free, and what was left half done is cleared away.
    publish(home, sources, begun + 1)
    assert served(home) == edition(begun + 1)
    assert leftovers(home) == []
    assert problems(home) == []


def test_the_kills_fell_into_different_parts_of_a_reload(victim: Victim) -> None:
    if victim.killed_after.total() < 25:
        pytest.skip("only a few kills were asked for")
    assert len(victim.killed_after) >= 3, victim.killed_after
