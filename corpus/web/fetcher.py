"""The interface of a fetcher, and one with canned responses for tests."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from corpus.errors import UnreadableSource

BODY_LIMIT = 5 * 1024 * 1024
"""The most bytes of unpacked content; the largest news pages measured have two million, mostly scripts."""


class Gone(UnreadableSource):
    """The address answers that its content no longer exists (404 or 410)."""


class RetryLater(UnreadableSource):
    """The server asks to pause requests (429 or 503), for `seconds`, or None if it does not say how long."""

    def __init__(self, location: str, reason: str, seconds: float | None = None) -> None:
        super().__init__(location, reason)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Validators:
    """The `ETag` and `Last-Modified` headers of a response, for a conditional request: the server then sends
    the content only if it has changed."""

    etag: str | None = None
    last_modified: str | None = None

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


NO_VALIDATORS = Validators()


@dataclass(frozen=True, slots=True)
class Fetched:
    """The response for an address. `address` is the target of its redirects; `media_type` is in lower case
    without parameters, empty if unknown; `charset` is the declared one; `body` is unpacked.

    `validators` are for the next conditional request; `max_age` is how many seconds the content stays fresh
    according to the server. `unchanged` means that the content still matches the validators of the request,
    and `body` is empty. `moved` is the address of a permanent redirect, if any.
    """

    address: str
    body: bytes
    media_type: str = ""
    charset: str | None = None
    validators: Validators = NO_VALIDATORS
    max_age: int | None = None
    unchanged: bool = False
    moved: str | None = None


class Fetcher(Protocol):
    """Fetches content from the web. It is shared by several threads and used for many rounds."""

    def fetch(self, location: str, known: Validators = NO_VALIDATORS) -> Fetched:
        """The content of the location, or only `unchanged` if it still matches `known`. Raises Gone,
        RetryLater, or UnreadableSource with the reason."""
        ...


class CannedFetcher:
    """A fetcher with canned responses, without any network, for tests and experiments.

    `pages` maps locations to their content, or to the reason that they can't be fetched; it may be changed
    between requests. `asked` are all requested locations, `sent` those for which content was returned.
    """

    def __init__(self, pages: Mapping[str, Fetched | str | UnreadableSource]) -> None:
        self.pages = dict(pages)
        self.asked: list[str] = []
        self.sent: list[str] = []

    def fetch(self, location: str, known: Validators = NO_VALIDATORS) -> Fetched:
        """The canned response; raises Gone if there is none."""
        self.asked.append(location)
        found = self.pages.get(location)
        if found is None:
            raise Gone(location, "it was not found (404)")
        if isinstance(found, str):
            raise UnreadableSource(location, found)
        if isinstance(found, UnreadableSource):
            raise found
        if known and known == found.validators:
            return replace(found, body=b"", unchanged=True)
        self.sent.append(location)
        return found
