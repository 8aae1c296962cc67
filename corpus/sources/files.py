"""Files as sources: a file, a folder, or a glob pattern."""

import glob
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from corpus.article import Article
from corpus.errors import UnreadableSource
from corpus.problem import Problem, SourceLocation
from corpus.readers.parsing.reading_options import NO_READING_OPTIONS, ReadingOptions
from corpus.readers.registry import FORMATS
from corpus.sources.skipped_files import is_guide, skipped_files
from corpus.sources.source import Extent, Item
from corpus.sources.source_discovery import LIST_ENDING, listed_in

SETTLED_SECONDS = 2.0
"""Seconds after which a further change of a file is certain to get another time stamp: FAT has a resolution
of two seconds."""
KINDS_TOLD = 3
"""The most kinds of files that are named in the error for a folder without readable files."""
SAMPLE = "sample"
"""The location of the sample corpus that is part of Newsdesk, wherever it is installed."""


class FileSource:
    """A file, a folder with all readable files below it, or a glob pattern of these; each reading gives all
    articles."""

    extent = Extent.WHOLE

    def __init__(
        self,
        location: str,
        options: ReadingOptions = NO_READING_OPTIONS,
        registered: frozenset[str] = frozenset(),
    ) -> None:
        """`location` is an absolute path, or SAMPLE. `registered` are the locations of all sources: a folder
        does not report a file as unread if it, or each feed that it lists, is a source of its own."""
        self._location = location
        self._options = options
        self._registered = registered

    def read(self, collection: str) -> Iterator[Item]:
        """Every article and every problem. Raises UnreadableSource."""
        paths, root = _located(self._location)
        for path in paths:
            yield from FORMATS.read_file(path, root, collection, self._options)
        if (folder := Path(self._location)).is_dir():
            others = (path for path in _walked(folder) if not self._is_added(path))
            for problem in skipped_files(folder, others):
                yield SourceLocation(problem.where), problem

    def _is_added(self, path: Path) -> bool:
        if str(path) in self._registered:
            return True
        if path.suffix.lower() != LIST_ENDING or path.is_symlink():
            return False
        try:
            listed = listed_in(path)
        except UnreadableSource:
            return False
        return listed is not None and self._registered.issuperset(listed.locations)

    def stamp(self) -> str | None:
        """A value that changes whenever the files change, from their metadata alone; None while a file is so
        new that a further change could go unnoticed. Raises UnreadableSource."""
        paths, _ = _located(self._location)
        try:
            found = [(str(path), path.stat()) for path in paths]
        except OSError as error:
            raise UnreadableSource(self._location, f"it can't be read ({error})") from error
        if any(abs(time.time() - one.st_mtime) < SETTLED_SECONDS for _, one in found):
            return None
        return repr([(path, s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino) for path, s in found])

    def read_foreign(self, collection: str) -> Iterator[Item]:
        """Only the articles that name another collection. Raises UnreadableSource."""
        paths, root = _located(self._location)
        for path in paths:
            found = FORMATS.format_of(path.name)
            if found is None or not found.names_collections:
                continue
            for place, item in FORMATS.read_file(path, root, collection, self._options):
                if isinstance(item, Article) and item.collection != collection:
                    yield place, item


def read(location: str, collection: str) -> Iterator[Article | Problem]:
    """Every article and every problem of these files, in a stable order. Raises UnreadableSource."""
    return (item for _, item in FileSource(location).read(collection))


def _located(location: str) -> tuple[list[Path], Path]:
    return _files(str(Path(__file__).parents[1] / "sample") if location == SAMPLE else location)


def _files(location: str) -> tuple[list[Path], Path]:
    path = Path(location)
    try:
        if path.is_dir():
            if files := _below(path):
                return files, path
            raise UnreadableSource(location, _why_nothing(path))
        if path.exists():
            return [path], path.parent
    except (OSError, ValueError) as error:
        raise UnreadableSource(location, f"it can't be read ({error})") from error
    if glob.has_magic(location):
        # The path before the first wildcard, up to its last slash.
        root = Path(os.path.dirname(re.split(r"[*?\[]", location, maxsplit=1)[0]))  # noqa: PTH120 - keeps "/a/"
        names = sorted(glob.glob(location, recursive=True))  # noqa: PTH207 - absolute
        found = [name for name in map(Path, names) if not _linked(name, root)]
        files = [below for name in found for below in (_below(name) if name.is_dir() else [name])]
        if files:
            return list(dict.fromkeys(files)), root  # `**` matches both a folder and its contents
        raise UnreadableSource(location, "no file matches this pattern")
    raise UnreadableSource(location, "there is no such file or folder")


def _why_nothing(folder: Path) -> str:
    """The reason that a folder has no readable file: the kinds of its files, at most KINDS_TOLD."""
    kinds = [problem.reason for problem in skipped_files(folder, _walked(folder))]
    if not kinds:
        return f"it holds no file that is read ({', '.join(FORMATS.endings)})"
    more = f"; and {len(kinds) - KINDS_TOLD} more kinds" if len(kinds) > KINDS_TOLD else ""
    return f"it holds no file that is read: {'; '.join(kinds[:KINDS_TOLD])}{more}"


def _below(folder: Path) -> list[Path]:
    return [path for path in _walked(folder) if _is_readable(path)]


def _walked(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if not _hidden(path, folder))


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _linked(path: Path, root: Path) -> bool:
    """Whether its path contains a symbolic link below `root`: it may point anywhere, and nobody named it."""
    return any(
        above.is_symlink() for above in (path, *path.parents) if above != root and root in above.parents
    )


def _is_readable(path: Path) -> bool:
    # Symbolic links in a folder may point anywhere, so only regular files are read.
    if is_guide(path.name) or not FORMATS.ending_of(path.name):
        return False
    return path.is_file() and not path.is_symlink()
