"""`kill -9` and a full disk at any moment of forgetting: the next start or reload finishes it."""

import errno
import os
import random
import shutil
import signal
import sys
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType

import pytest

from bot.cli.composition import Parts
from bot.corpus_admin.changes import forget
from bot.corpus_admin.erasure import PendingErasures
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from bot.corpus_admin.uploads import keep_upload
from bot.polling.adding import add
from bot.settings import Settings
from corpus.errors import HomeUnusable
from corpus.storage.disk import Disk
from retrieval.models.embedder import HashEmbedder
from retrieval.models.model import hash_model
from tests.bot.corpus_admin.test_erasure import SECRET, plain_rows, traces
from tests.fault.disks import FailingDisk, from_then_on
from tests.fault.forked import PATIENCE, fork
from tests.fault.newsroom import COLLECTION, QuickDisk, new_home, no_progress, problems, served, write_rows
from tests.fault.wreck import RecordingDisk, materialise, wrecks_after

LASTING = frozenset(
    {"execute", "executemany", "mkdir", "open", "remove", "rename", "replace", "rmdir", "unlink", "write"}
)
"""What such calls are named, and below whose they are."""
OWNERS = frozenset({"posix", "_io", "sqlite3"})
KILLS = 12
"""Moments of one forgetting, evenly spread, at which it is killed."""
NOTE = "home/forgetting.json"
RELOADED = 0.4
"""Share of what a power cut leaves with a note in which a reload is tried."""


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


def forget_until(say: Connection, root: Path, place: int) -> None:
    """Forget the article, and be killed before that call of the system or the database which could leave
    something behind; say how many such calls there were, if it came to an end."""
    done = 0

    def watch(_frame: FrameType, event: str, called: object) -> None:
        nonlocal done
        if event != "c_call" or getattr(called, "__name__", "") not in LASTING:
            return
        owner = getattr(called, "__module__", None) or type(getattr(called, "__self__", None)).__module__
        if owner in OWNERS:
            done += 1
            if done == place:
                os.kill(os.getpid(), signal.SIGKILL)

    home = Home(root, QuickDisk())
    sys.setprofile(watch)
    forget(home, COLLECTION, "secret", partial(reload, home, HashEmbedder, progress=no_progress))
    sys.setprofile(None)
    say.send(done)


def killed_before(home: Home, place: int) -> int:
    """Let a process forget until that call; how many it made in all if it was not killed, else 0."""
    child, saying = fork(forget_until, home.root, place)
    child.join(PATIENCE)
    with saying:
        return 0 if child.exitcode == -signal.SIGKILL else int(saying.recv())


def finish(home: Home, *, start: bool) -> None:
    """What a start or a reload after it does."""
    if start:
        Parts(Settings(home=home.root), lambda _: hash_model()).desk()
    else:
        reload(home, HashEmbedder, progress=no_progress)


def test_a_kill_at_any_moment_of_forgetting_leaves_what_the_next_start_or_reload_finishes(
    home: Home,
) -> None:
    calls = killed_before(home, 0)
    assert calls > 50
    assert traces(home.root) == set()
    unfinished = 0
    for number in range(KILLS):
        begin_anew(home)
        assert killed_before(home, 1 + number * calls // KILLS) == 0, "it was not killed"
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

    def record(self, act: str, path: Path, more: bytes | Path = b"") -> None:
        if "pages" not in path.parts:
            super().record(act, path, more)


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
        store.vacuum()
    before, done = (home.root / "store.sqlite3").read_bytes(), len(disk.steps)
    forget(home, COLLECTION, "secret", again)
    after = (home.root / "store.sqlite3").read_bytes()
    steps = list(enumerate(disk.steps, 1))
    noted, *_ = [place for place, step in steps if step.target == NOTE]
    told, *_ = [place for place, step in steps if step.act == "remove" and step.path.endswith("secret.md")]
    [struck] = [place for place, step in steps if step.act == "remove" and step.path == NOTE]
    chance = random.Random(7)
    seen: set[tuple[bool, bool, bool, frozenset[tuple[str, bytes | None]]]] = set()
    for place, tree in wrecks_after(disk.steps, 3, done):
        state = (place >= told, place <= noted, place >= struck, frozenset(tree.items()))
        if state in seen:
            continue
        seen.add(state)
        shutil.rmtree(base)
        materialise(tree, base)
        left = Home(base / "home", QuickDisk())
        # What the store was told before a file goes is durable.
        (left.root / "store.sqlite3").write_bytes(after if place >= told else before)
        if NOTE not in tree:
            assert place <= noted or traces(left.root) == set(), disk.steps[:place][-3:]
            assert place <= noted or place >= struck, disk.steps[:place][-3:]
        elif chance.random() < RELOADED:
            reload(left, HashEmbedder, progress=no_progress)
            assert traces(left.root) == set(), disk.steps[:place][-3:]
            assert sorted(served(left)) == [row["id"] for row in plain_rows()]
    assert len(seen) > 100


def test_a_disk_that_fails_at_any_step_of_forgetting_is_said_and_the_next_reload_finishes(home: Home) -> None:
    disk = FailingDisk(0, lambda _act, _calls: False)
    whole = begin_anew(home, disk)
    forget(whole, COLLECTION, "secret", partial(reload, whole, HashEmbedder, progress=no_progress))
    for place in range(1, disk.calls + 1, 5):
        broken = begin_anew(home, FailingDisk(errno.ENOSPC, from_then_on(place)))
        with suppress(HomeUnusable):  # and nothing else
            forget(broken, COLLECTION, "secret", partial(reload, broken, HashEmbedder, progress=no_progress))
        begun = bool(PendingErasures(home).all())
        finish(home, start=False)
        assert traces(home.root) == set() or not begun
        assert begun or place < 6 or traces(home.root) == set(), place
        assert problems(home) == []
