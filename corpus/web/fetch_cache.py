"""What was last fetched from each address, kept so that a site that is down takes no article away."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.dates import format_moment, parse_moment
from corpus.errors import HomeUnusable
from corpus.storage.atomic_write import write_atomically
from corpus.storage.disk import Disk
from corpus.web.fetcher import NOTHING_KNOWN, Validators

HEADER_LIMIT = 20_000
"""Bytes of a copy's first line: two addresses of 2,000 characters and two headers of 1,000, escaped."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What an address held at `fetched`: its bytes, unpacked, and the ending of a file that holds such.

    `address` is where its redirects led. One that is gone has an empty ending and no bytes. `validators` are
    what its server called it, `fresh_for` the seconds after which it says that there may be something new (0:
    it does not say), and `waiting` counts pages that belong to it and are still to be fetched.
    """

    location: str
    address: str
    ending: str
    fetched: datetime
    body: bytes
    validators: Validators = NOTHING_KNOWN
    fresh_for: int = 0
    waiting: int = 0

    @property
    def gone(self) -> bool:
        """Whether the site said that there is nothing any more."""
        return not self.ending


class FetchCache:
    """The folder `fetched` of a home, a file for each address. Whoever writes holds the home's lock."""

    def __init__(self, home: Path, disk: Disk) -> None:
        """Nothing is made or read yet."""
        self._home = home
        self._disk = disk

    def get(self, location: str) -> Copy | None:
        """The copy, or None where there is none or it is damaged."""
        try:
            header, _, body = self._path(location).read_bytes().partition(b"\n")
            known = json.loads(header)
            if known["location"] != location or known["sha256"] != hashlib.sha256(body).hexdigest():
                return None
            return Copy(
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
        """The ending of the copy, without reading the rest of it; None where there is none."""
        try:
            with self._path(location).open("rb") as file:
                known = json.loads(file.readline(HEADER_LIMIT))
            return str(known["ending"]) if known["location"] == location else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, copy: Copy) -> None:
        """Keep it in the place of the one before; a crash leaves one of the two. Raises HomeUnusable."""
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
        """Forget it; what could not be removed is only space."""
        try:
            self._disk.remove(self._path(location))
        except OSError:
            return

    def _path(self, location: str) -> Path:
        return self._home / "fetched" / hashlib.sha256(location.encode()).hexdigest()[:32]


def now() -> datetime:
    """The moment, to the second, as it is kept."""
    return datetime.now(UTC).replace(microsecond=0)
