"""Replaces a file atomically: a crash leaves the old one or the new one."""

from pathlib import Path

from corpus.storage.disk import Disk


def write_atomically(disk: Disk, path: Path, data: bytes, root: Path) -> None:
    """Put `data` in the place of whatever is at `path`, durably; folders below `root` are made.

    A crash leaves at most a file with a dot in front, which the next write under this name replaces.
    """
    for folder in reversed([folder for folder in path.parents if root in folder.parents]):
        if not folder.is_dir():
            disk.make_folder(folder)
        # Also where it was there: whoever made it may have been killed before this.
        disk.sync_folder(folder.parent)
    aside = path.with_name(f".{path.name}.part")
    disk.remove(aside)
    disk.write(aside, data)
    disk.sync(aside)
    disk.replace(aside, path)
    disk.sync_folder(path.parent)
