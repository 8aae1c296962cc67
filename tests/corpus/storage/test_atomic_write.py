import errno
from pathlib import Path

import pytest

from corpus.storage.atomic_write import write_atomically
from tests.fault.disks import FailingDisk
from tests.fault.newsroom import QuickDisk
from tests.fault.wreck import RecordingDisk, materialise, wrecks_after

OLD, NEW = b"what was there before" * 10, b"what is there now" * 20


def test_a_file_and_its_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "home" / "deep" / "er" / "file"
    (tmp_path / "home").mkdir()
    write_atomically(QuickDisk(), path, OLD, tmp_path / "home")
    write_atomically(QuickDisk(), path, NEW, tmp_path / "home")
    assert path.read_bytes() == NEW
    assert [entry.name for entry in path.parent.iterdir()] == ["file"]


def test_a_power_cut_at_any_moment_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    base = tmp_path / "recorded"
    base.mkdir()
    disk = RecordingDisk(base)
    path = base / "fetched" / "file"
    write_atomically(disk, path, OLD, base)
    first = len(disk.steps)
    write_atomically(disk, path, NEW, base)
    tried = 0
    for place, tree in wrecks_after(disk.steps, 20):
        tried += 1
        allowed: set[bytes | None] = {None, OLD} if place < first else {OLD, NEW}
        if place in (first, len(disk.steps)):  # it was said to be done
            allowed = {OLD if place == first else NEW}
        assert tree.get("fetched/file") in allowed, disk.steps[:place]
        assert place < len(disk.steps) or "fetched/.file.part" not in tree
        materialise(tree, tmp_path / str(tried))
        again = tmp_path / str(tried) / "fetched" / "file"
        write_atomically(QuickDisk(), again, b"and so on", tmp_path / str(tried))
        assert again.read_bytes() == b"and so on"
    assert tried > 20


@pytest.mark.parametrize("act", ["write", "sync", "replace", "sync_folder"])
def test_a_disk_that_fails_leaves_the_old_file_or_the_new_one(tmp_path: Path, act: str) -> None:
    path = tmp_path / "file"
    write_atomically(QuickDisk(), path, OLD, tmp_path)
    failing = FailingDisk(errno.ENOSPC, lambda what, _calls: what == act)
    with pytest.raises(OSError, match="No space"):
        write_atomically(failing, path, NEW, tmp_path)
    assert path.read_bytes() == (NEW if act == "sync_folder" else OLD)
    write_atomically(QuickDisk(), path, NEW, tmp_path)
    assert path.read_bytes() == NEW
