"""Reads untrusted XML item by item: without entities or external addresses, with limits on depth and size.

Uses Python's expat, which fetches nothing by itself. The declaration of an entity is an error, as in
defusedxml: XML bombs consist of them, and no news file needs them.
"""

import html.entities
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from corpus.lazy_pattern import lazy_pattern

XML_LIMIT = 100 * 1024 * 1024
"""The most bytes of a file; WordPress splits its exports long before."""
DEPTH_LIMIT = 200
"""The most nested elements; NewsML that contains a page has thirty."""
ITEM_LIMIT = 16 * 1024 * 1024
"""The most characters of one item; three times the longest accepted article."""

_STEP = 1024 * 1024
"""The bytes parsed at a time: in each step the parser starts again with an unfinished token, so many steps
are slow."""
_DECLARATION = lazy_pattern(
    rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["'][^>]{0,200}?\?>"""
)
_ANY_DECLARATION = lazy_pattern(r"\A\s*<\?xml[^>]{0,200}\?>")
_NOT_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], " ")
"""Characters that XML forbids but exports contain; each is replaced by a space."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class BadXml(ValueError):
    """XML that can't be read, with the reason."""


@dataclass(frozen=True, slots=True)
class XmlRoot:
    """The root element: its name as written, with its prefix, and its attributes including namespace
    declarations (`xmlns:wp`)."""

    name: str
    attributes: dict[str, str]

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return local_name(self.name)


@dataclass(frozen=True, slots=True)
class XmlItem:
    """An element for an article: its number among those with its name, from 1, and its byte range in the
    result of `as_utf8`. `outside` has the first text of each element that precedes it outside of items, by
    name."""

    number: int
    element: Element
    start: int
    end: int
    outside: dict[str, str]


def local_name(name: str) -> str:
    """The name without its prefix."""
    return name.rpartition(":")[2]


def as_utf8(content: bytes) -> bytes:
    """The same XML in UTF-8, without its declaration and without characters that XML forbids.

    Raises BadXml if it is larger than XML_LIMIT or not in its declared encoding.
    """
    if len(content) > XML_LIMIT:
        raise BadXml(f"it has more than {XML_LIMIT // 1024 // 1024} MB: split it")
    text = _decoded(content)
    return _ANY_DECLARATION.sub("", text).translate(_NOT_XML).lstrip().encode()


def root_of(xml: bytes) -> XmlRoot:
    """The root element of the result of `as_utf8`. Raises BadXml."""
    found: list[XmlRoot] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        found.append(XmlRoot(name, attributes))
        raise _StopParsing

    parser = _parser()
    parser.StartElementHandler = start
    try:
        for at in range(0, max(len(xml), 1), _STEP):
            parser.Parse(xml[at : at + _STEP], at + _STEP >= len(xml))
    except _StopParsing:
        return found[0]
    except expat.ExpatError as error:
        raise BadXml(_reason(error)) from error
    raise BadXml("it holds no element")


def items_of(xml: bytes, names: Collection[str]) -> Iterator[XmlItem]:
    """Every outermost element with one of these names (without prefixes) in the result of `as_utf8`.

    The items before an error are returned before BadXml is raised.
    """
    state = _State(frozenset(names))
    parser = _parser()
    parser.StartElementHandler = lambda name, attributes: state.start(
        name, attributes, parser.CurrentByteIndex
    )
    parser.EndElementHandler = lambda name: state.end(name, xml, parser.CurrentByteIndex)
    parser.CharacterDataHandler = state.data
    parser.SkippedEntityHandler = state.entity
    for at in range(0, max(len(xml), 1), _STEP):
        try:
            parser.Parse(xml[at : at + _STEP], at + _STEP >= len(xml))
        except expat.ExpatError as error:
            yield from state.done
            raise BadXml(_reason(error)) from error
        except BadXml:
            yield from state.done
            raise
        yield from state.done
        state.done.clear()


def without_items(body: bytes, names: Collection[str], numbers: Collection[int]) -> bytes:
    """The XML, in UTF-8, without the items of these numbers; empty if no item is left."""
    xml = as_utf8(body)
    pieces, at, left = [], 0, 0
    for item in items_of(xml, names):
        if item.number in numbers:
            pieces.append(xml[at : item.start])
            at = item.end
        else:
            left += 1
    return b"".join([*pieces, xml[at:]]) if left else b""


def child(element: Element, *names: str) -> str:
    """The text of the first non-empty child with one of these names, as written (`wp:status`); empty if there
    is none."""
    for name in names:
        for one in element:
            if one.tag == name and (text := "".join(one.itertext()).strip()):
                return text
    return ""


@dataclass(slots=True)
class _State:
    names: frozenset[str]
    done: list[XmlItem] = field(default_factory=list)
    builder: TreeBuilder | None = None
    began: int = 0
    depth: int = 0
    inner: int = 0
    size: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    outside: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str], at: int) -> None:
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise BadXml(f"its elements lie more than {DEPTH_LIMIT} deep in each other")
        if self.builder is None and local_name(name) in self.names:
            self.builder, self.began, self.inner, self.size = TreeBuilder(), at, 0, 0
        if self.builder is not None:
            self.inner += 1
            self.builder.start(name, attributes)
        self.words.clear()

    def end(self, name: str, xml: bytes, at: int) -> None:
        self.depth -= 1
        if self.builder is None:
            if text := "".join(self.words).strip():
                self.outside.setdefault(name, text)
            self.words.clear()
            return
        element = self.builder.end(name)
        self.inner -= 1
        if not self.inner:
            self.builder = None
            self.counts[local_name(name)] += 1
            # For `<item/>`, the parser gives the end of the element.
            ended = xml.index(b">", at) + 1 if xml.startswith(f"</{name}".encode(), at) else at
            self.done.append(
                XmlItem(self.counts[local_name(name)], element, self.began, ended, dict(self.outside))
            )

    def data(self, text: str) -> None:
        if self.builder is None:
            if len(self.words) < 1000:
                self.words.append(text)
            return
        self.size += len(text)
        if self.size > ITEM_LIMIT:
            raise BadXml(f"one of its items has more than {ITEM_LIMIT // 1024 // 1024} million characters")
        self.builder.data(text)

    def entity(self, name: str, _parameter: bool) -> None:
        """An entity of HTML (`&nbsp;`) that XML does not define."""
        self.data(html.entities.html5.get(f"{name};", ""))


class _StopParsing(Exception):
    """Ends parsing once the root was seen."""


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.UseForeignDTD(True)  # so that an undeclared entity is skipped instead of being an error
    parser.EntityDeclHandler = _refuse_entity
    parser.ExternalEntityRefHandler = _open_nothing
    return parser


def _refuse_entity(name: str, *_: object) -> NoReturn:
    raise BadXml(f"it declares an entity ({name[:20]!r}), which is how XML bombs are made")


def _open_nothing(*_: object) -> int:
    return 1


def _decoded(content: bytes) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, errors="replace")
    declared = _DECLARATION.match(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if not declared:
            raise BadXml("it is not UTF-8 and declares no encoding") from error
    name = declared[1].decode()
    from corpus.readers.parsing.html_charset import known_charset  # not needed for UTF-8

    charset = known_charset(name)
    try:
        if charset is None:
            raise BadXml(f"its encoding {name!r} is not known")
        return content.decode(charset)
    except UnicodeDecodeError as error:
        raise BadXml(f"it is not in the encoding that it declares ({name})") from error


def _reason(error: expat.ExpatError) -> str:
    return f"its XML is broken at line {error.lineno} ({expat.ErrorString(error.code)})"
