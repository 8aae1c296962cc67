"""Revisions of a database's tables, and which of them a process can work with."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Standing = Literal["here", "behind", "beside", "beyond"]
"""How a database is to a process: of its own revision, of an earlier one, of the next one that only adds, or
of one that it can't work with."""

_NAME = re.compile(r"([a-z]+)_(\d{4})(?:_(adds|changes)(?:_[a-z0-9_]+)?)?")


@dataclass(frozen=True, slots=True)
class Revisions:
    """Alembic's scripts from the tables of the last format to the newest, and the name of that.

    The first is `NAME_0001`, and the others `NAME_0002_adds_THIS` or `NAME_0003_changes_THAT`, which is also
    the name of the script. One that `adds` makes tables, indexes, and columns that may be null or have a
    default: a process of the release before goes on with it as if it were not there, so that processes can be
    brought up one after the other. One that `changes` anything else has that process refuse the database.
    """

    folder: Path
    newest: str

    def standing(self, found: str) -> Standing:
        """How a database of that revision is to this process. One of a name that is none is beyond it."""
        there, here = _NAME.fullmatch(found), _NAME.fullmatch(self.newest)
        if here is None:
            raise ValueError(f"{self.newest!r} is no name of a revision")
        if there is None:
            return "beyond"
        ahead = int(there[2]) - int(here[2])
        if ahead <= 0:
            return "behind" if ahead else "here"
        return "beside" if ahead == 1 and there[3] == "adds" else "beyond"
