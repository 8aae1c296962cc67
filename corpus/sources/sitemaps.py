"""Sitemaps that consist of others: which of them may have something new."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from corpus.dates import parse_moment
from corpus.errors import BadArticle, UnreadableSource
from corpus.readers.feeds.feed_articles import link_of
from corpus.readers.feeds.feed_document import Entry, FeedDocument, Kind, parse_feed
from corpus.readers.parsing.gunzip import MAGIC, unpack
from corpus.web.fetcher import BODY_LIMIT, Fetcher, Validators

PARTS = 5
"""Sitemaps of an index that are read at a visit, those that changed last: a newspaper's has one a day or a
month, back to its beginning."""
PAGES_OF_SITE = 200
"""Pages of a sitemap that are taken, the newest: a busy site publishes as many in a day."""
RECENT = timedelta(days=14)
"""Pages that are dated and older are not taken; a sitemap without any date gives its first PAGES_OF_SITE."""


def whole_sitemap(
    index: FeedDocument, known: Mapping[str, list[str]], address: str, fetcher: Fetcher, now: datetime
) -> tuple[FeedDocument, dict[str, list[str]]]:
    """The newest pages of an index's sitemaps that are not known as they are, and what is known of them then:
    of each its ETag, its Last-Modified, and the date that the index gives for it.

    An index that leads to other indexes is not followed further. Raises UnreadableSource if none of its
    sitemaps can be had.
    """
    links = {link_of(entry, address): entry for entry in index.entries}
    chosen = [link for link in links if link][:PARTS]
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
    """The sitemap with its newest pages alone."""
    dated = [(moment, entry) for entry in document.entries if (moment := _moment(entry))]
    if dated:
        dated.sort(key=lambda pair: pair[0], reverse=True)
        kept = [entry for moment, entry in dated if now - moment <= RECENT]
    else:
        kept = list(document.entries)
    return replace(document, entries=tuple(kept[:PAGES_OF_SITE]))


def _moment(entry: Entry) -> datetime | None:
    try:
        return parse_moment(entry.published or entry.modified)
    except ValueError:
        return None
