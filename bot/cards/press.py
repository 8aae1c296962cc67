"""The id of a button, menu or form: it names the action and its arguments, and so works after a restart."""

import re
from dataclasses import dataclass

PREFIX = "nd"
"""Begins every id of ours."""
LIMIT = 100
"""Characters of an id: Discord's limit; Slack takes 255."""

_PATTERN = re.compile(rf"{PREFIX}:([a-z-]+):([\w-]*):(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Press:
    """An act, the answer (or channel, or key of an article) that it is about, and what else it needs."""

    act: str
    subject: str = ""
    argument: str = ""

    def __str__(self) -> str:
        """As the id of a component. Raises ValueError if it would be too long."""
        if not self.fits:
            raise ValueError(f"{self._id!r} is longer than {LIMIT} characters")
        return self._id

    @property
    def fits(self) -> bool:
        """Whether it is short enough for the id of a component."""
        return len(self._id) <= LIMIT

    @property
    def _id(self) -> str:
        return f"{PREFIX}:{self.act}:{self.subject}:{self.argument}"


def read_press(made: str) -> Press | None:
    """What an id says, None if it is none of ours."""
    found = _PATTERN.fullmatch(made)
    return Press(*found.groups()) if found else None
