"""The sources that a location leads to: the feeds of a list, the feed of a page, or the location itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from corpus.errors import BadArticle, UnreadableSource
from corpus.readers.feeds.feed_articles import link_of
from corpus.readers.feeds.feed_document import Entry, FeedDocument, Kind, parse_feed
from corpus.sources.feed_source import document_of, may_be_feed
from corpus.sources.web_source import make_copy
from corpus.text import counted
from corpus.web.address import parse_address
from corpus.web.fetcher import Fetched, Fetcher

LIST_LIMIT = 1000
"""The most feeds of a list that are taken; the lists that people exchange have some hundred."""
LIST_BYTES = 5 * 1024 * 1024
"""The most bytes of a file that lists feeds; one with a thousand feeds has 200 kB."""
LIST_ENDING = ".opml"
"""The file ending of lists of feeds."""
_OFFERS = (b"rss+xml", b"atom+xml", b"rdf+xml", b"feed+json")


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found at a location. `locations` are the sources to add instead of it: the feeds of a list, or
    the feed of a page. It is empty if the location is itself a source; `fetched` is then its content.

    `is_list` means that the sources are independent, so that a failure of one stops no other. `remark` is for
    the person who gave the location.
    """

    locations: tuple[str, ...] = ()
    fetched: Fetched | None = None
    is_list: bool = False
    remark: str = ""


def discover(location: str, fetcher: Fetcher) -> Discovery:
    """What is at an address. Raises UnreadableSource."""
    fetched = fetcher.fetch(location)
    if may_be_feed(fetched):
        try:
            document = document_of(location, fetched)
        except UnreadableSource:
            return Discovery(fetched=fetched)
        if document.kind is Kind.OPML:
            return _list(location, document, fetched.address)
    elif any(offer in fetched.body for offer in _OFFERS):
        try:
            document = document_of(location, fetched)
        except UnreadableSource:
            return Discovery(fetched=fetched)
        if document.kind is Kind.PAGE and (feed := _chosen(document)) and _is_section(fetched, document):
            remark = f"it is no article, and offers a feed: {feed} is followed in its place"
            return Discovery((feed,), remark=remark)
    return Discovery(fetched=fetched)


def listed_in(path: Path) -> Discovery | None:
    """The feeds that a file lists; None if the file is not a list of feeds. Raises UnreadableSource."""
    if path.suffix.lower() not in (LIST_ENDING, ".xml"):
        return None
    try:
        with path.open("rb") as file:
            body = file.read(LIST_BYTES + 1)
    except OSError as error:
        if path.suffix.lower() == LIST_ENDING:
            raise UnreadableSource(str(path), f"it can't be read ({error.strerror or error})") from error
        return None
    is_named = path.suffix.lower() == LIST_ENDING
    if not is_named and b"<opml" not in body[:5000]:
        return None
    if len(body) > LIST_BYTES:
        raise UnreadableSource(str(path), f"it has more than {LIST_BYTES // 1024 // 1024} MB: split it")
    try:
        document = parse_feed(body, "")
    except BadArticle as error:
        raise UnreadableSource(str(path), error.reason) from error
    if document.kind is not Kind.OPML:
        raise UnreadableSource(str(path), "it is no list of feeds")
    return _list(str(path), document, "")


def _list(location: str, document: FeedDocument, base: str) -> Discovery:
    """The distinct feeds of a list. Raises UnreadableSource if there is none."""
    found = _addresses(document.entries, base)
    if not found:
        raise UnreadableSource(location, "it lists no feed that can be followed")
    listed = len(found) + document.left_out
    left_out = f", of which the first {LIST_LIMIT:,} are followed" if listed > LIST_LIMIT else ""
    return Discovery(
        tuple(found[:LIST_LIMIT]), is_list=True, remark=f"it lists {counted(listed, 'feed')}{left_out}"
    )


def _addresses(entries: Sequence[Entry], base: str) -> list[str]:
    found: dict[str, None] = {}
    for entry in entries:
        try:
            found[str(parse_address(link_of(entry, base)))] = None
        except ValueError:
            continue
    return list(found)


def _chosen(document: FeedDocument) -> str:
    """The first feed that a page offers which is not for comments."""
    entries = [one for one in document.entries if "comment" not in f"{one.title} {one.link}".lower()]
    return next(iter(_addresses(entries, "")), "")


def _is_section(fetched: Fetched, document: FeedDocument) -> bool:
    """Whether a page is a home page or a section: it is not marked as an article, and its path has at most
    one part or it contains no article text."""
    if document.is_article:
        return False
    if len([part for part in urlsplit(fetched.address).path.split("/") if part]) <= 1:
        return True
    try:
        make_copy(fetched.address, fetched)
    except UnreadableSource:
        return True
    return False
