"""`kill -9` and a full disk at any moment of forgetting: the next start or reload finishes it."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from bot.compose import Parts
from bot.forgetting import Noted
from bot.home import Home
from bot.keeping import forget
from bot.reload import reload
from bot.settings import Settings
from corpus.disk import Disk
from corpus.errors import HomeUnusable
from retrieval.embedder import HashEmbedder
from tests.bot.test_forgetting import plain_rows, secret_row, traces
from tests.fault.newsroom import COLLECTION, QuickDisk, new_home, no_stage, problems, served, write_rows

KILLS = 12
"""Moments of one forgetting, evenly spread, at which it is killed."""


@pytest.fixture(scope="module")
def served_twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a home that served the article in two editions, and its sources."""
    base = tmp_path_factory.mktemp("served")
    home = new_home(base / "home", base / "sources", QuickDisk())
    for edition in range(2):
        write_rows(base / "sources", [*plain_rows(), secret_row(edition=edition)])
        reload(home, HashEmbedder, stage=no_stage)
    return base


class Victim:
    """The process of `tests.fault.forgetful`."""

    def __init__(self) -> None:
        environment = {**os.environ, "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fault.forgetful"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=Path(__file__).parents[2],
        )

    def run(self, home: Path, place: int) -> int:
        """Let it die before that call; how many it made in all if it did not."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{home}\tsecret\t{place}\n")
        self._process.stdin.flush()
        word, done = self._process.stdout.readline().split()
        assert word == "gone"
        return int(done)

    def close(self) -> None:
        """End it."""
        self._process.communicate()


@pytest.fixture(scope="module")
def victim() -> Iterator[Victim]:
    found = Victim()
    yield found
    found.close()


def finish(home: Home, *, start: bool) -> None:
    """What a start or a reload after it does."""
    if start:
        Parts(Settings(home=home.root), lambda _: HashEmbedder()).desk()
    else:
        reload(home, HashEmbedder, stage=no_stage)


def test_a_kill_at_any_moment_of_forgetting_leaves_what_the_next_start_or_reload_finishes(
    served_twice: Path, victim: Victim, tmp_path: Path
) -> None:
    shutil.copytree(served_twice / "home", tmp_path / "whole")
    calls = victim.run(tmp_path / "whole", 0)
    assert calls > 50
    assert traces(tmp_path / "whole") == set()
    unfinished = 0
    for number in range(KILLS):
        home = Home(tmp_path / str(number), QuickDisk())
        shutil.copytree(served_twice / "home", home.root)
        assert victim.run(home.root, 1 + number * calls // KILLS) == 0, "it was not killed"
        begun = bool(Noted(home).all()) or "secret" in home.withdrawn.of(COLLECTION)
        unfinished += bool(traces(home.root))
        finish(home, start=bool(number % 2))
        if begun:
            assert traces(home.root) == set()
            assert Noted(home).all() == []
            assert sorted(served(home)) == [row["id"] for row in plain_rows()]
        else:
            assert number < 2, "it was not noted first"
            assert "secret" in served(home)
        assert problems(home) == []
    assert unfinished > KILLS // 3


class FailingDisk(Disk):
    """Does so many steps, and no more."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def _step(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def write(self, path: Path, data: bytes) -> None:
        self._step()
        super().write(path, data)

    def sync(self, path: Path) -> None:
        self._step()

    def sync_folder(self, path: Path) -> None:
        self._step()

    def replace(self, source: Path, target: Path) -> None:
        self._step()
        super().replace(source, target)

    def remove(self, path: Path) -> None:
        self._step()
        super().remove(path)


def test_a_disk_that_fails_at_any_step_of_forgetting_is_said_and_the_next_reload_finishes(
    served_twice: Path, tmp_path: Path
) -> None:
    disk = FailingDisk(1_000_000)
    shutil.copytree(served_twice / "home", tmp_path / "whole")
    whole = Home(tmp_path / "whole", disk)
    forget(whole, COLLECTION, "secret", partial(reload, whole, HashEmbedder, stage=no_stage))
    steps = 1_000_000 - disk.left
    for place in range(0, steps, 5):
        broken = Home(tmp_path / str(place), FailingDisk(place))
        shutil.copytree(served_twice / "home", broken.root)
        again = partial(reload, broken, HashEmbedder, stage=no_stage)
        with suppress(HomeUnusable):  # and nothing else
            forget(broken, COLLECTION, "secret", again)
        home = Home(broken.root, QuickDisk())
        begun = bool(Noted(home).all())
        reload(home, HashEmbedder, stage=no_stage)
        assert traces(home.root) == set() or not begun
        assert begun or place < 6 or traces(home.root) == set(), place
        assert problems(home) == []
