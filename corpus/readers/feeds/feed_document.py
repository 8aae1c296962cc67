"""Value types for the content of a feed, a sitemap or a list of feeds."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum
from functools import cache
from typing import TypeGuard

from corpus.errors import BadArticle
from corpus.readers.parsing.html_process import WorkerParser

MAX_ENTRIES = 2000
"""The most entries of one document: the first of a feed, the newest of a sitemap. Feeds have ten to a
hundred; a news sitemap may have a thousand."""


class Kind(Enum):
    """The kind of a document."""

    FEED = "feed"
    """RSS, Atom, RDF or JSON Feed."""
    SITEMAP = "sitemap"
    """Addresses of pages."""
    SITEMAPS = "sitemaps"
    """Addresses of sitemaps."""
    OPML = "opml"
    """Addresses of feeds, the exchange format of feed readers."""
    PAGE = "page"
    """HTML."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, or one address of a list; texts are plain, and empty if missing.

    `link` is as written; `guid` is the feed's id of the entry. `text` is the longest text that it has, and
    `full` whether this seems to be the whole article and not a summary. `published` and `modified` are dates
    as written.
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
    """A parsed document. `minutes` is the interval at which a feed says that it should be polled (0:
    unknown). `left_out` counts entries beyond MAX_ENTRIES, `no_articles` those that the feed marks as
    comments, settings or drafts. `is_article` is whether a page is one article instead of a list."""

    kind: Kind
    title: str = ""
    language: str = ""
    minutes: int = 0
    entries: tuple[Entry, ...] = ()
    left_out: int = 0
    no_articles: int = 0
    is_article: bool = False


def is_json_feed(value: object) -> TypeGuard[dict[str, object]]:
    """Whether a JSON value is a JSON Feed, according to its `version`."""
    return isinstance(value, dict) and "jsonfeed.org/version" in str(value.get("version"))


def parse_feed(body: bytes, address: str, charset: str | None = None) -> FeedDocument:
    """Parse a document in the worker process. `address` is where it was fetched from, `charset` what its
    server declared. Raises BadArticle with the reason if it is of no known kind."""
    head = f"{address} {charset or ''}".encode(errors="replace").replace(b"\n", b"")
    return _document(_feeds().read(head + b"\n" + body))


@cache
def _feeds() -> WorkerParser:
    return WorkerParser("corpus.readers.feeds.feed_parser:read_document", what="feed")


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
