"""Fetches the full text of articles that a feed only summarises."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from corpus.article import DEFAULT_COLLECTION, Article
from corpus.dates import format_moment, parse_moment
from corpus.errors import UnreadableSource
from corpus.sources.known_item import KnownFeed, KnownItem, PageState
from corpus.sources.web_source import make_copy, read_copy
from corpus.web.fetcher import Fetched, Fetcher, Gone, RetryLater, Validators

MAX_PAGES = 30
"""The most pages of a feed that are fetched in one poll, the newest first: as many as most feeds have
entries, and half a minute with a second between two requests. The others are fetched in the next polls."""
MAX_SECONDS = 45.0
"""Seconds of a poll after which no further page is requested, so that a slow site does not hold up other
feeds."""
MAX_ATTEMPTS = 3
"""How often a page is requested; if every attempt fails, the article keeps the feed's summary."""
RETRY_PAUSE = timedelta(hours=1)
"""The least time between two requests for a page, after a failure or if the feed reports changes of it
constantly."""


@dataclass(frozen=True, slots=True)
class PageLimits:
    """The limits on fetching pages in one poll of a feed: their number, and the time."""

    count: int = MAX_PAGES
    seconds: float = MAX_SECONDS


def fetch_pages(feed: KnownFeed, fetcher: Fetcher, now: datetime, limits: PageLimits) -> KnownFeed:
    """The feed with the texts of those wanted pages that could be fetched."""
    began = time.monotonic()
    left = limits.count
    items: list[KnownItem] = []
    for item in feed.items:
        wanted = item.page is PageState.PENDING and item.fields and _is_due(item, now)
        if wanted and left > 0 and time.monotonic() - began < limits.seconds:
            left -= 1
            try:
                item = _with_page(item, fetcher, now)
            except RetryLater:
                left = 0  # the site asks for a pause, so all of its pages wait
        items.append(item)
    return replace(feed, items=tuple(items))


def _is_due(item: KnownItem, now: datetime) -> bool:
    if not item.asked:
        return True
    try:
        return not timedelta() <= now - parse_moment(item.asked) < RETRY_PAUSE
    except ValueError:
        return True


def _with_page(item: KnownItem, fetcher: Fetcher, now: datetime) -> KnownItem:
    """The item after its page was requested. Raises RetryLater."""
    address = (item.fields or {}).get("url", "")
    known = Validators(item.etag, item.last_modified) if item.text and not item.tries else Validators()
    item = replace(item, asked=format_moment(now))
    try:
        fetched = fetcher.fetch(address, known)
        if fetched.unchanged:
            return replace(item, page=PageState.FETCHED)
        article = next(_articles(address, fetched))
    except RetryLater:
        raise
    except Gone as error:
        return replace(item, page=PageState.FAILED, reason=error.reason, tries=item.tries + 1)
    except UnreadableSource as error:
        tries = item.tries + 1
        page = PageState.FAILED if tries >= MAX_ATTEMPTS else PageState.PENDING
        return replace(item, page=page, reason=error.reason, tries=tries)
    item = replace(
        item,
        page=PageState.FETCHED,
        tries=0,
        reason="",
        etag=fetched.validators.etag,
        last_modified=fetched.validators.last_modified,
    )
    if len(article.text) <= len(item.said):
        return item  # the feed has more text
    fields = {name: value for name, value in article.to_row().items() if name in _OF_THE_PAGE and value}
    return replace(item, fields={**fields, **(item.fields or {}), "text": article.text})


_OF_THE_PAGE = ("title", "author", "published", "source", "language")
"""The fields that are taken from the page if the feed does not have them."""


def _articles(address: str, fetched: Fetched) -> Iterator[Article]:
    for _, found in read_copy(make_copy(address, fetched), DEFAULT_COLLECTION):
        if isinstance(found, Article):
            yield found
