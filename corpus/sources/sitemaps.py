"""Reads sitemap indexes: chooses the sitemaps and pages that may be new."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from corpus.dates import parse_moment
from corpus.errors import BadArticle, UnreadableSource
from corpus.readers.feeds.feed_articles import link_of
from corpus.readers.feeds.feed_document import Entry, FeedDocument, Kind, parse_feed
from corpus.readers.parsing.gunzip import MAGIC, unpack
from corpus.web.fetcher import BODY_LIMIT, Fetcher, Validators

MAX_SITEMAPS = 5
"""The most sitemaps of an index that are read in one poll, the last changed first: a newspaper has one for
each day or month since its beginning."""
MAX_PAGES = 200
"""The most pages of a sitemap that are taken, the newest first: a busy site publishes that many in a day."""
RECENT = timedelta(days=14)
"""Pages with an older date are not taken. Of a sitemap without dates, the first MAX_PAGES are."""


def whole_sitemap(
    index: FeedDocument, known: Mapping[str, list[str]], address: str, fetcher: Fetcher, now: datetime
) -> tuple[FeedDocument, dict[str, list[str]]]:
    """The newest pages of the sitemaps that changed, and the new state: for each sitemap its ETag, its
    Last-Modified and its date in the index.

    Indexes in an index are not followed. Raises UnreadableSource if none of the sitemaps can be read.
    """
    links = {link_of(entry, address): entry for entry in index.entries}
    chosen = [link for link in links if link][:MAX_SITEMAPS]
    parts: dict[str, list[str]] = {}
    entries: list[Entry] = []
    failure: UnreadableSource | None = None
    for link in chosen:
        dated = links[link].modified
        etag, modified, before = (*known.get(link, ()), "", "", "")[:3]
        if before and before == dated:
            parts[link] = known[link]
            continue
        try:
            fetched = fetcher.fetch(link, Validators(etag or None, modified or None))
            if not fetched.unchanged:
                body = fetched.body
                body = b"".join(unpack([body], BODY_LIMIT)) if body.startswith(MAGIC) else body
                found = parse_feed(body, fetched.address, fetched.charset)
                entries += found.entries if found.kind is Kind.SITEMAP else ()
        except UnreadableSource as error:
            failure = error
            continue
        except (BadArticle, ValueError) as error:
            failure = UnreadableSource(link, str(error))
            continue
        validators = fetched.validators
        parts[link] = [validators.etag or "", validators.last_modified or "", dated]
    if failure and not parts:
        raise failure
    return newest(FeedDocument(Kind.SITEMAP, index.title, entries=tuple(entries)), now), parts


def newest(document: FeedDocument, now: datetime) -> FeedDocument:
    """The sitemap with only its newest pages."""
    dated = [(moment, entry) for entry in document.entries if (moment := _moment(entry))]
    if dated:
        dated.sort(key=lambda pair: pair[0], reverse=True)
        kept = [entry for moment, entry in dated if now - moment <= RECENT]
    else:
        kept = list(document.entries)
    return replace(document, entries=tuple(kept[:MAX_PAGES]))


def _moment(entry: Entry) -> datetime | None:
    try:
        return parse_moment(entry.published or entry.modified)
    except ValueError:
        return None
