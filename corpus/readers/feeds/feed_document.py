"""What a feed, a sitemap or a list of feeds says, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum
from functools import cache
from typing import TypeGuard

from corpus.errors import BadArticle
from corpus.readers.parsing.html_process import PageReader

ENTRIES = 2000
"""Entries of one document that are taken, the first of a feed and the newest of a sitemap. Feeds have ten to
a hundred; a sitemap for news may have a thousand."""


class Kind(Enum):
    """What a document is."""

    FEED = "feed"
    """RSS, Atom, RDF or JSON Feed."""
    SITEMAP = "sitemap"
    """Addresses of pages."""
    SITEMAPS = "sitemaps"
    """Addresses of sitemaps."""
    OPML = "opml"
    """Addresses of feeds, as readers of feeds exchange them."""
    PAGE = "page"
    """HTML."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, or one address of a list; texts are plain, and empty where there is none.

    `link` is as it was written, `guid` what the feed calls the entry. `text` is the longest that it gives,
    and `full` whether that is the article and not a summary of it, as far as it can be told. `published` and
    `modified` are dates as they were written.
    """

    link: str = ""
    guid: str = ""
    title: str = ""
    text: str = ""
    full: bool = False
    author: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A whole document: of a feed its name, its language, the minutes after which it says that there may be
    something new (0: it does not say); `left_out` counts entries beyond ENTRIES, `no_articles` those
    that the feed says are comments, settings or drafts, and `is_article` says of a page that it is one
    article and no list of them."""

    kind: Kind
    title: str = ""
    language: str = ""
    minutes: int = 0
    entries: tuple[Entry, ...] = ()
    left_out: int = 0
    no_articles: int = 0
    is_article: bool = False


def is_json_feed(value: object) -> TypeGuard[dict[str, object]]:
    """Whether a value of JSON is a JSON Feed, which says so in its `version`."""
    return isinstance(value, dict) and "jsonfeed.org/version" in str(value.get("version"))


def parse_feed(body: bytes, address: str, charset: str | None = None) -> FeedDocument:
    """The document, parsed in the worker process. `address` is where it was fetched from, `charset` what its
    server declared. Raises BadArticle with the reason where it is none of the kinds."""
    head = f"{address} {charset or ''}".encode(errors="replace").replace(b"\n", b"")
    return _document(_feeds().read(head + b"\n" + body))


@cache
def _feeds() -> PageReader:
    return PageReader("corpus.readers.feeds.feed_parser:read_document", what="feed")


def _document(found: Mapping[str, object]) -> FeedDocument:
    reason = found.get("refused")
    if isinstance(reason, str):
        raise BadArticle(reason)
    rows = found.get("entries")
    return FeedDocument(
        kind=Kind(found["kind"]),
        title=_text(found, "title"),
        language=_text(found, "language"),
        minutes=_number(found, "minutes"),
        entries=tuple(_entry(row) for row in rows) if isinstance(rows, list) else (),
        left_out=_number(found, "left_out"),
        no_articles=_number(found, "no_articles"),
        is_article=found.get("is_article") is True,
    )


def _entry(row: object) -> Entry:
    known = row if isinstance(row, dict) else {}
    texts = {one.name: _text(known, one.name) for one in fields(Entry) if one.name != "full"}
    return Entry(**texts, full=known.get("full") is True)


def _text(found: Mapping[str, object], name: str) -> str:
    value = found.get(name)
    return value if isinstance(value, str) else ""


def _number(found: Mapping[str, object], name: str) -> int:
    value = found.get(name)
    return value if isinstance(value, int) else 0
