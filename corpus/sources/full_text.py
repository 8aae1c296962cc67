"""Fetches the full text of articles that a feed only summarises, and asks for their pages again, so that
corrections and withdrawals are noticed."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from corpus.article import DEFAULT_COLLECTION, Article
from corpus.dates import format_moment, parse_moment
from corpus.doubling import doubled
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
constantly. For checks it doubles with each one that finds the page unchanged."""
MAX_RETRY_PAUSE = timedelta(days=1)
"""The longest time between two checks of a page, so that a page is asked for about ten times in a week."""
CHECKED_FOR = timedelta(days=7)
"""How long after its date an article's page is checked: most corrections come within hours, and the text is
kept no longer once the article has left the feed."""
MAX_CHECKS = 5
"""The most pages that are checked in one poll of a feed, those of the oldest check first: few, because a site
without ETags sends the whole page, and because a site that answers 404 to everything for a moment then loses
few articles before it is asked again."""


@dataclass(frozen=True, slots=True)
class PageLimits:
    """The limits on fetching pages in one poll of a feed: their number, that of the checks among them, and
    the time."""

    count: int = MAX_PAGES
    checks: int = MAX_CHECKS
    seconds: float = MAX_SECONDS


def fetch_pages(feed: KnownFeed, fetcher: Fetcher, now: datetime, limits: PageLimits) -> KnownFeed:
    """The feed with the texts of those wanted pages that could be fetched."""
    began = time.monotonic()
    items = list(feed.items)
    due = [number for number, item in enumerate(items) if item.fields and _is_due(item, now)]
    pending = [number for number in due if items[number].page is PageState.PENDING]
    checked = [number for number in due if _is_checked(items[number], now)]
    checked.sort(key=lambda number: items[number].asked)
    for number in [*pending, *checked[: limits.checks]][: limits.count]:
        if time.monotonic() - began >= limits.seconds:
            break
        try:
            items[number] = _with_page(items[number], fetcher, now)
        except RetryLater:
            break  # the site asks for a pause, so all of its pages wait
    return replace(feed, items=tuple(items))


def _is_due(item: KnownItem, now: datetime) -> bool:
    asked = _moment(item.asked)
    pause = RETRY_PAUSE
    if item.page is not PageState.PENDING:
        pause = doubled(pause, item.checks, MAX_RETRY_PAUSE)
    return asked is None or not timedelta() <= now - asked < pause


def _is_checked(item: KnownItem, now: datetime) -> bool:
    """Whether the page was read before, and its article is recent. Of an article without a date, and of a
    page that is gone and may come back, the last day in the feed counts."""
    if not _was_read(item) or item.page is PageState.PENDING:
        return False
    fields = item.fields or {}
    dates = [date for name in ("published", "modified") if (date := _moment(fields.get(name, "")))]
    if not dates or item.page is PageState.GONE:
        dates += [seen] if (seen := _moment(item.seen)) else []
    return any(now - date < CHECKED_FOR for date in dates)


def _was_read(item: KnownItem) -> bool:
    """Whether the page was there once. One that never was may be refused to us alone, and proves nothing."""
    return item.page in (PageState.FETCHED, PageState.GONE) or bool(item.of_page)


def _moment(text: str) -> datetime | None:
    try:
        return parse_moment(text)
    except ValueError:
        return None


def _with_page(item: KnownItem, fetcher: Fetcher, now: datetime) -> KnownItem:
    """The item after its page was requested. Raises RetryLater."""
    address = (item.fields or {}).get("url", "")
    known = Validators(item.etag, item.last_modified) if item.text and not item.tries else Validators()
    before = item
    item = replace(item, asked=format_moment(now), checks=item.checks + 1)
    try:
        fetched = fetcher.fetch(address, known)
        if fetched.unchanged:
            return replace(item, page=PageState.FETCHED)
        article = next(_articles(address, fetched))
    except RetryLater:
        raise
    except Gone as error:
        if before.page is PageState.GONE:
            return replace(item, reason=error.reason)
        if _was_read(before):
            gone = replace(item, reason=error.reason, tries=0, checks=0, etag=None, last_modified=None)
            return gone.without_page()
        return replace(item, page=PageState.FAILED, reason=error.reason, tries=item.tries + 1)
    except UnreadableSource as error:
        if before.page in (PageState.FETCHED, PageState.GONE):
            return item  # a failed check proves nothing
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
    own = {name: value for name, value in (item.fields or {}).items() if name not in item.of_page}
    row = article.to_row()
    printed = article.published
    if printed and printed.utcoffset() and printed == _moment(own.get("published", "")):
        own["published"] = str(row["published"])  # many feeds give all dates in UTC, but their pages do not
    given: dict[str, str] = {}
    if len(article.text) > len(item.said):  # otherwise the feed has more text
        given = {name: str(row[name]) for name in _OF_THE_PAGE if row.get(name) and name not in own}
        given["text"] = article.text
    fields = {"text": item.said, **own, **given}
    changed = fields != before.fields
    return replace(item, fields=fields, of_page=tuple(given), checks=0 if changed else item.checks)


_OF_THE_PAGE = ("title", "author", "published", "source", "language")
"""The fields that are taken from the page if the feed does not have them."""


def _articles(address: str, fetched: Fetched) -> Iterator[Article]:
    for _, found in read_copy(make_copy(address, fetched), DEFAULT_COLLECTION):
        if isinstance(found, Article):
            yield found
