"""Feeds and sitemaps as sources; both list only the latest articles."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from corpus.article import Article, make_article
from corpus.errors import BadArticle, UnreadableSource
from corpus.lazy_pattern import lazy_pattern
from corpus.problem import Problem, SourceLocation
from corpus.readers.feeds.feed_document import FeedDocument, Kind, parse_feed
from corpus.readers.parsing.gunzip import MAGIC, unpack
from corpus.readers.parsing.html_process import misplaced_page
from corpus.readers.parsing.reading_options import NO_READING_OPTIONS, ReadingOptions
from corpus.sources.feed_merging import merge
from corpus.sources.full_text import PageLimits, fetch_pages
from corpus.sources.known_item import FEED_ENDING, KnownFeed, KnownItem, PageState, from_bytes, to_bytes
from corpus.sources.sitemaps import RECENT, newest, whole_sitemap
from corpus.sources.source import ArticleSource, Extent, Item, PollResult, Remaining
from corpus.web.address import parse_address
from corpus.web.fetch_cache import NOT_FETCHED, CachedContent, FetchCache, now
from corpus.web.fetcher import BODY_LIMIT, NO_VALIDATORS, Fetched, Fetcher
from corpus.web.known_pages import ArticleName
from corpus.web.page_key import page_key

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_BEGINS = lazy_pattern(
    rb"<(?:rss|feed|rdf:RDF|opml|urlset|sitemapindex)[\s>]|jsonfeed\.org(?:\\?/)version", re.I
)
_LOOKED_AT = 5000
"""The first bytes, in which a feed's root element must begin: declarations and comments may precede it."""


