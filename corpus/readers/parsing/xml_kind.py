"""The interface of a kind of XML file: how it is recognised, read, and changed."""

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

        `xml` is the document's content after `xml_items.as_utf8`; `document` has its names. An invalid
        article is reported as a Problem and does not end the iteration; BadXml may be raised at any time.
        """
        ...


@dataclass(frozen=True, slots=True)
class XmlKind:
    """A kind of XML. `recognises` tests the root element; if several kinds recognise it, the one with the
    lowest `order` and then the first `name` is used.

    `remove` deletes items by their numbers; the result is empty if none is left.
    """

    name: str
    """The name for people, such as `WordPress export`; listed when no kind recognises a file."""
    recognises: Callable[[XmlRoot], bool]
    read: ReadXml
    remove: Callable[[bytes, Collection[int]], bytes]
    order: int = 0
    """1 for a kind that also recognises files of a more specific one: any `rss` is a feed, but with `wp:` it
    is a WordPress export."""
