"""A home says which format it has; one of an earlier format is brought up to today's, one of a newer is left
alone."""

import errno
import json
import os
import shutil
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from bot.corpus_admin.home import Home
from bot.corpus_admin.home_format import FILE, HOME_FORMAT, HomeFormat
from corpus.errors import HomeUnusable, ReloadBusy
from corpus.storage.atomic_write import write_atomically
from corpus.storage.disk import Disk
from retrieval.generations.manifest import FORMAT as GENERATION_FORMAT
from tests.fault.disks import FailingDisk, WatchedDisk, full_from_then_on
from tests.fault.forked import PATIENCE, fork
from tests.fault.newsroom import QuickDisk
from tests.fault.wreck import RecordingDisk, materialise, wrecks_after

NEXT = HOME_FORMAT.number + 1
LATER = NEXT + 1


def rename_copies(root: Path, disk: Disk) -> None:
    """What was fetched lies under another name."""
    if (root / "fetched").is_dir():
        disk.replace(root / "fetched", root / "copies")
    disk.sync_folder(root)


def list_copies(root: Path, disk: Disk) -> None:
    """A file says what there is."""
    names = sorted(path.name for path in (root / "copies").glob("*"))
    write_atomically(disk, root / "copies.json", json.dumps(names).encode(), root)


class LaterHome(Home):
    """A home two formats later."""

    format = HomeFormat(LATER, {**HOME_FORMAT.migrations, NEXT - 1: rename_copies, NEXT: list_copies})


