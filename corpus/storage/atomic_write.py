"""Replaces a file atomically: a crash leaves the old one or the new one."""

from pathlib import Path

from corpus.storage.disk import Disk


def write_atomically(disk: Disk, path: Path, data: bytes, root: Path) -> None:
    """Durably write `data` to `path`, replacing any file there; folders below `root` are created.

    A crash leaves at most a temporary file, whose name begins with a dot; the next write to `path` replaces
    it.
    """
    for folder in reversed([folder for folder in path.parents if root in folder.parents]):
        if not folder.is_dir():
            disk.make_folder(folder)
        # Also for an existing folder: whoever created it may have been killed before this step.
        disk.sync_folder(folder.parent)
    aside = path.with_name(f".{path.name}.part")
    disk.remove(aside)
    disk.write(aside, data)
    disk.sync(aside)
    disk.replace(aside, path)
    disk.sync_folder(path.parent)
