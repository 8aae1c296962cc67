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


@dataclass(frozen=True, slots=True)
class Copy:
    """What an address held at `fetched`: its bytes, unpacked, and the ending of a file that holds such.

    `address` is where its redirects led. One that is gone has an empty ending and no bytes.
    """

    location: str
    address: str
    ending: str
    fetched: datetime
    body: bytes

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
            return Copy(location, known["address"], known["ending"], parse_moment(known["fetched"]), body)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, copy: Copy) -> None:
        """Keep it in the place of the one before; a crash leaves one of the two. Raises HomeUnusable."""
        header = {
            "location": copy.location,
            "address": copy.address,
            "ending": copy.ending,
            "fetched": format_moment(copy.fetched),
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
