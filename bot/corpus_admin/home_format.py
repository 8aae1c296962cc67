"""The format of a home: a number in a file of it, and the way from each format to the next.

The databases in a home have numbers of their own (`corpus.storage.database.Schema`). This one is of all the
rest: of where things lie, of the generations, and of every file beside the databases.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import HomeUnusable
from corpus.storage.atomic_write import write_atomically
from corpus.storage.disk import Disk

FILE = "format.json"
FIRST = 1
"""The format of a home that does not say one: it was made before homes did."""

Migration = Callable[[Path, Disk], None]
"""Makes the home in that folder one of the next format, durably. A crash may leave it half done, and then it
is done again from its beginning; the home may also be empty."""


@dataclass(frozen=True, slots=True)
class HomeFormat:
    """The format that homes have now.

    The number goes up with every change that an earlier release could not read, also of
    `retrieval.generations.manifest.FORMAT`. `migrations` holds, for each format that was ever released, what
    makes a home of it one of the next.
    """

    number: int
    migrations: Mapping[int, Migration] = field(default_factory=dict)

    def read(self, root: Path) -> int | None:
        """The format that the home says it has, None if it says nothing.

        Raises HomeUnusable if a newer release wrote it, or that can't be read.
        """
        path = root / FILE
        try:
            found = json.loads(path.read_bytes())["format"]
            if type(found) is not int or found < FIRST:
                raise ValueError(f"{str(found)[:20]!r} is no format")
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise HomeUnusable(
                f"{path} can't be read ({error}): check its owner; where it is damaged, put back the one of "
                "your last backup, or remove it if this folder was never used by a newer Newsdesk"
            ) from error
        if found > self.number:
            raise HomeUnusable(
                f"{root} was written by a newer Newsdesk (home format {found}, this one knows "
                f"{self.number}): update Newsdesk, or name another folder with --home"
            )
        return found

    def is_old(self, root: Path) -> bool:
        """Whether there is a home that `migrate` has work with. Raises what `read` raises."""
        return root.is_dir() and (self.read(root) or FIRST) < self.number

    def migrate(self, root: Path, disk: Disk) -> None:
        """Bring the home up to this format, one step after the other, and write down how far it is after
        each. Hold the home's lock. Raises what `read` raises, and OSError."""
        written = self.read(root)
        found = written or FIRST
        for step in range(found, self.number):
            if step not in self.migrations:
                raise HomeUnusable(
                    f"{root} has home format {found}, and there is no way from {step} to {step + 1}: take it "
                    "to the Newsdesk in between first, or name another folder with --home"
                )
        for step in range(found, self.number):
            self.migrations[step](root, disk)
            _write(root, disk, step + 1)
        if written is None and found == self.number:
            _write(root, disk, found)


def _write(root: Path, disk: Disk, number: int) -> None:
    write_atomically(disk, root / FILE, json.dumps({"format": number}).encode(), root)


def make_segments(root: Path, disk: Disk) -> None:
    """Make the generations of every collection lists of segments."""
    from retrieval.generations.format_2 import convert_generations  # for a home that needs it alone

    folder = root / "collections"
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        convert_generations(path, disk)


HOME_FORMAT = HomeFormat(2, {1: make_segments})
