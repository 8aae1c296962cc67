"""The format of a home: a number in a file, and the migration from each format to the next.

The databases in a home have format numbers of their own (`corpus.storage.database.Schema`). This one is for
everything else: the layout, the generations, and every file besides the databases.
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
"""The format of a home without a number: it is older than the numbers."""

Migration = Callable[[Path, Disk], None]
"""Migrates the home in a folder to the next format, durably. After a crash it is run again from its
beginning; the home may also be empty."""


@dataclass(frozen=True, slots=True)
class HomeFormat:
    """The current format of homes.

    The number is increased with every change that an earlier release could not read, also of
    `retrieval.generations.manifest.FORMAT`. `migrations` has, for each released format, the migration to the
    next one.
    """

    number: int
    migrations: Mapping[int, Migration] = field(default_factory=dict)

    def read(self, root: Path) -> int | None:
        """The stored format of a home; None if there is none.

        Raises HomeUnusable if a newer release wrote it, or if it can't be read.
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
        """Whether there is a home that has to be migrated. Raises the errors of `read`."""
        return root.is_dir() and (self.read(root) or FIRST) < self.number

    def migrate(self, root: Path, disk: Disk) -> None:
        """Migrate the home to this format step by step, and store the format after each step. Hold the home's
        lock. Raises the errors of `read`, and OSError."""
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
    """Convert the generations of all collections to lists of segments."""
    from retrieval.generations.format_2 import convert_generations  # only imported for a home that needs it

    folder = root / "collections"
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        convert_generations(path, disk)


HOME_FORMAT = HomeFormat(2, {1: make_segments})