class FeedSource:
    """A feed or a sitemap. Articles that leave it stay in the corpus."""

    extent = Extent.WINDOW

    def __init__(
        self,
        location: str,
        cache: FetchCache,
        options: ReadingOptions = NO_READING_OPTIONS,
        *,
        page_limits: PageLimits | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        """`location` is normalised by `corpus.web.address.parse_address`."""
        self._location = location
        self._cache = cache
        self._options = options
        self._page_limits = page_limits or PageLimits()
        self._clock = clock

    def poll(self, fetcher: Fetcher) -> PollResult:
        """See `FetchedSource`. Also fetches the pages of articles whose full text is not in the feed."""
        last = self._cache.get(self._location)
        known = _remembered(last)
        asks = last.validators if last and known.items and not known.sitemaps else NO_VALIDATORS
        try:
            fetched = fetcher.fetch(self._location, asks)
            return self.poll_fetched(fetched, fetcher)
        except UnreadableSource as error:
            return PollResult(failure=error)

    def poll_fetched(self, fetched: Fetched, fetcher: Fetcher) -> PollResult:
        """The same for content that was fetched already. Raises UnreadableSource if it is no feed."""
        last = self._cache.get(self._location)
        feed = _remembered(last)
        if not fetched.unchanged:
            document = document_of(self._location, fetched)
            listed = len(document.entries)
            sitemaps, left_out = dict(feed.sitemaps), ""
            if document.kind is Kind.SITEMAPS:
                document, sitemaps, left_out = whole_sitemap(
                    document, feed.sitemaps, fetched.address, fetcher, self._clock()
                )
            elif document.kind is Kind.SITEMAP:
                document, left_out = newest(document, self._clock())
            if document.kind is Kind.PAGE:
                raise UnreadableSource(self._location, misplaced_page(fetched.body, "feed"))
            if document.kind not in (Kind.FEED, Kind.SITEMAP):
                raise UnreadableSource(self._location, _OTHERS[document.kind])
            if not document.entries and not feed.items:
                raise UnreadableSource(self._location, _why_empty(document, listed))
            merged = merge(feed, document, fetched.address, self._clock())
            feed = replace(merged, sitemaps=sitemaps, left_out=left_out)
        feed = fetch_pages(feed, fetcher, self._clock(), self._page_limits)
        copy = CachedContent(
            location=self._location,
            address=fetched.address,
            ending=FEED_ENDING,
            fetched=self._clock(),
            body=to_bytes(feed),
            validators=fetched.validators,
            fresh_for=max(feed.minutes * 60, fetched.max_age or 0),
            waiting=feed.pending_pages,
        )
        return PollResult(copy, moved=fetched.moved)

    def read(self, collection: str) -> Iterator[Item]:
        """The articles of the last fetched feed and those that left it recently. Articles without a text, and
        those with only a summary, are reported as counted problems. Raises UnreadableSource."""
        copy = self._cache.get(self._location)
        if copy is None:
            raise UnreadableSource(self._location, NOT_FETCHED)
        try:
            known = from_bytes(copy.body)
        except ValueError as error:
            raise UnreadableSource(self._location, str(error)) from error
        where = SourceLocation(self._location)
        site = parse_address(copy.address).site
        if known.left_out:
            yield where, Problem(self._location, known.left_out, refused=False)
        refused: Counter[str] = Counter()
        for item in known.items:
            if item.fields is None:
                continue
            fields: dict[str, object] = {
                "published": item.fields.get("modified"),
                **item.fields,
                "id": item.id,
            }
            if remark := _remark(item):
                refused[remark] += 1
            if not item.text:
                continue
            try:
                article, remarks = make_article(
                    fields,
                    collection=collection,
                    fallback_id=item.id,
                    fallback_source=site,
                    day_first=self._options.day_first,
                )
            except BadArticle as error:
                yield where, Problem(self._location, f"{item.id}: {error.reason}")
                continue
            yield from ((where, Problem(self._location, one, refused=False)) for one in remarks)
            yield where, self._options.applied(article)
        for reason, count in refused.items():
            yield where, Problem(self._location, reason, refused=False, count=count)

    def read_foreign(self, _collection: str, /) -> Iterator[Item]:
        """Nothing: articles from the web stay in the collection of their source."""
        return iter(())

    def taken_down(self) -> frozenset[str]:
        """The ids and page keys (`page_key`) of the articles that their publishers took down."""
        gone = [item for item in _remembered(self._cache.get(self._location)).items if item.taken_down]
        return frozenset(name for item in gone for name in (item.id, item.key) if name)

    def drop(self) -> None:
        """Delete the cached feed."""
        self._cache.drop(self._location)

    def remove_article(self, _collection: str, name: ArticleName) -> Remaining:
        """Remove an article's text from the cached feed; a damaged one is deleted, since the text may be in
        it. Raises HomeUnusable."""
        copy = self._cache.get(self._location)
        if copy is None:
            return Remaining.UNTOUCHED
        try:
            feed = from_bytes(copy.body)
        except ValueError:
            self.drop()
            return Remaining.UNTOUCHED
        if not any(name.matches(item.id) and item.fields for item in feed.items):
            return Remaining.UNTOUCHED
        items = tuple(
            replace(item, fields=None, of_page=(), said="", page=PageState.NOT_NEEDED)
            if name.matches(item.id)
            else item
            for item in feed.items
        )
        self._cache.put(replace(copy, body=to_bytes(replace(feed, items=items))))
        return Remaining.OTHERS


def still_up(opened: ArticleSource, served: Iterator[Article]) -> Iterator[Article]:
    """The served articles of a source, without those that their publishers took down."""
    gone = opened.taken_down() if isinstance(opened, FeedSource) else frozenset[str]()
    for article in served:
        if not gone or gone.isdisjoint({article.id, page_key(article.url or "")}):
            yield article


def _remark(item: KnownItem) -> str:
    """What is to be said of an item that does not have the text of its page; empty if it has."""
    if item.page is PageState.GONE:
        stands = "the feed's summary stands for it" if item.text else "its article is removed"
        return f"its page is gone ({item.reason}): {stands}"
    if not item.text:
        return f"there is no text of it yet ({item.reason or 'its page is still to be fetched'})"
    if item.page is PageState.FAILED:
        stands = "the page's earlier text" if "text" in item.of_page else "the feed's summary"
        return f"its page can't be fetched ({item.reason}): {stands} stands for it"
    return ""


def _why_empty(document: FeedDocument, listed: int) -> str:
    """Why a feed or sitemap gives no article; `listed` is the number of addresses that the sitemap lists."""
    if document.kind is Kind.FEED:
        return "it holds no entry yet: add it once it has one"
    if not listed:
        return "it lists no address"
    return (
        f"none of the pages that it lists is of the last {RECENT.days} days, and older ones are not fetched: "
        "add their addresses, or a feed"
    )


def may_be_feed(fetched: Fetched) -> bool:
    """Whether it looks like a feed, a sitemap or a list of feeds, without parsing it."""
    if fetched.media_type in _FEED_TYPES or fetched.body.startswith(MAGIC):
        return True
    return bool(_BEGINS.search(fetched.body[:_LOOKED_AT].replace(b"\0", b"")))


def document_of(location: str, fetched: Fetched) -> FeedDocument:
    """Parse a fetched feed, sitemap or list of them. Raises UnreadableSource if it is none of these."""
    body = fetched.body
    try:
        if body.startswith(MAGIC):
            body = b"".join(unpack([body], BODY_LIMIT))
        return parse_feed(body, fetched.address, fetched.charset)
    except BadArticle as error:
        raise UnreadableSource(location, error.reason) from error
    except ValueError as error:
        raise UnreadableSource(location, str(error)) from error


_OTHERS = {
    Kind.OPML: "it was a feed, and holds a list of feeds now",
    Kind.SITEMAPS: "its sitemaps hold no page",
}


def _remembered(copy: CachedContent | None) -> KnownFeed:
    """What is known of the feed; nothing if its cached content is damaged, which a poll then replaces."""
    if copy is None or copy.ending != FEED_ENDING:
        return KnownFeed()
    try:
        return from_bytes(copy.body)
    except ValueError:
        return KnownFeed()
