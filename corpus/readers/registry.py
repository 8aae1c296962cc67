"""One file's articles, by whichever reader takes the end of its name."""

import stat
from collections.abc import Iterator
from pathlib import Path

from corpus.article import Article
from corpus.problem import Problem, SourceLocation
from corpus.readers.file_types import HTML, JSON_LINES, READABLE, TEXT
from corpus.readers.html import read_html
from corpus.readers.jsonl import read_numbered
from corpus.readers.markdown import read_markdown


def read_file(path: Path, root: Path, collection: str) -> Iterator[tuple[SourceLocation, Article | Problem]]:
    """Every article of the file, and every problem, each with where it stood.

    An article without an id or an address is called after the file's path below `root`.
    """
    if path.name.lower().endswith(JSON_LINES) and _is_regular(path):
        for line, item in read_numbered(path, collection):
            yield SourceLocation(str(path), line), item
    else:
        for item in _read_whole(path, root, collection):
            yield SourceLocation(str(path)), item


def may_name_collections(path: Path) -> bool:
    """Whether an article in a file of this name can say which collection it belongs to: pages can't."""
    return not path.name.lower().endswith(HTML)


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
