"""What is remembered of a feed's entries so that they are recognised, and its file format."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

import msgspec

FEED_ENDING = ".feed"
"""The file ending of a cached feed; no article file has it."""


class PageState(Enum):
    """Whether the page of an entry was fetched. The values are stored with the feed."""

    NOT_NEEDED = "unasked"
    """The entry has the full text, or no link."""
    PENDING = "wanted"
    """It will be fetched in the next polls."""
    FETCHED = "had"
    """The article's text is from the page."""
    FAILED = "failed"
    """It can't be fetched; the article keeps the text that it has, if any."""
    GONE = "gone"
    """It was fetched once, and the site answers now that it no longer exists (404 or 410)."""


@dataclass(frozen=True, slots=True)
class KnownItem:
    """One entry of a feed. `id` is the id of its article and never changes.

    `key` is the normalised address of its page, if that identifies it; `guid`, `content` and `heading` are
    hashes of its guid, its content and its title. Each of these is empty if there is none. `seen` is the last
    day on which the feed had it, and `listed` whether the feed had it when it was last read. `fields` are the
    fields of its article, None once its text is dropped; `of_page` names those that are from the page.
    `said` is the start of the feed's own text if the article has another. `tries` counts failures to fetch
    the page, with the latest error in `reason`; `checks` counts the requests since it last changed; `asked`
    is the time of the last request (ISO 8601); `etag` and `last_modified` are the server's validators.
    """

    id: str
    key: str = ""
    guid: str = ""
    content: str = ""
    heading: str = ""
    seen: str = ""
    listed: bool = True
    fields: dict[str, str] | None = None
    of_page: tuple[str, ...] = ()
    said: str = ""
    page: PageState = PageState.NOT_NEEDED
    tries: int = 0
    reason: str = ""
    checks: int = 0
    asked: str = ""
    etag: str | None = None
    last_modified: str | None = None

    @property
    def text(self) -> str:
        """The article's text; empty if there is none."""
        return (self.fields or {}).get("text", "")

    def with_fields(self, **changed: str) -> "KnownItem":
        """A copy with some fields of the article changed."""
        return replace(self, fields={**(self.fields or {}), **changed})

    @property
    def taken_down(self) -> bool:
        """Whether its publisher took the article down: its page is gone, and the feed says nothing of it."""
        return self.page is PageState.GONE and not self.text

    def without_page(self) -> "KnownItem":
        """The item if its page is gone: the feed's own text stands for it while the feed lists it."""
        if self.fields is None:
            return self
        fields = dict(self.fields)
        text = fields.pop("text", "")
        own = self.said if not text or "text" in self.of_page else text
        if own and self.listed:
            fields["text"] = own
        of_page = tuple(name for name in self.of_page if name != "text")
        return replace(self, page=PageState.GONE, fields=fields, of_page=of_page)


@dataclass(frozen=True, slots=True)
class KnownFeed:
    """Everything that is remembered of a feed, its latest items first. `sitemaps` are those of a sitemap
    index, each with its ETag, its Last-Modified and the index's date when it was last read. `left_out` says
    what of a sitemap was not taken at the last poll; empty if everything was."""

    title: str = ""
    minutes: int = 0
    sitemaps: dict[str, list[str]] = field(default_factory=dict)
    left_out: str = ""
    items: tuple[KnownItem, ...] = ()

    @property
    def pending_pages(self) -> int:
        """The number of pages that are still to be fetched."""
        return sum(item.page is PageState.PENDING for item in self.items)


@dataclass(frozen=True, slots=True)
class _Head:
    title: str = ""
    minutes: int = 0
    parts: dict[str, list[str]] = field(default_factory=dict)
    left_out: str = ""


_encoder = msgspec.json.Encoder()
_heads = msgspec.json.Decoder(_Head)
_items = msgspec.json.Decoder(KnownItem)


def to_bytes(feed: KnownFeed) -> bytes:
    """Serialise the feed: JSON Lines, one line for the feed and one for each item."""
    head = _Head(feed.title, feed.minutes, feed.sitemaps, feed.left_out)
    return b"".join(_encoder.encode(row) + b"\n" for row in (head, *feed.items))


def from_bytes(body: bytes) -> KnownFeed:
    """The inverse of `to_bytes`. Raises ValueError for other content."""
    lines = body.splitlines()
    try:
        head = _heads.decode(lines[0])
        items = tuple(_items.decode(line) for line in lines[1:])
    except (msgspec.MsgspecError, IndexError) as error:
        raise ValueError(f"it is not what is kept of a feed ({error})") from error
    return KnownFeed(head.title, head.minutes, head.parts, head.left_out, items)


def article_rows(items: Iterable[KnownItem]) -> Sequence[Mapping[str, object]]:
    """Everything that a reload reads from the items: if two results are equal, so are their articles."""
    return [{"id": item.id, **item.fields} for item in items if item.fields]
