"""Articles from XML files of several kinds, which are distinguished by their root element."""

import pkgutil
from collections.abc import Collection, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from corpus.article import Article
from corpus.problem import Problem
from corpus.readers import xml_kinds
from corpus.readers.parsing.format import Document, Format
from corpus.readers.parsing.gunzip import MAGIC, BadGzip, unpack
from corpus.readers.parsing.html_process import misplaced_page
from corpus.readers.parsing.xml_items import XML_LIMIT, BadXml, as_utf8, root_of
from corpus.readers.parsing.xml_kind import XmlKind

_OTHERS = {
    "mediawiki": "it is the export of a wiki, whose markup is not read: add the wiki's feed, or its pages by "
    "their addresses",
    "newsml": "it is NewsML 1, which is not read: ask for NewsML-G2, NITF or a feed",
}
"""Advice for kinds of XML that are not read, by root element."""


def read_xml(document: Document, collection: str) -> Iterator[tuple[int | None, Article | Problem]]:
    """The article of each item, or the problem with it, with the item's number in the file, from 1."""
    where = document.where
    try:
        xml = as_utf8(_read(document.path))
        if root_of(xml).local.lower() == "html":
            yield None, Problem(where, misplaced_page(xml, "XML"))
            return
        yield from kind_of(xml).read(xml, document, collection)
    except BadXml as error:
        yield None, Problem(where, str(error))
    except BadGzip as error:
        yield None, Problem(where, f"{error}; pack it again")
    except OSError as error:
        yield None, Problem(where, f"it can't be read: {error.strerror or error}")


def remove_items(body: bytes, numbers: Collection[int]) -> bytes:
    """The file, in UTF-8, without the items of these numbers; empty if none is left or the file is broken."""
    try:
        return kind_of(as_utf8(body)).remove(body, numbers)
    except BadXml:
        return b""


def kind_of(xml: bytes) -> XmlKind:
    """The kind of XML of the result of `as_utf8`. Raises BadXml if it is unknown, with the known kinds."""
    root = root_of(xml)
    for kind in _kinds():
        if kind.recognises(root):
            return kind
    if advice := _OTHERS.get(root.local.lower()):
        raise BadXml(advice)
    names = ", ".join(kind.name for kind in _kinds())
    raise BadXml(f"its outermost element <{root.name[:40]}> is of no kind of XML that is read ({names})")


@cache
def _kinds() -> tuple[XmlKind, ...]:
    """`KIND` of each module of `corpus.readers.xml_kinds`. Raises TypeError if a module has none."""
    found: list[XmlKind] = []
    for module in pkgutil.iter_modules(xml_kinds.__path__, f"{xml_kinds.__name__}."):
        kind = getattr(import_module(module.name), "KIND", None)
        if not isinstance(kind, XmlKind):
            raise TypeError(f"{module.name} defines no KIND")
        found.append(kind)
    return tuple(sorted(found, key=lambda kind: (kind.order, kind.name)))


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(XML_LIMIT + 1)
    return b"".join(unpack([content], XML_LIMIT)) if content.startswith(MAGIC) else content


FORMAT = Format(
    endings=(".xml", ".xml.gz"),
    media_types=("application/xml", "text/xml"),
    read=read_xml,
    remove=remove_items,
)
