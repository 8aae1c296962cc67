"""`kill -9` and a full disk at any moment of forgetting: the next start or reload finishes it."""

import errno
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from bot.cli.composition import Parts
from bot.corpus_admin.changes import add, forget
from bot.corpus_admin.erasure import PendingErasures
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from bot.corpus_admin.uploads import keep_upload
from bot.settings import Settings
from corpus.errors import HomeUnusable
from corpus.storage.disk import Disk
from retrieval.models.embedder import HashEmbedder
from retrieval.models.model import hash_model
from tests.bot.corpus_admin.test_erasure import SECRET, plain_rows, traces
from tests.fault.newsroom import COLLECTION, QuickDisk, new_home, no_progress, problems, served, write_rows
from tests.fault.wreck import Platter, RecordingDisk, materialise

KILLS = 12
"""Moments of one forgetting, evenly spread, at which it is killed."""
NOTE = "home/forgetting.json"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that served the article in two editions: a file that somebody handed over."""
    home = new_home(tmp_path / "home", tmp_path / "sources", QuickDisk())
    write_rows(tmp_path / "sources", plain_rows())
    reload(home, HashEmbedder, progress=no_progress)
    for edition in range(2):
        upload = keep_upload(home, COLLECTION, "secret.md", f"{SECRET} Edition {edition}.".encode())
        add(home, [upload], partial(reload, home, HashEmbedder, progress=no_progress))
    shutil.copytree(home.root, tmp_path / "as it was")
    return home


def begin_anew(home: Home, disk: Disk | None = None) -> Home:
    """The home as it was, in its place: sources name files in it."""
    shutil.rmtree(home.root)
    shutil.copytree(home.root.with_name("as it was"), home.root)
    return Home(home.root, disk or QuickDisk())


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
        Parts(Settings(home=home.root), lambda _: hash_model()).desk()
    else:
        reload(home, HashEmbedder, progress=no_progress)


def test_a_kill_at_any_moment_of_forgetting_leaves_what_the_next_start_or_reload_finishes(
    home: Home, victim: Victim
) -> None:
    calls = victim.run(home.root, 0)
    assert calls > 50
    assert traces(home.root) == set()
    unfinished = 0
    for number in range(KILLS):
        begin_anew(home)
        assert victim.run(home.root, 1 + number * calls // KILLS) == 0, "it was not killed"
        begun = bool(PendingErasures(home).all())
        unfinished += bool(traces(home.root))
        finish(home, start=bool(number % 2))
        if begun:
            assert traces(home.root) == set()
            assert PendingErasures(home).all() == []
            assert sorted(served(home)) == [row["id"] for row in plain_rows()]
        else:
            assert number < 2, "it was not noted first"
            assert "secret" in served(home)
        assert problems(home) == []
    assert unfinished > KILLS // 3


class WithoutPages(RecordingDisk):
    """Takes down what is done but to pages, which are made past it: they can be made again."""

    def sync_folder(self, path: Path) -> None:
        if "pages" not in path.parts:
            super().sync_folder(path)


def test_a_power_cut_at_any_moment_of_forgetting_leaves_nothing_or_a_note_of_it(tmp_path: Path) -> None:
    base = tmp_path / "recorded"
    base.mkdir()
    disk = WithoutPages(base)
    home = new_home(base / "home", tmp_path / "sources", disk)
    again = partial(reload, home, HashEmbedder, progress=no_progress)
    write_rows(tmp_path / "sources", plain_rows())
    again()
    upload = keep_upload(home, COLLECTION, "secret.md", SECRET.encode())
    add(home, [upload], again)
    with home.store() as store:
        store.scrub()
    before, done = (home.root / "store.sqlite3").read_bytes(), len(disk.steps)
    forget(home, COLLECTION, "secret", again)
    after = (home.root / "store.sqlite3").read_bytes()
    steps = list(enumerate(disk.steps, 1))
    noted, *_ = [place for place, step in steps if step.target == NOTE]
    told, *_ = [place for place, step in steps if step.act == "remove" and step.path.endswith("secret.md")]
    [struck] = [place for place, step in steps if step.act == "remove" and step.path == NOTE]
    platter, chance, tried = Platter(), random.Random(7), 0
    for place, step in steps:
        platter.do(step)
        if place <= done:
            continue
        for tree in platter.wrecks(chance, 3):
            tried += 1
            shutil.rmtree(base)
            materialise(tree, base)
            left = Home(base / "home", QuickDisk())
            # What the store was told before a file goes is durable.
            (left.root / "store.sqlite3").write_bytes(after if place >= told else before)
            if NOTE not in tree:
                assert place <= noted or traces(left.root) == set(), disk.steps[:place][-3:]
                assert place <= noted or place >= struck, disk.steps[:place][-3:]
            elif chance.random() < 0.3:
                reload(left, HashEmbedder, progress=no_progress)
                assert traces(left.root) == set(), disk.steps[:place][-3:]
                assert sorted(served(left)) == [row["id"] for row in plain_rows()]
    assert tried > 100


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


def test_a_disk_that_fails_at_any_step_of_forgetting_is_said_and_the_next_reload_finishes(home: Home) -> None:
    disk = FailingDisk(1_000_000)
    whole = begin_anew(home, disk)
    forget(whole, COLLECTION, "secret", partial(reload, whole, HashEmbedder, progress=no_progress))
    for place in range(0, 1_000_000 - disk.left, 5):
        broken = begin_anew(home, FailingDisk(place))
        with suppress(HomeUnusable):  # and nothing else
            forget(broken, COLLECTION, "secret", partial(reload, broken, HashEmbedder, progress=no_progress))
        begun = bool(PendingErasures(home).all())
        finish(home, start=False)
        assert traces(home.root) == set() or not begun
        assert begun or place < 6 or traces(home.root) == set(), place
        assert problems(home) == []
