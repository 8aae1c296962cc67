"""Matches the entries of a feed to known articles, or recognises them as new.

An entry is matched by its address first, then by its guid, then by its content. Each of these alone fails for
some feeds in public reports: guids that change with every fetch, one guid for several entries or for an
article that is written anew years later, guids and links with the parameters of a preview, entries with none
of these, one link for all entries, and feeds that change their habits.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit

from corpus.dates import parse_moment
from corpus.lazy_pattern import lazy_pattern
from corpus.readers.feeds.feed_articles import link_of
from corpus.readers.feeds.feed_document import Entry
from corpus.sources.known_item import KnownItem
from corpus.text import without_tracking
from corpus.web.page_key import page_key

MIN_GUID_SIMILARITY = 0.3
"""The least Jaccard similarity of the words of two texts for one to be an edit of the other, if their guids
are equal."""
MIN_TITLE_SIMILARITY = 0.6
"""The same threshold if only their titles are equal; for news items on different things the similarity is
below 0.2."""
CHARACTERS_COMPARED = 20_000
"""The most characters of a text that are compared, from its start."""
SAME_ARTICLE_WINDOW = timedelta(days=2)
"""Two entries with the same content at two addresses are two articles if their dates are further apart:
"Watch live" is published each week at another page."""
MIN_TEXT = 40
"""The least characters of a text for it to identify an entry."""

_PREVIEW = lazy_pattern(
    r"(?<=[?&])(?:preview|preview_id|preview_nonce|preview_time|_thumbnail_id|_wpnonce)(?:=[^&#]*)?(?:&|(?=#|\Z))",
    re.IGNORECASE,
)
"""Preview parameters, which WordPress adds to the addresses of drafts and some feeds leak."""


@dataclass(frozen=True, slots=True)
class EntryIdentity:
    """An entry of a feed with everything that can identify it; the fields are those of `KnownItem`."""

    entry: Entry
    link: str
    key: str
    guid: str
    content: str
    heading: str


def entry_identities(entries: Sequence[Entry], address: str) -> list[EntryIdentity]:
    """The entries of one document without duplicates. A link that different entries share identifies none of
    them."""
    found = [_identity(entry, address) for entry in entries]
    kept = list({(one.key, one.guid, one.content): one for one in reversed(found)}.values())[::-1]
    by_key: dict[str, list[EntryIdentity]] = {}
    for one in kept:
        by_key.setdefault(one.key, []).append(one)
    guids = Counter(one.guid for one in kept)
    result = []
    for one in kept:
        others = by_key[one.key] if one.key else [one]
        if len(others) > 1:
            if one.guid and all(other.guid == one.guid for other in others):
                if one is not others[0]:
                    continue  # the same article twice: the first is kept
            else:
                one = replace(one, key="")
        result.append(replace(one, guid="") if guids[one.guid] > 1 and not _once(one, kept) else one)
    return result


def _once(one: EntryIdentity, kept: Iterable[EntryIdentity]) -> bool:
    """Whether all entries with its guid also have its address."""
    return bool(one.key) and all(other.key == one.key for other in kept if other.guid == one.guid)


def matches(known: Sequence[KnownItem], seen: Sequence[EntryIdentity]) -> list[KnownItem | None]:
    """For each entry, the known item that it is, or None if it is new. Each item is matched at most once."""
    found: list[KnownItem | None] = [None] * len(seen)
    taken: set[str] = set()
    keys = {one.key for one in seen if one.key}

    def match(
        names: Callable[[KnownItem | EntryIdentity], str], holds: Callable[[KnownItem, EntryIdentity], bool]
    ) -> None:
        """Match entries and items whose `names` are equal, if `holds` accepts the pair."""
        named: dict[str, list[KnownItem]] = {}
        for item in known:
            if name := names(item):
                named.setdefault(name, []).append(item)
        for number, one in enumerate(seen):
            if found[number] is None and (name := names(one)):
                for item in named.get(name, ()):
                    if item.id not in taken and holds(item, one):
                        found[number] = item
                        taken.add(item.id)
                        break

    match(lambda one: one.key, lambda _item, _one: True)
    gone = {item.id for item in known if not item.key or item.key not in keys}
    match(lambda one: one.guid, lambda item, one: item.id in gone and _is_same_by_guid(item, one))
    match(lambda one: one.content, lambda item, one: item.id in gone and _is_same_by_content(item, one))
    match(lambda one: one.heading, lambda item, one: item.id in gone and _is_same_by_title(item, one))
    return found


def new_id(one: EntryIdentity, feed: str, taken: Iterable[str]) -> str:
    """The article id of a new entry: its address, or a name made of the feed's address and the entry's guid
    or content."""
    used = set(taken)
    own = without_tracking(without_preview(one.link)).partition("#")[0] if one.key else ""
    host = urlsplit(feed).hostname or "feed"
    for name in (own, one.guid and f"{host}#{_hash(feed, one.guid)}", f"{host}#{_hash(feed, one.content)}"):
        if name and len(name) <= 300 and name not in used:
            return name
    return f"{host}#{_hash(feed, one.content, one.link, one.entry.published, one.entry.guid)}"


def without_preview(address: str) -> str:
    """The address without preview parameters."""
    return _PREVIEW.sub("", address).rstrip("?&") if "preview" in address.lower() else address


def _identity(entry: Entry, address: str) -> EntryIdentity:
    link = link_of(entry, address)
    key = page_key(without_preview(link)) if link else ""
    said = entry.text if len(entry.text) >= MIN_TEXT or entry.title else ""
    changed = "" if entry.text else entry.modified  # only for entries that name a page and have no text
    return EntryIdentity(
        entry=entry,
        link=link,
        # The address of the site itself does not identify an article.
        key=key if "/" in key or "?" in key else "",
        guid=_guid(entry.guid),
        content=_hash(entry.title, said, changed) if said or entry.title or changed else "",
        heading=_hash(" ".join(entry.title.lower().split())) if entry.title else "",
    )


def _guid(guid: str) -> str:
    if not guid:
        return ""
    return _hash(page_key(without_preview(guid)) or guid)


def _is_same_by_guid(item: KnownItem, one: EntryIdentity) -> bool:
    """Whether an entry with the item's guid may be the item: feeds reuse guids for other articles."""
    if one.key and one.key == item.key:
        return True
    if one.content == item.content or (one.heading and one.heading == item.heading):
        return True
    return _share(item.said or item.text, one.entry.text) >= MIN_GUID_SIMILARITY


def _is_same_by_content(item: KnownItem, one: EntryIdentity) -> bool:
    if not one.entry.text:
        return False
    return not (item.key and one.key) or _is_near(item, one)


def _is_same_by_title(item: KnownItem, one: EntryIdentity) -> bool:
    """Whether an entry with the item's title is an edit of it."""
    share = _share(item.said or item.text, one.entry.text)
    return (
        share >= MIN_TITLE_SIMILARITY and _is_near(item, one)
        if item.key and one.key
        else share >= MIN_GUID_SIMILARITY
    )


def _is_near(item: KnownItem, one: EntryIdentity) -> bool:
    """Whether their dates are at most SAME_ARTICLE_WINDOW apart, or one of them is missing."""
    try:
        first = parse_moment((item.fields or {}).get("published", ""))
        return abs(first - parse_moment(one.entry.published or one.entry.modified)) <= SAME_ARTICLE_WINDOW
    except ValueError:
        return True


def _share(first: str, second: str) -> float:
    one, other = (set(re.findall(r"\w+", text[:CHARACTERS_COMPARED].lower())) for text in (first, second))
    return len(one & other) / len(one | other) if one and other else 0.0


def _hash(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode(errors="replace")).hexdigest()[:20]
