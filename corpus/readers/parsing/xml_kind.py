"""What a kind of XML is to the reader of `.xml` files: how it is recognised, read, and taken out of."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Protocol

from corpus.article import Article
from corpus.problem import Problem
from corpus.readers.parsing.format import Document
from corpus.readers.parsing.xml_items import XmlRoot


class ReadXml(Protocol):
    """Reads a document of one kind of XML."""

    def __call__(
        self, xml: bytes, document: Document, collection: str, /
    ) -> Iterator[tuple[int | None, Article | Problem]]:
        """Every article and every problem, each with its number in the file, from 1.

        `xml` is what `xml_items.as_utf8` made of the document's bytes; the document says what things are
        called. A bad article is a Problem and never ends the reading; BadXml may be raised at any time.
        """
        ...


@dataclass(frozen=True, slots=True)
class XmlKind:
    """A kind of XML. `recognises` looks at the outermost element; a root that several kinds recognise is
    of the one with the lowest `order`, and within that of the first by `name`.

    `remove` takes items out by their numbers; empty where none is left.
    """

    name: str
    """What people call it, such as `WordPress export`; named where a file is of no kind."""
    recognises: Callable[[XmlRoot], bool]
    read: ReadXml
    remove: Callable[[bytes, Collection[int]], bytes]
    order: int = 0
    """1 for a kind that takes what a more special one also is: any `rss` is a feed, one with `wp:` is not."""
