"""The interface of a fetcher, and one with canned responses for tests."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from corpus.errors import UnreadableSource

BODY_LIMIT = 5 * 1024 * 1024
"""Bytes of what is fetched, unpacked; the largest news pages measured have two million, mostly scripts."""


class Gone(UnreadableSource):
    """The address answers that there is nothing any more (404 or 410)."""


class TryLater(UnreadableSource):
    """The server asks to be left alone for a time (429 or 503): for `seconds`, None where it does not say for
    how long."""

    def __init__(self, location: str, reason: str, seconds: float | None = None) -> None:
        super().__init__(location, reason)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server called the content that it sent, `ETag` and `Last-Modified` as they stood: sent back, it
    answers with the content only where that is another."""

    etag: str | None = None
    last_modified: str | None = None

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


NOTHING_KNOWN = Validators()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address holds: `address` after its redirects, `media_type` in lower case without parameters
    and empty where none was given, `charset` as it was declared beside it, `body` unpacked.

    `validators` are what the content can be asked for again with, `max_age` the seconds for which the server
    says that it stays the same. `unchanged` means that it is what those validators were of that were asked
    with, and then there is no body. `moved` is where the address has moved to for good, if it has.
    """

    address: str
    body: bytes
    media_type: str = ""
    charset: str | None = None
    validators: Validators = NOTHING_KNOWN
    max_age: int | None = None
    unchanged: bool = False
    moved: str | None = None


class Fetcher(Protocol):
    """What a reload asks of the web. Several threads may use one, and one is kept for many rounds."""

    def fetch(self, location: str, known: Validators = NOTHING_KNOWN) -> Fetched:
        """What is at the location, unless it is still what is `known` by these validators. Raises Gone,
        TryLater, or UnreadableSource with the reason."""
        ...


class CannedFetcher:
    """Answers from a table, without any network: for tests, and for trying things out.

    `pages` maps locations to what they hold, or to the reason why they can't be fetched; it may be changed
    in between. `asked` are the locations that were asked for, `sent` those of them that were answered with
    content.
    """

    def __init__(self, pages: Mapping[str, Fetched | str | UnreadableSource]) -> None:
        self.pages = dict(pages)
        self.asked: list[str] = []
        self.sent: list[str] = []

    def fetch(self, location: str, known: Validators = NOTHING_KNOWN) -> Fetched:
        """What the table holds; Gone for what it does not."""
        self.asked.append(location)
        found = self.pages.get(location)
        if found is None:
            raise Gone(location, "there is nothing any more (404)")
        if isinstance(found, str):
            raise UnreadableSource(location, found)
        if isinstance(found, UnreadableSource):
            raise found
        if known and known == found.validators:
            return replace(found, body=b"", unchanged=True)
        self.sent.append(location)
        return found
