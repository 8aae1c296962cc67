"""What is remembered of a feed's entries, so that they are recognised."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

import msgspec

FEED_ENDING = ".feed"
"""How a copy ends that holds what is remembered of a feed; no file is called so."""


class PageState(Enum):
    """How it is about the page that an entry leads to."""

    UNASKED = "unasked"
    """The entry holds the article, or leads nowhere."""
    WANTED = "wanted"
    """It is to be fetched with the next visits."""
    HAD = "had"
    """The article's text is the page's."""
    FAILED = "failed"
    """It can't be fetched; the summary stands for it, where there is one."""


@dataclass(frozen=True, slots=True)
class KnownItem:
    """One entry of a feed. `id` is its article's for good.

    `key` is the page that its link names, where the link tells it from others, and `guid`, `content` and
    `heading` are hashes of what the feed calls it, gives of it, and of its title; empty if there is none.
    `seen` is the day on which the feed last had it. `fields` are those of the article, None if its text is
    not kept any more; `said` is how the feed's own text begins, where the article's is another. `tries`
    counts failures to get the page, the last of them `reason`; `asked` is when it was last asked for (ISO
    8601), `etag` and `last_modified` what its server called it.
    """

    id: str
    key: str = ""
    guid: str = ""
    content: str = ""
    heading: str = ""
    seen: str = ""
    fields: dict[str, str] | None = None
    said: str = ""
    page: PageState = PageState.UNASKED
    tries: int = 0
    reason: str = ""
    asked: str = ""
    etag: str | None = None
    last_modified: str | None = None

    @property
    def text(self) -> str:
        """The article's text, empty if there is none."""
        return (self.fields or {}).get("text", "")

    def with_fields(self, **changed: str) -> "KnownItem":
        """The same with other fields of its article."""
        return replace(self, fields={**(self.fields or {}), **changed})


@dataclass(frozen=True, slots=True)
class KnownFeed:
    """All that is remembered of a feed: its items, the latest first; `parts` are the sitemaps that it is made
    of, each with what its server and its index called it when it was last read."""

    title: str = ""
    minutes: int = 0
    parts: dict[str, list[str]] = field(default_factory=dict)
    items: tuple[KnownItem, ...] = ()

    @property
    def wanted(self) -> int:
        """Pages that are still to be fetched."""
        return sum(item.page is PageState.WANTED for item in self.items)


@dataclass(frozen=True, slots=True)
class _Head:
    title: str = ""
    minutes: int = 0
    parts: dict[str, list[str]] = field(default_factory=dict)


_encoder = msgspec.json.Encoder()
_heads = msgspec.json.Decoder(_Head)
_items = msgspec.json.Decoder(KnownItem)


def to_bytes(feed: KnownFeed) -> bytes:
    """As it is kept: a line for the feed, and one for each item."""
    head = _Head(feed.title, feed.minutes, feed.parts)
    return b"".join(_encoder.encode(row) + b"\n" for row in (head, *feed.items))


def from_bytes(body: bytes) -> KnownFeed:
    """What `to_bytes` made. Raises ValueError if it is something else."""
    lines = body.splitlines()
    try:
        head = _heads.decode(lines[0])
        items = tuple(_items.decode(line) for line in lines[1:])
    except (msgspec.MsgspecError, IndexError) as error:
        raise ValueError(f"it is not what is kept of a feed ({error})") from error
    return KnownFeed(head.title, head.minutes, head.parts, items)


def texts_of(items: Iterable[KnownItem]) -> Sequence[Mapping[str, object]]:
    """All that a reload sees of the items: two that are equal here give the same articles."""
    return [{"id": item.id, **item.fields} for item in items if item.fields]
