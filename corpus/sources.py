"""Where articles come from: a file, a folder or a pattern, read as a stream.

Which reader takes a file is decided by the end of its name.
"""

import glob
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from corpus.article import Article
from corpus.errors import UnreadableSource
from corpus.html import read_html
from corpus.jsonl import read_numbered
from corpus.markdown import read_markdown
from corpus.problem import Place, Problem

JSON_LINES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
HTML = (".html", ".htm", ".xhtml")
TEXT = (".md", ".markdown", ".txt")
SAMPLE = "sample"
"""The location that means the corpus that ships with Newsdesk, wherever it is installed."""
READABLE = (*JSON_LINES, *HTML, *TEXT)


def absolute(location: str) -> str:
    """The location as it is registered: absolute, so that a reload finds it from any folder."""
    if "://" in location:
        raise UnreadableSource(
            location, "addresses are not fetched yet; save the page as .html and add the file"
        )
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


def read_placed(location: str, collection: str) -> Iterator[tuple[Place, Article | Problem]]:
    """The same, each with where it stood."""
    paths, root = _files(str(Path(__file__).parent / "sample") if location == SAMPLE else location)
    for path in paths:
        yield from _read_file(path, root, collection)


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


def _read_file(path: Path, root: Path, collection: str) -> Iterator[tuple[Place, Article | Problem]]:
    if path.name.lower().endswith(JSON_LINES) and _is_regular(path):
        for line, item in read_numbered(path, collection):
            yield Place(str(path), line), item
    else:
        for item in _read_whole(path, root, collection):
            yield Place(str(path)), item


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _read_whole(path: Path, root: Path, collection: str) -> Iterator[Article | Problem]:
    name = path.name.lower()
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
    except OSError as error:
        yield Problem(str(path), f"it can't be read: {error.strerror or error}")
        return
    if not regular:
        yield Problem(str(path), "it is not a regular file")
    elif name.endswith(HTML):
        yield from read_html(path, root, collection)
    elif name.endswith(TEXT):
        yield from read_markdown(path, root, collection)
    else:
        yield Problem(str(path), f"its kind is not known; the kinds are {', '.join(READABLE)}")
