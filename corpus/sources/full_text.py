"""Fetches the full text of articles of which a feed has only a summary."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from corpus.article import DEFAULT_COLLECTION, Article
from corpus.dates import format_moment, parse_moment
from corpus.errors import UnreadableSource
from corpus.sources.known_item import KnownFeed, KnownItem, PageState
from corpus.sources.web_source import make_copy, read_copy
from corpus.web.fetcher import Fetched, Fetcher, Gone, TryLater, Validators

PAGES = 30
"""Pages of a feed that are fetched at a visit, the newest first: as many as a feed mostly has entries, and
half a minute's with a second between two. The others' turn comes with the next visits."""
PAGE_SECONDS = 45.0
"""Seconds of a visit after which no further page is asked for: a slow site does not hold up the others."""
TRIES = 3
"""How often a page that can't be fetched is asked for; then its summary stands for it."""
PAUSE = timedelta(hours=1)
"""Between two tries, and at least between two versions of a page whose feed calls it changed each time."""


@dataclass(frozen=True, slots=True)
class Pages:
    """How many pages of a feed are fetched at a visit, and for how long."""

    most: int = PAGES
    seconds: float = PAGE_SECONDS


def with_pages(feed: KnownFeed, fetcher: Fetcher, now: datetime, pages: Pages) -> KnownFeed:
    """The feed with the texts of the pages that could be fetched, of those that are wanted."""
    began = time.monotonic()
    left = pages.most
    items: list[KnownItem] = []
    for item in feed.items:
        wanted = item.page is PageState.WANTED and item.fields and _is_due(item, now)
        if wanted and left > 0 and time.monotonic() - began < pages.seconds:
            left -= 1
            try:
                item = _with_page(item, fetcher, now)
            except TryLater:
                left = 0  # the site wants to be left alone: all of its pages wait
        items.append(item)
    return replace(feed, items=tuple(items))


def _is_due(item: KnownItem, now: datetime) -> bool:
    if not item.asked:
        return True
    try:
        return not timedelta() <= now - parse_moment(item.asked) < PAUSE
    except ValueError:
        return True


def _with_page(item: KnownItem, fetcher: Fetcher, now: datetime) -> KnownItem:
    """The item once its page was asked for. Raises TryLater."""
    address = (item.fields or {}).get("url", "")
    known = Validators(item.etag, item.last_modified) if item.text and not item.tries else Validators()
    item = replace(item, asked=format_moment(now))
    try:
        fetched = fetcher.fetch(address, known)
        if fetched.unchanged:
            return replace(item, page=PageState.HAD)
        article = next(_articles(address, fetched))
    except TryLater:
        raise
    except Gone as error:
        return replace(item, page=PageState.FAILED, reason=error.reason, tries=item.tries + 1)
    except UnreadableSource as error:
        tries = item.tries + 1
        page = PageState.FAILED if tries >= TRIES else PageState.WANTED
        return replace(item, page=page, reason=error.reason, tries=tries)
    item = replace(
        item,
        page=PageState.HAD,
        tries=0,
        reason="",
        etag=fetched.validators.etag,
        last_modified=fetched.validators.last_modified,
    )
    if len(article.text) <= len(item.said):
        return item  # the feed says more
    fields = {name: value for name, value in article.to_row().items() if name in _OF_THE_PAGE and value}
    return replace(item, fields={**fields, **(item.fields or {}), "text": article.text})


_OF_THE_PAGE = ("title", "author", "published", "source", "language")
"""The fields that are the page's where the feed says nothing of them."""


def _articles(address: str, fetched: Fetched) -> Iterator[Article]:
    for _, found in read_copy(make_copy(address, fetched), DEFAULT_COLLECTION):
        if isinstance(found, Article):
            yield found
