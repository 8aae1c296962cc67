"""What a file format is to everything else: its names, and how its articles are read and taken out."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Protocol, TypeVar

from corpus.article import Article
from corpus.problem import Line, Problem
from corpus.readers.parsing.reading_options import ReadingOptions


@dataclass(frozen=True, slots=True)
class Document:
    """A file to read articles from, and what they are called where they do not say so themselves.

    `path` is where its bytes lie and `where` what problems call that. `name` is the id of an article that
    has neither an id nor an address, or in a list of articles what such ids begin with; `source` is the
    outlet of those that name none. `options` is what was said of the source that it is from.
    """

    path: Path
    where: str
    name: str
    source: str
    options: ReadingOptions = field(default_factory=ReadingOptions)


class ReadArticles(Protocol):
    """Reads a document of one format."""

    def __call__(self, document: Document, collection: str, /) -> Iterator[tuple[Line, Article | Problem]]:
        """Every article and every problem, each with its line (from 1) where the format has lines, with the
        number of its item where it has items, with its file in an archive.

        Articles that name no collection are of `collection`. A bad article is a Problem and never ends the
        reading; so is a file that can't be read.
        """
        ...


class RemoveLines(Protocol):
    """Takes articles out of a list of them."""

    def __call__(self, body: bytes, lines: Collection[Any], /) -> bytes:
        """The unpacked file without the articles that `ReadArticles` gave with these lines; empty where it
        holds no article any more."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files. Endings and media types are in lower case; the first ending is what fetched content
    of one of its media types is kept under. An ending in `.gz` is that of a packed file.

    `vague_media_types` are those that servers also send for other formats, each with the ending to take where
    the address has none that is known. `remove` is there where a file holds a list of articles.
    """

    endings: tuple[str, ...]
    media_types: tuple[str, ...]
    read: ReadArticles
    remove: RemoveLines | None = None
    vague_media_types: Mapping[str, str] = field(default_factory=dict)
    names_collections: bool = True
    """Whether an article can say itself which collection it belongs to."""
    declared_charset: bool = False
    """Whether its bytes may be in the charset that a server declares for them: lists are always UTF-8."""

    @property
    def is_list(self) -> bool:
        """Whether a file holds any number of articles, and not one."""
        return self.remove is not None


SavedPath = TypeVar("SavedPath", Path, PurePosixPath)


def saved_page(path: SavedPath, is_there: Callable[[SavedPath], bool]) -> str | None:
    """The name of the web page that a browser saved this frame or advertisement beside, in `PAGE_files`; None
    where it is none."""
    folder = path.parent
    stem = folder.name.removesuffix("_files")
    if stem == folder.name or not stem:
        return None
    pages = (folder.parent / f"{stem}{ending}" for ending in (".html", ".htm", ".xhtml"))
    return next((page.name for page in pages if is_there(page)), None)


def frames_folder(where: str) -> str | None:
    """The folder of a saved page that the file at this place lies in, by its name alone; None where it lies
    in none, or was fetched from an address."""
    folder = PurePosixPath(where.replace("\\", "/")).parent.name
    return folder if folder.endswith("_files") and folder != "_files" and "://" not in where else None
