"""The registry of formats, which finds one by a file's ending or a media type."""

import pkgutil
import stat
from collections.abc import Collection, Iterable, Iterator
from importlib import import_module
from pathlib import Path, PurePath

from corpus.article import Article
from corpus.problem import Line, Problem, SourceLocation
from corpus.readers import formats
from corpus.readers.archive import archive_format
from corpus.readers.parsing.format import Document, Format, outlet_folder
from corpus.readers.parsing.reading_options import NO_READING_OPTIONS, ReadingOptions
from corpus.readers.unread_kinds import advice_for

_GENERIC_MEDIA_TYPES = (
    "",
    "application/gzip",
    "application/json",
    "application/octet-stream",
    "application/x-gzip",
    "binary/octet-stream",
)
"""Media types that servers send for files of unknown type: the ending is more reliable."""


class Registry:
    """Formats, and the choice of one for a file or fetched content."""

    def __init__(self, formats: Iterable[Format]) -> None:
        """Formats with lists of articles come first in lists of endings. Raises ValueError if two formats
        claim the same ending or media type."""
        self._formats: list[Format] = []
        for one in sorted(formats, key=lambda one: (not one.is_list, one.endings)):
            self._add(one)
        self._add(archive_format(self.format_of))

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings of readable files, in lower case."""
        return tuple(ending for one in self._formats for ending in one.endings)

    def unknown(self, name: str) -> str:
        """The reason that a file with this name, whose ending is unknown, is not read."""
        if advice := advice_for(name, one=True):
            return f"a file {PurePath(name.lower()).suffix} is not read: {advice}"
        return f"its kind is not known; the kinds are {', '.join(self.endings)}"

    def ending_of(self, name: str) -> str | None:
        """The known ending of a file name or of an address's path, in lower case."""
        return max((end for end in self.endings if name.lower().endswith(end)), key=len, default=None)

    def ending_for(self, media_type: str, path: str) -> str | None:
        """The ending by which fetched content of this media type (lower case, no parameters) is read; None if
        no format reads it."""
        for one in self._formats:
            if media_type in one.media_types:
                return one.endings[0]
        vague = {name: ending for one in self._formats for name, ending in one.vague_media_types.items()}
        if media_type in _GENERIC_MEDIA_TYPES or media_type in vague:
            return self.ending_of(path) or vague.get(media_type)
        return None

    def format_of(self, name: str) -> Format | None:
        """The format of a file with this name or ending."""
        ending = self.ending_of(name)
        return next((one for one in self._formats if ending in one.endings), None)

    def read_file(
        self, path: Path, root: Path, collection: str, options: ReadingOptions = NO_READING_OPTIONS
    ) -> Iterator[tuple[SourceLocation, Article | Problem]]:
        """Every article and every problem of the file, each with its location.

        An article without an id or an address gets one from the file's path below `root`, an article in a
        list from the list's name. `options` are the reading options of the source.
        """
        where = str(path)
        try:
            regular = stat.S_ISREG(path.stat().st_mode)
        except OSError as error:
            yield SourceLocation(where), Problem(where, f"it can't be read: {error.strerror or error}")
            return
        found = self.format_of(path.name)
        if not regular:
            yield SourceLocation(where), Problem(where, "it is not a regular file")
        elif found is None:
            yield SourceLocation(where), Problem(where, self.unknown(path.name))
        else:
            for line, item in found.read(_document(path, root, found, options), collection):
                said = options.applied(item) if isinstance(item, Article) else item
                yield SourceLocation(where, line), said

    def remove_lines(self, name: str, body: bytes, lines: Collection[Line]) -> bytes:
        """The unpacked content of a file with this name or ending without the articles of these lines; empty
        if nothing is left, as for a file with one article."""
        found = self.format_of(name)
        if found is None or found.remove is None:
            return b""
        return found.remove(body, [line for line in lines if line is not None])

    def _add(self, another: Format) -> None:
        for one in self._formats:
            names = {*one.endings, *one.media_types, *one.vague_media_types}
            if taken := names & {*another.endings, *another.media_types, *another.vague_media_types}:
                raise ValueError(f"{', '.join(sorted(taken))} is claimed by two formats")
        self._formats.append(another)


def discovered() -> Iterator[Format]:
    """`FORMAT` of each module of `corpus.readers.formats`. Raises TypeError if a module has none."""
    for module in pkgutil.iter_modules(formats.__path__, f"{formats.__name__}."):
        found = getattr(import_module(module.name), "FORMAT", None)
        if not isinstance(found, Format):
            raise TypeError(f"{module.name} defines no FORMAT")
        yield found


def _document(path: Path, root: Path, its: Format, options: ReadingOptions) -> Document:
    if its.is_list:
        name = path.name.lstrip(".").split(".")[0] or "file"
        return Document(path, str(path), name, name, options)
    below = path.relative_to(root)
    outlet = outlet_folder(below) or root.resolve().name or "file"
    return Document(path, str(path), below.with_suffix("").as_posix(), outlet, options)


FORMATS = Registry(discovered())
"""All formats that Newsdesk reads."""
