"""Converts the entries of a feed to the fields of articles, and reads feeds that are files."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from corpus.article import Article
from corpus.article_fields import NAME_LIMIT, URL_LIMIT
from corpus.dates import read_moment
from corpus.problem import Problem
from corpus.readers.feeds.feed_document import Entry, FeedDocument, Kind
from corpus.readers.parsing.format import Document
from corpus.readers.parsing.item_article import item_article

_DIVIDERS = (" | ", " – ", " — ", " - ", " » ", " > ", " :: ", ": ")
"""Separators between the outlet and the section in a feed's name."""


def link_of(entry: Entry, base: str = "") -> str:
    """The entry's address, resolved against the feed's; empty if it has none that may be fetched."""
    written = entry.link.strip()
    if not written or written.startswith("//") or len(written) > URL_LIMIT:
        return ""
    try:
        address = urljoin(base, written)
        usable = urlsplit(address).scheme in ("http", "https") and bool(urlsplit(address).hostname)
    except ValueError:
        return ""
    return address if usable and len(address) <= URL_LIMIT else ""


def fields_of(
    entry: Entry, feed: FeedDocument, address: str = "", day_first: bool | None = None
) -> dict[str, object]:
    """The fields of the entry's article for `make_article`. `address` is the feed's own; `day_first` says
    whether 03/04/2026 has the day first."""
    link = link_of(entry, address)
    return {
        "title": entry.title or None,
        "text": entry.text,
        "url": link or None,
        "author": entry.author or None,
        "published": _date(entry, day_first),
        "language": entry.language or feed.language or None,
        "source": entry.source or outlet(feed.title, address or link) or None,
    }


def outlet(name: str, address: str) -> str:
    """The outlet in a feed's name, without the section: the part of the name that occurs in the host's name,
    or the whole name if none does."""
    host = _letters(urlsplit(address).hostname or "")
    for divider in _DIVIDERS:
        parts = [part.strip() for part in name.split(divider)]
        for part in parts if len(parts) > 1 and host else ():
            words = [_letters(word) for word in part.split()]
            if _letters(part) in host or any(len(word) > 2 and word in host for word in words):
                return part[:NAME_LIMIT]
    return name.strip()[:NAME_LIMIT]


def read_feed_file(
    feed: FeedDocument, document: Document, collection: str
) -> Iterator[tuple[int | None, Article | Problem]]:
    """The article of each entry, or the problem with it, with the entry's number, from 1."""
    where = document.where
    if feed.kind is not Kind.FEED:
        reason = "it is a list of addresses and no feed: add the addresses that it names, or its own address"
        yield None, Problem(where, reason)
        return
    for number, entry in enumerate(feed.entries, 1):
        fields = fields_of(entry, feed, day_first=document.options.day_first)
        if not link_of(entry):
            fields["id"] = entry.guid[:300] or None
        yield from item_article(fields, number, document, collection, f"{document.name}-{number}")
    if feed.no_articles:
        reason = f"left out: {feed.no_articles:,} entries that it says are comments, settings or drafts"
        yield None, Problem(where, reason, refused=False)
    if feed.left_out:
        yield None, Problem(where, f"{feed.left_out:,} entries more than {len(feed.entries):,} are not read")


def _date(entry: Entry, day_first: bool | None) -> str | None:
    """The first valid date; if there is none, the first one, so that it is reported."""
    dates = [date for date in (entry.published, entry.modified) if date]
    for date in dates:
        try:
            read_moment(date, day_first=day_first)
        except ValueError:
            continue
        return date
    return None


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())
