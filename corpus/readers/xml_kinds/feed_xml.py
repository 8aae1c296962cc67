"""Feeds that are saved as `.xml`; more specific kinds with the same root element have precedence."""

from collections.abc import Iterator

from corpus.article import Article
from corpus.errors import BadArticle
from corpus.problem import Problem
from corpus.readers.feeds.feed_articles import read_feed_file
from corpus.readers.feeds.feed_document import parse_feed
from corpus.readers.parsing.format import Document
from corpus.readers.parsing.xml_items import XmlRoot, without_items
from corpus.readers.parsing.xml_kind import XmlKind

_ROOTS = ("rss", "feed", "RDF", "opml", "urlset", "sitemapindex")
"""The root elements of feeds, and of lists of addresses, which are reported as such."""


def read_feed_xml(
    xml: bytes, document: Document, collection: str
) -> Iterator[tuple[int | None, Article | Problem]]:
    """The article of each entry, or the problem with it, with the entry's number, from 1."""
    try:
        yield from read_feed_file(parse_feed(xml, ""), document, collection)
    except BadArticle as error:
        yield None, Problem(document.where, error.reason)


def _is_feed(root: XmlRoot) -> bool:
    return root.local in _ROOTS


KIND = XmlKind(
    "RSS, Atom or RDF feed",
    _is_feed,
    read_feed_xml,
    lambda body, numbers: without_items(body, ("item", "entry"), numbers),
    order=1,
)
