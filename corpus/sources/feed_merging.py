"""Merges a newly fetched feed into what is remembered of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from corpus.dates import stored_moment
from corpus.readers.feeds.feed_articles import fields_of
from corpus.readers.feeds.feed_document import FeedDocument
from corpus.sources.feed_identity import EntryIdentity, entry_identities, matches, new_id, without_preview
from corpus.sources.known_item import KnownFeed, KnownItem, PageState
from corpus.text import without_tracking

TEXT_DAYS = 7
"""Days for which the text of an entry is kept here after it left the feed. By then it is served, so that a
reload that failed meanwhile loses nothing."""
MEMORY_DAYS = 400
"""Days for which an entry is recognised after it left the feed: some come back a year later."""
MAX_REMEMBERED = 20_000
"""The most entries of a feed that are remembered, the latest: 5 MB without their texts."""
SUMMARY_LIMIT = 2000
"""The most characters of a summary that are kept beside the page's text, to compare later edits with."""


def merge(known: KnownFeed, document: FeedDocument, address: str, now: datetime) -> KnownFeed:
    """The remembered feed, updated from a document; `address` is where the document was fetched from.

    An entry with unchanged content stays as it is, even if the feed changes its date or author. Entries that
    left the feed are kept for a time.
    """
    seen = entry_identities(document.entries, address)
    found = matches(known.items, seen)
    today = now.date().isoformat()
    taken = {item.id for item in known.items}
    current: list[KnownItem] = []
    for one, item in zip(seen, found, strict=True):
        if item is None:
            item = KnownItem(new_id(one, address, taken))
            taken.add(item.id)
        current.append(_seen(item, one, document, address, today))
    ids = {item.id for item in current}
    left = [_left(item) for item in known.items if item.id not in ids]
    before = {item.id: item.fields for item in known.items}
    changed = any(item.id not in before or item.fields != before[item.id] for item in current)
    return KnownFeed(
        title=document.title,
        minutes=document.minutes,
        sitemaps=known.sitemaps,
        items=(*current, *(_pruned(left, now.date(), MAX_REMEMBERED - len(current)) if changed else left)),
    )


def _seen(item: KnownItem, one: EntryIdentity, feed: FeedDocument, address: str, today: str) -> KnownItem:
    """The item, updated from its entry in the feed."""
    moved = bool(one.key and item.key and one.key != item.key)
    same = item.content == one.content and bool(item.content)
    item = replace(item, key=one.key or item.key, guid=one.guid or item.guid, seen=today, listed=True)
    link = _address(one)
    if same:
        item = item.without_page() if item.page is PageState.GONE else item
        return item.with_fields(url=link) if moved and item.fields else item
    fields = {name: str(value) for name, value in fields_of(one.entry, feed, address).items() if value}
    fields |= {"url": link} if link else {}
    if not one.entry.published and not one.entry.full and (changed := fields.pop("published", "")):
        fields["modified"] = changed  # the page may have the date of publication
    if item.fields and not _moment(fields.get("published", "")) and (date_ := item.fields.get("published")):
        fields["published"] = date_
    page, said, of_page = PageState.NOT_NEEDED, "", tuple[str, ...]()
    if link and not one.entry.full:
        page = PageState.GONE if item.page is PageState.GONE else PageState.PENDING
        said = one.entry.text[:SUMMARY_LIMIT]
        # What the page gave is kept until the page is read again.
        given = {name: value for name, value in (item.fields or {}).items() if name in item.of_page}
        if "text" in given:
            fields.pop("text", None)
        fields = given | fields
        of_page = tuple(name for name, value in given.items() if fields[name] == value)
    return replace(
        item,
        content=one.content,
        heading=one.heading,
        fields=fields,
        of_page=of_page,
        said=said,
        page=page,
        tries=0,
        reason=item.reason if page is PageState.GONE else "",
        checks=0,
    )


def _left(item: KnownItem) -> KnownItem:
    """The item when the feed no longer lists it."""
    item = replace(item, listed=False)
    return item.without_page() if item.page is PageState.GONE else item


def _address(one: EntryIdentity) -> str:
    if not one.link:
        return ""
    address = without_tracking(without_preview(one.link))
    # Without a key, the fragment identifies an entry of a live blog.
    return address.partition("#")[0] if one.key else address


def _moment(text: str) -> str:
    try:
        return stored_moment(text)
    except ValueError:
        return ""


def _pruned(items: Sequence[KnownItem], today: date, most: int) -> list[KnownItem]:
    """The items that are still remembered; the texts of those that left the feed long ago are dropped."""
    kept = []
    for item in sorted(items, key=lambda item: item.seen, reverse=True)[: max(0, most)]:
        ago = today - _day(item.seen, today)
        if ago <= timedelta(days=MEMORY_DAYS):
            old = ago > timedelta(days=TEXT_DAYS)
            page = item.page if item.page is PageState.GONE else PageState.NOT_NEEDED
            kept.append(replace(item, fields=None, of_page=(), said="", page=page) if old else item)
    return kept


def _day(text: str, today: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today
