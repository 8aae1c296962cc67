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
) -> tuple[FeedDocument, dict[str, list[str]], str]:
    """The newest pages of the sitemaps that changed; the new state, for each sitemap its ETag, its
    Last-Modified and its date in the index; and what was left out, in words.

    Indexes in an index are not followed. Raises UnreadableSource if none of the sitemaps can be read.
    """
    links = {link: entry for entry in index.entries if (link := link_of(entry, address))}
    chosen = list(links)[:MAX_SITEMAPS]
    parts: dict[str, list[str]] = {}
    entries: list[Entry] = []
    beyond = 0
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
                beyond += found.left_out
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
    whole = FeedDocument(Kind.SITEMAP, index.title, entries=tuple(entries), left_out=beyond)
    document, remark = newest(whole, now)
    if len(links) > len(chosen):
        unread = f"only the newest {len(chosen)} of the {len(links):,} sitemaps that it lists are read"
        remark = "; ".join(filter(None, (unread, remark)))
    return document, parts, remark


def newest(document: FeedDocument, now: datetime) -> tuple[FeedDocument, str]:
    """The sitemap with only its newest pages, and what was left out, in words; empty if nothing was."""
    dated = [(moment, entry) for entry in document.entries if (moment := _moment(entry))]
    if dated:
        dated.sort(key=lambda pair: pair[0], reverse=True)
        kept = [entry for moment, entry in dated if now - moment <= RECENT]
    else:
        kept = list(document.entries)
    listed = len(document.entries) + document.left_out
    remark = ""
    if more := listed - len(kept[:MAX_PAGES]):
        chosen = f"newest of the last {RECENT.days} days" if dated else "first"
        remark = (
            f"{more:,} of the {listed:,} pages that it lists are left out: only the {chosen} are fetched, at "
            f"most {MAX_PAGES}; add others by their addresses"
        )
    return replace(document, entries=tuple(kept[:MAX_PAGES])), remark


def _moment(entry: Entry) -> datetime | None:
    try:
        return parse_moment(entry.published or entry.modified)
    except ValueError:
        return None
