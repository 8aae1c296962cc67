"""Articles from feeds saved as files: RSS, Atom and RDF, in every dialect."""

from collections.abc import Collection, Iterator
from pathlib import Path

from corpus.article import Article
from corpus.errors import BadArticle
from corpus.problem import Problem
from corpus.readers.feeds.feed_articles import read_feed_file
from corpus.readers.feeds.feed_document import Kind, parse_feed
from corpus.readers.parsing.format import Document, Format
from corpus.readers.parsing.html_process import misplaced_page
from corpus.readers.parsing.xml_items import BadXml, without_items

FEED_LIMIT = 20 * 1024 * 1024
"""The most bytes of a file; a feed of two thousand long articles has as many."""
ITEMS = ("item", "entry")
"""The elements of entries in RSS and RDF, and in Atom."""


def read_feed(document: Document, collection: str) -> Iterator[tuple[int | None, Article | Problem]]:
    """The article of each entry, or the problem with it, with the entry's number, from 1."""
    try:
        body = _read(document.path)
        feed = parse_feed(body, "")
        if feed.kind is Kind.PAGE:
            yield None, Problem(document.where, misplaced_page(body, "feed"))
            return
        yield from read_feed_file(feed, document, collection)
    except BadArticle as error:
        yield None, Problem(document.where, error.reason)
    except OSError as error:
        yield None, Problem(document.where, f"it can't be read: {error.strerror or error}")


def remove_entries(body: bytes, numbers: Collection[int]) -> bytes:
    """The feed without these entries; empty if none is left, or if the feed is too broken to remove
    anything."""
    try:
        return without_items(body, ITEMS, numbers)
    except BadXml:
        return b""


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        body = file.read(FEED_LIMIT + 1)
    if len(body) > FEED_LIMIT:
        raise BadArticle(f"the feed has more than {FEED_LIMIT // 1024 // 1024} MB: split it")
    return body


FORMAT = Format(
    endings=(".rss", ".atom", ".rdf"),
    media_types=("application/rss+xml", "application/atom+xml", "application/rdf+xml"),
    read=read_feed,
    remove=remove_entries,
    names_collections=False,
)