ENTRIES: dict[str, Callable[[Home], object]] = {
    "collections": lambda home: home.collections(),
    "store": lambda home: home.store().close(),
    "chats": lambda home: home.chats(),
    "locked": lambda home: home.locked().__enter__(),
    "withdrawn": lambda home: home.withdrawn,
    "articles": lambda home: home.current_articles("news"),
    "migrate": lambda home: home.migrate(),
}
"""Every way to begin with a home."""
DAMAGED = [
    "",
    "{}",
    "[]",
    "null",
    "7",
    "{",
    *(f'{{"format": {one}}}' for one in ("0", '"1"', "true")),
    "[" * 9999,
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A home of a release that wrote no format, with something fetched."""
    root = tmp_path / "home"
    (root / "fetched").mkdir(parents=True)
    (root / "fetched" / "page").write_text("The ferry ran.")
    return root


def says(root: Path) -> object:
    """The format that the home says it has."""
    return json.loads((root / FILE).read_bytes())


def say(root: Path, number: int) -> None:
    (root / FILE).write_text(json.dumps({"format": number}))


def is_later(root: Path) -> bool:
    """Whether it is whole in the later format, and nothing of the earlier one is left."""
    files = {name: content for name, content in held(root).items() if not name.startswith("store.sqlite3")}
    return files == {
        FILE: json.dumps({"format": LATER}).encode(),
        "copies.json": b'["page"]',
        "copies/page": b"The ferry ran.",
    }


def held(root: Path) -> dict[str, bytes]:
    """Every file but the locks."""
    files = [path for path in root.rglob("*") if path.is_file() and path.suffix != ".lock"]
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


def test_the_number_goes_up_with_that_of_the_generations() -> None:
    # An earlier release reads the home's number before it touches a generation that it can't read.
    assert (HOME_FORMAT.number, GENERATION_FORMAT) == (2, 3), "raise both, with a migration"
    assert sorted(HOME_FORMAT.migrations) == list(range(1, HOME_FORMAT.number))


def test_a_home_says_its_format_from_its_first_change_on(tmp_path: Path) -> None:
    home = Home(tmp_path / "home", QuickDisk())
    assert home.collections() == ()
    assert not home.root.exists()
    with home.locked():
        assert says(home.root) == {"format": HOME_FORMAT.number}
    assert (home.root / FILE).stat().st_mode & 0o077 == 0
    before = (home.root / FILE).stat()
    with home.locked(), home.store():
        assert (home.root / FILE).stat() == before


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("written", [None, NEXT - 1])
def test_a_home_of_an_earlier_format_goes_through_every_step_when_it_is_first_used(
    root: Path, entry: str, written: int | None
) -> None:
    if written:
        say(root, written)
    ENTRIES[entry](LaterHome(root, QuickDisk()))
    assert is_later(root)


def test_one_that_is_between_goes_on_from_there(root: Path) -> None:
    rename_copies(root, QuickDisk())
    say(root, NEXT)
    taken: list[int] = []

    class Other(LaterHome):
        format = HomeFormat(LATER, {NEXT: lambda root, disk: taken.append(NEXT)})

    Other(root, QuickDisk()).migrate()
    Other(root, QuickDisk()).migrate()
    assert taken == [NEXT]
    assert says(root) == {"format": LATER}


def test_a_folder_that_is_not_there_is_not_made_for_it(tmp_path: Path) -> None:
    home = LaterHome(tmp_path / "home", QuickDisk())
    assert home.collections() == ()
    assert not home.root.exists()
    with home.store():
        assert says(home.root) == {"format": LATER}


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_home_of_a_newer_format_is_refused_and_nothing_in_it_is_changed(root: Path, entry: str) -> None:
    say(root, HOME_FORMAT.number + 1)
    before = held(root)
    with pytest.raises(HomeUnusable) as caught:
        ENTRIES[entry](Home(root))
    assert str(caught.value) == (
        f"{root} was written by a newer Newsdesk (home format {HOME_FORMAT.number + 1}, this one knows "
        f"{HOME_FORMAT.number}): update Newsdesk, or name another folder with --home"
    )
    assert held(root) == before


@pytest.mark.parametrize("content", DAMAGED)
@pytest.mark.parametrize("kind", [Home, LaterHome])
def test_a_format_that_can_t_be_read_is_refused_and_nothing_is_changed(
    root: Path, content: str, kind: type[Home]
) -> None:
    (root / FILE).write_text(content)
    before = held(root)
    with pytest.raises(HomeUnusable, match=r"format.json can't be read .*: check its owner"):
        kind(root).collections()
    assert held(root) == before
    (root / FILE).unlink()
    (root / FILE).mkdir()
    with pytest.raises(HomeUnusable, match="can't be read"):
        kind(root).store()


def test_a_format_that_nothing_leads_on_from_is_refused_before_the_first_step(root: Path) -> None:
    class Gap(LaterHome):
        format = replace(LaterHome.format, migrations={**HOME_FORMAT.migrations, NEXT - 1: rename_copies})

    before = held(root)
    with pytest.raises(HomeUnusable, match=f"no way from {NEXT} to {LATER}: take it to the Newsdesk in betw"):
        Gap(root, QuickDisk()).migrate()
    assert held(root) == before


def test_while_another_process_changes_the_home_it_stays_as_it_is(root: Path) -> None:
    class Hasty(LaterHome):
        migration_wait = 0.0

    with Home(root).locked(), pytest.raises(ReloadBusy, match="wait until it ends"):
        Hasty(root).collections()
    assert (root / "fetched").is_dir()
    assert LaterHome(root, QuickDisk()).collections() == ()
    assert is_later(root)


def test_it_waits_for_another_that_is_about_to_end(root: Path) -> None:
    with ThreadPoolExecutor(1) as threads:
        with Home(root).locked():
            later = threads.submit(LaterHome(root, QuickDisk()).collections)
            with pytest.raises(TimeoutError):
                later.result(timeout=0.3)
        assert later.result(timeout=PATIENCE) == ()
    assert is_later(root)


def test_a_step_that_fails_is_said_in_one_line_and_taken_again(root: Path) -> None:
    with pytest.raises(HomeUnusable, match=r"can't be written \(No space left on device\)"):
        LaterHome(root, FailingDisk(errno.ENOSPC, full_from_then_on(0))).migrate()
    LaterHome(root, QuickDisk()).migrate()
    assert is_later(root)


def migrate_until(_say: Connection, root: Path, steps: int) -> None:
    """Bring the home up to the later format, and be killed before more than so many things are done to the
    disk."""
    left = iter(range(steps))

    def pass_by(*_: object) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    LaterHome(root, WatchedDisk(pass_by)).migrate()


def test_a_kill_at_any_moment_of_it_is_made_good_by_the_next_start(root: Path, tmp_path: Path) -> None:
    steps, copy = 0, root
    for steps in range(100):
        copy = Path(shutil.copytree(root, tmp_path / str(steps)))
        child, _ = fork(migrate_until, copy, steps)
        child.join(PATIENCE)
        if child.exitcode == 0:
            break
        assert child.exitcode == -signal.SIGKILL
        LaterHome(copy, QuickDisk()).migrate()
        assert is_later(copy), steps
    assert is_later(copy)
    assert steps > 10


def wreck(root: Path, tmp_path: Path, left_out: str = "") -> list[int]:
    """The places of the steps after which a power cut leaves what the next start does not make good; syncs of
    that kind are left out."""
    base = tmp_path / "recorded"
    home = Path(shutil.copytree(root, base / "home"))
    disk = RecordingDisk(base)
    # What was there is on the disk.
    disk.record("make_folder", home)
    disk.record("make_folder", home / "fetched")
    disk.record("write", home / "fetched" / "page", b"The ferry ran.")
    disk.record("sync", home / "fetched" / "page")
    for folder in (home / "fetched", home, base):
        disk.record("sync_folder", folder)
    begun = len(disk.steps)
    LaterHome(home, disk).migrate()
    steps = [step for place, step in enumerate(disk.steps) if place < begun or step.act != left_out]
    bad, tried = [], 0
    for place, tree in wrecks_after(steps, 20, begun):
        tried += 1
        place_of = tmp_path / f"{left_out}{tried}"
        materialise(tree, place_of)
        try:
            LaterHome(place_of / "home", QuickDisk()).migrate()
            sound = is_later(place_of / "home")
        except HomeUnusable:
            sound = False
        if not sound:
            bad.append(place)
        shutil.rmtree(place_of)
    assert tried > 20
    return bad


def test_a_power_cut_at_any_moment_of_it_is_made_good_by_the_next_start(root: Path, tmp_path: Path) -> None:
    assert wreck(root, tmp_path) == []


@pytest.mark.parametrize("act", ["sync", "sync_folder"])
def test_a_way_that_never_syncs_is_found_out(root: Path, tmp_path: Path, act: str) -> None:
    assert wreck(root, tmp_path, act)
