"""Caches the last fetched content of each address, so that articles of an unavailable site stay."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.dates import format_moment, parse_moment
from corpus.errors import HomeUnusable
from corpus.storage.atomic_write import write_atomically
from corpus.storage.disk import Disk
from corpus.web.fetcher import NO_VALIDATORS, Validators

HEADER_LIMIT = 20_000
"""The most bytes of a cached file's first line: two addresses of 2,000 characters and two headers of 1,000,
escaped."""


NOT_FETCHED = "it was not fetched yet, or the copy of it is damaged"
"""The reason why an address that is not in the cache can't be read."""


@dataclass(frozen=True, slots=True)
class CachedContent:
    """The content of an address at the time `fetched`: its unpacked bytes, and the ending of a file with such
    content.

    `address` is the target of its redirects. If the content is gone, the ending and the body are empty.
    `validators` are for conditional requests. `fresh_for` is the number of seconds after which the server
    expects new content (0: unknown). `waiting` counts pages of a feed that are still to be fetched.
    """

    location: str
    address: str
    ending: str
    fetched: datetime
    body: bytes
    validators: Validators = NO_VALIDATORS
    fresh_for: int = 0
    waiting: int = 0

    @property
    def gone(self) -> bool:
        """Whether the site answered that the content no longer exists."""
        return not self.ending


class FetchCache:
    """The folder `fetched` of a home, with a file for each address. Writers hold the home's lock."""

    def __init__(self, home: Path, disk: Disk) -> None:
        """Nothing is read or written yet."""
        self._home = home
        self._disk = disk

    def get(self, location: str) -> CachedContent | None:
        """The cached content; None if there is none or it is damaged."""
        try:
            header, _, body = self._path(location).read_bytes().partition(b"\n")
            known = json.loads(header)
            if known["location"] != location or known["sha256"] != hashlib.sha256(body).hexdigest():
                return None
            return CachedContent(
                location,
                known["address"],
                known["ending"],
                parse_moment(known["fetched"]),
                body,
                Validators(known.get("etag"), known.get("last_modified")),
                int(known.get("fresh_for", 0)),
                int(known.get("waiting", 0)),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def ending(self, location: str) -> str | None:
        """The ending of the cached content, read from its header only; None if there is none."""
        try:
            with self._path(location).open("rb") as file:
                known = json.loads(file.readline(HEADER_LIMIT))
            return str(known["ending"]) if known["location"] == location else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, copy: CachedContent) -> None:
        """Replace the cached content; a crash leaves either the old or the new one. Raises HomeUnusable."""
        header = {
            "location": copy.location,
            "address": copy.address,
            "ending": copy.ending,
            "fetched": format_moment(copy.fetched),
            "etag": copy.validators.etag,
            "last_modified": copy.validators.last_modified,
            "fresh_for": copy.fresh_for,
            "waiting": copy.waiting,
            "sha256": hashlib.sha256(copy.body).hexdigest(),
        }
        try:
            path = self._path(copy.location)
            write_atomically(self._disk, path, json.dumps(header).encode() + b"\n" + copy.body, self._home)
        except OSError as error:
            raise HomeUnusable(
                f"what {copy.location} holds could not be kept in {self._home} "
                f"({error.strerror or error}): make space or check the folder, then try again"
            ) from error

    def drop(self, location: str) -> None:
        """Delete the cached content; failures are ignored, as they only waste space."""
        try:
            self._disk.remove(self._path(location))
        except OSError:
            return

    def _path(self, location: str) -> Path:
        return self._home / "fetched" / hashlib.sha256(location.encode()).hexdigest()[:32]


def now() -> datetime:
    """The current time, in whole seconds as it is stored."""
    return datetime.now(UTC).replace(microsecond=0)
