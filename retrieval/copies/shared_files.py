"""Moves the files of a generation between its folder and the blob store."""

from collections.abc import Callable, Iterable, Mapping, Set
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from corpus.blobs.blob_store import BlobStore, check, download, name_of
from corpus.errors import FileLost, GenerationUnusable, NewsdeskError
from corpus.storage.copies.generation_register import SharedFile
from corpus.storage.disk import Disk

AT_ONCE = 4
"""Files transferred at a time: an object store answers each after some ten milliseconds, and most are
small."""
UPLOADING = timedelta(days=1)
"""How long an unneeded file is kept: an uploader may have lost the lock to another process, and must not find
half of its generation gone. No upload lasts a day."""

T = TypeVar("T")
Files = Mapping[str, SharedFile]
"""Files by their path below the generation's folder."""


def files_in(folder: Path, segments: Iterable[str]) -> dict[str, SharedFile]:
    """The files of the segments of a generation in `folder`. Raises OSError."""
    return {
        f"{segment}/{path.name}": SharedFile(name_of(path), path.stat().st_size)
        for segment in segments
        for path in sorted((folder / segment).iterdir())
    }


def upload(blobs: BlobStore, folder: Path, files: Files) -> int:
    """Upload the files that the blob store lacks; returns their bytes. Raises BlobStoreUnusable."""
    held = blobs.has({one.name for one in files.values()})
    lacking = {one.name: (path, one.size) for path, one in files.items() if one.name not in held}

    def put(name: str) -> None:
        blobs.put(name, folder / lacking[name][0])

    _all(put, lacking)
    return sum(size for _, size in lacking.values())


def missing(folder: Path, files: Files) -> list[str]:
    """The files that are not in the folder, or have another size there."""
    return [path for path, one in files.items() if _size(folder / path) != one.size]


def damaged(folder: Path, files: Files) -> list[str]:
    """The files whose content differs; every byte is read."""

    def differs(path: str) -> bool:
        try:
            return name_of(folder / path) != files[path].name
        except OSError:
            return True

    return [path for path in files if differs(path)]


def fill(
    blobs: BlobStore, folder: Path, paths: Iterable[str], files: Files, near: Iterable[Path], disk: Disk
) -> int:
    """Bring these files into the folder, durably: as hard links to generations that are `near`, else from the
    blob store. Existing files at these paths are replaced. Returns the bytes that were downloaded.

    Raises FileLost, BlobStoreUnusable, OSError; files that have arrived stay, and are not fetched again.
    """
    wanted = list(paths)
    others = list(near)
    for segment in sorted({path.partition("/")[0] for path in wanted}):
        disk.make_folder(folder / segment)

    def fetch_one(name: str) -> int:
        first, *rest = same[name]
        # The name of a segment is never reused, so a file of that name has the same content.
        held = next((one / first for one in others if _size(one / first) == files[first].size), None)
        if held:
            disk.remove(folder / first)
            disk.link(held, folder / first)
        fetched = 0 if held else download(blobs, name, folder / first, disk)
        for path in rest:
            disk.remove(folder / path)
            disk.link(folder / first, folder / path)
        return fetched

    same: dict[str, list[str]] = {}
    for path in wanted:
        same.setdefault(files[path].name, []).append(path)
    fetched = sum(_all(fetch_one, same))
    for segment in sorted({path.partition("/")[0] for path in wanted}):
        disk.sync_folder(folder / segment)
    disk.sync_folder(folder)
    return fetched


def check_present(blobs: BlobStore, generation: str, files: Files) -> None:
    """Raises GenerationUnusable if the blob store does not have all of the files, or can't be asked."""
    try:
        held = blobs.has({one.name for one in files.values()})
    except NewsdeskError as error:
        raise GenerationUnusable(generation, str(error)) from error
    if lost := [path for path, one in files.items() if one.name not in held]:
        raise GenerationUnusable(generation, f"{lost[0]} is missing among the shared files")


def drop_unused(blobs: BlobStore, needed: Set[str], before: datetime | None) -> int:
    """Remove unneeded files that were stored before that moment (None: all of them); returns their number.
    The caller must hold the home's lock. Raises BlobStoreUnusable."""
    unused = [
        one.name for one in blobs.list() if one.name not in needed and (before is None or one.stored < before)
    ]
    blobs.delete(unused)
    return len(unused)


def check_all(blobs: BlobStore, every: Mapping[str, Files]) -> list[GenerationUnusable]:
    """Read every byte of the generations' files in the blob store, each file once. Returns one error for each
    generation with a lost or damaged file."""
    reasons = dict[str, str]()

    def look(name: str) -> None:
        try:
            check(blobs, name)
        except NewsdeskError as error:
            reasons[name] = error.reason if isinstance(error, FileLost) else str(error)

    _all(look, {one.name for files in every.values() for one in files.values()})
    found = []
    for generation, files in every.items():
        lost = [(path, reasons[one.name]) for path, one in files.items() if one.name in reasons]
        if lost:
            path, reason = lost[0]
            more = f", and {len(lost) - 1} more" if lost[1:] else ""
            found.append(GenerationUnusable(generation, f"the shared file of {path}{more} {reason}"))
    return found


def _all(act: Callable[[str], T], wanted: Iterable[str]) -> list[T]:
    with ThreadPoolExecutor(AT_ONCE, "files") as threads:
        done = [threads.submit(act, one) for one in wanted]
        try:
            return [one.result() for one in done]
        except BaseException:
            threads.shutdown(wait=True, cancel_futures=True)
            raise


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
