"""Fetching what an address holds, and a fetcher that holds it already."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from corpus.errors import UnreadableSource

BODY_LIMIT = 5 * 1024 * 1024
"""Bytes of what is fetched, unpacked; the largest news pages measured have two million, mostly scripts."""


class Gone(UnreadableSource):
    """The address answers that there is nothing any more (404 or 410)."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address holds: `address` after its redirects, `media_type` in lower case without parameters
    and empty where none was given, `charset` as it was declared beside it, `body` unpacked."""

    address: str
    body: bytes
    media_type: str = ""
    charset: str | None = None


class Fetcher(Protocol):
    """What a reload asks of the web. One is made for each run, and used in one thread."""

    def fetch(self, location: str) -> Fetched:
        """What is at the location. Raises Gone, or UnreadableSource with the reason."""
        ...


class CannedFetcher:
    """Answers from a table, without any network: for tests, and for trying things out.

    `pages` maps locations to what they hold, or to the reason why they can't be fetched; it may be changed
    in between. `asked` are the locations that were asked for.
    """

    def __init__(self, pages: Mapping[str, Fetched | str]) -> None:
        self.pages = dict(pages)
        self.asked: list[str] = []

    def fetch(self, location: str) -> Fetched:
        """What the table holds; Gone for what it does not."""
        self.asked.append(location)
        found = self.pages.get(location)
        if found is None:
            raise Gone(location, "there is nothing any more (404)")
        if isinstance(found, str):
            raise UnreadableSource(location, found)
        return found
