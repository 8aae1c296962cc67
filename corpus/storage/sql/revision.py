"""Revisions of a database's tables, and which of them a process can work with."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.lazy_pattern import lazy_pattern

Compatibility = Literal["current", "older", "newer, compatible", "unknown"]
"""How a database's revision relates to that of the process: equal, older (to be upgraded), the next one if it
only adds, or incompatible."""

_NAME = lazy_pattern(r"([a-z]+)_(\d{4})(?:_(adds|changes)(?:_[a-z0-9_]+)?)?")


@dataclass(frozen=True, slots=True)
class Revisions:
    """The Alembic revisions of a database, and the name of the newest.

    The first is `NAME_0001`, and the others `NAME_0002_adds_THIS` or `NAME_0003_changes_THAT`, which is also
    the name of the script. A revision that `adds` creates only tables, indexes, and columns that are nullable
    or have a default: a process of the previous release continues to work, so that processes can be upgraded
    one after the other. After a revision that `changes` something, a process of the previous release refuses
    the database.
    """

    folder: Path
    newest: str

    def compatibility(self, found: str) -> Compatibility:
        """How a database with that revision relates to this process; an invalid name is unknown."""
        there, here = _NAME.fullmatch(found), _NAME.fullmatch(self.newest)
        if here is None:
            raise ValueError(f"{self.newest!r} is no name of a revision")
        if there is None:
            return "unknown"
        ahead = int(there[2]) - int(here[2])
        if ahead <= 0:
            return "older" if ahead else "current"
        return "newer, compatible" if ahead == 1 and there[3] == "adds" else "unknown"
