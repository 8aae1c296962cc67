"""Where articles come from: a file, a folder, a pattern or an address, read as a stream.

Which reader takes a file is decided by the end of its name.
"""

import glob
import os
import re
from collections.abc import Iterator
from pathlib import Path

from corpus.article import Article
from corpus.errors import UnreadableSource
from corpus.problem import Problem, SourceLocation
from corpus.readers.file_types import READABLE
from corpus.readers.registry import may_name_collections, read_file
from corpus.sources.web_source import read_copy
from corpus.web.address import is_address, parse_address
from corpus.web.fetch_cache import FetchCache

SAMPLE = "sample"
"""The location that means the corpus that ships with Newsdesk, wherever it is installed."""


def absolute(location: str) -> str:
    """The location as it is registered: absolute, so that a reload finds it from any folder.

    Raises UnreadableSource for an address that is never fetched.
    """
    if is_address(location):
        try:
            return str(parse_address(location))
        except ValueError as error:
            raise UnreadableSource(location, str(error)) from error
    if location == SAMPLE and not Path(location).exists():
        return SAMPLE
    try:
        return str(Path(location).expanduser().absolute())
    except RuntimeError as error:
        raise UnreadableSource(location, "there is no such user") from error


def read(location: str, collection: str) -> Iterator[Article | Problem]:
    """Every article at `location`, and every problem on the way, in a stable order.

    Raises UnreadableSource where there is nothing at all to read.
    """
    return (item for _, item in read_placed(location, collection))


def read_placed(
    location: str, collection: str, fetched: FetchCache | None = None
) -> Iterator[tuple[SourceLocation, Article | Problem]]:
    """The same, each with where it stood; an address is read as it was last fetched, out of `fetched`."""
    if is_address(location):
        copy = fetched.get(location) if fetched else None
        if copy is None:
            raise UnreadableSource(location, "it was not fetched yet, or the copy of it is damaged")
        yield from read_copy(copy, collection)
        return
    paths, root = _located(location)
    for path in paths:
        yield from read_file(path, root, collection)


def read_visitors(location: str, collection: str) -> Iterator[tuple[SourceLocation, Article]]:
    """The articles of a source of `collection` that name another one themselves.

    Raises UnreadableSource where there is nothing at all to read.
    """
    paths, root = _located(location)
    for path in filter(may_name_collections, paths):
        for place, item in read_file(path, root, collection):
            if isinstance(item, Article) and item.collection != collection:
                yield place, item


def _located(location: str) -> tuple[list[Path], Path]:
    return _files(str(Path(__file__).parents[1] / "sample") if location == SAMPLE else location)


def _files(location: str) -> tuple[list[Path], Path]:
    path = Path(location)
    try:
        if path.is_dir():
            if files := _below(path):
                return files, path
            raise UnreadableSource(location, f"it holds no file that is read ({', '.join(READABLE)})")
        if path.exists():
            return [path], path.parent
    except (OSError, ValueError) as error:
        raise UnreadableSource(location, f"it can't be read ({error})") from error
    if glob.has_magic(location):
        # What stands before the first sign of the pattern, up to its last slash.
        root = Path(os.path.dirname(re.split(r"[*?\[]", location, maxsplit=1)[0]))  # noqa: PTH120 - keeps "/a/"
        names = sorted(glob.glob(location, recursive=True))  # noqa: PTH207 - absolute
        found = [name for name in map(Path, names) if not _linked(name, root)]
        files = [below for name in found for below in (_below(name) if name.is_dir() else [name])]
        if files:
            return list(dict.fromkeys(files)), root  # `**` matches a folder and what lies in it
        raise UnreadableSource(location, "no file matches this pattern")
    raise UnreadableSource(location, "there is no such file or folder")


def _below(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if not _hidden(path, folder) and _is_readable(path)]


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _linked(path: Path, root: Path) -> bool:
    """Whether a link below `root` leads to it: a link may lead anywhere, and nobody named it."""
    return any(
        above.is_symlink() for above in (path, *path.parents) if above != root and root in above.parents
    )


def _is_readable(path: Path) -> bool:
    # A folder is walked, and so links in it may lead anywhere: only what is really there is read.
    return path.name.lower().endswith(READABLE) and path.is_file() and not path.is_symlink()
