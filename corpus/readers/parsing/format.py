"""The interface of a file format: its names, and how articles are read and removed."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath
from typing import Any, Protocol, TypeVar

from corpus.article import Article
from corpus.lazy_pattern import lazy_pattern
from corpus.problem import Line, Problem
from corpus.readers.parsing.reading_options import ReadingOptions

_NAMED_DAY = lazy_pattern(r"(?:.*/)?(\d{4}-\d{2}-\d{2})(?![^\s._-])[^/]*")
"""Matches a file name that begins with a date, as in Jekyll and for sorting."""
_DATED_FOLDER = lazy_pattern(r"[\d._-]+")


@dataclass(frozen=True, slots=True)
class Document:
    """A file to read articles from, with defaults for its articles.

    `path` is where its content is, and `where` its name in problems. `name` is the id of an article that has
    neither an id nor an address, or the prefix of such ids in a list; `source` is the outlet of articles that
    name none. `options` are the reading options of its source.
    """

    path: Path
    where: str
    name: str
    source: str
    options: ReadingOptions = field(default_factory=ReadingOptions)

    @property
    def named_day(self) -> str | None:
        """The date at the start of the file's name, for a single article that gives none itself."""
        found = _NAMED_DAY.fullmatch(self.name)
        return found[1] if found else None


class ReadArticles(Protocol):
    """Reads a document of one format."""

    def __call__(self, document: Document, collection: str, /) -> Iterator[tuple[Line, Article | Problem]]:
        """Every article and every problem, each with its line or item number (from 1), or its member in an
        archive.

        Articles that name no collection belong to `collection`. An invalid article, or an unreadable file, is
        reported as a Problem and does not end the iteration.
        """
        ...


class RemoveLines(Protocol):
    """Removes articles from a list of them."""

    def __call__(self, body: bytes, lines: Collection[Any], /) -> bytes:
        """The unpacked file without the articles that `ReadArticles` returned with these lines; empty if no
        article is left."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """A file format. Endings and media types are in lower case. The first ending is used to store fetched
    content with one of the media types. An ending in `.gz` is for gzipped files.

    `vague_media_types` are those that servers also send for other formats, each with the ending to assume if
    the address has no known one. `remove` is set if a file holds a list of articles.
    """

    endings: tuple[str, ...]
    media_types: tuple[str, ...]
    read: ReadArticles
    remove: RemoveLines | None = None
    vague_media_types: Mapping[str, str] = field(default_factory=dict)
    names_collections: bool = True
    """Whether an article can name its own collection."""
    declared_charset: bool = False
    """Whether a charset that a server declares applies to its content; lists are always UTF-8."""

    @property
    def is_list(self) -> bool:
        """Whether a file holds any number of articles instead of one."""
        return self.remove is not None


SavedPath = TypeVar("SavedPath", Path, PurePosixPath)


def saved_page(path: SavedPath, is_there: Callable[[SavedPath], bool]) -> str | None:
    """The name of the web page for which a browser saved this frame or advertisement in `PAGE_files`; None if
    it is none."""
    folder = path.parent
    stem = folder.name.removesuffix("_files")
    if stem == folder.name or not stem:
        return None
    pages = (folder.parent / f"{stem}{ending}" for ending in (".html", ".htm", ".xhtml"))
    return next((page.name for page in pages if is_there(page)), None)


def outlet_folder(path: PurePath) -> str | None:
    """The folder that names the outlet of a file with one article, by its path below the folder that was
    added: the first one that is no date, such as `2026/01`, and not that of the article itself
    (`bridge/index.md`). None if there is none."""
    folders = path.parts[:-1]
    if path.stem.lower().lstrip("_") == "index":
        folders = folders[:-1]
    return next((one for one in folders if not _DATED_FOLDER.fullmatch(one)), None)


def frames_folder(where: str) -> str | None:
    """The folder of a saved page in which this file is, judged by the folder's name; None if it is not in
    one, or was fetched from an address."""
    folder = PurePosixPath(where.replace("\\", "/")).parent.name
    return folder if folder.endswith("_files") and folder != "_files" and "://" not in where else None
