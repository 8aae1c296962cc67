"""The id of a button, menu or form: it contains the act and its arguments, and so works after a restart."""

import re
from dataclasses import dataclass

from corpus.lazy_pattern import lazy_pattern

PREFIX = "nd"
"""The prefix of every id."""
LIMIT = 100
"""The most characters of an id: Discord's limit; Slack accepts 255."""

_PATTERN = lazy_pattern(rf"{PREFIX}:([a-z-]+):([\w-]*):(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Press:
    """An act, its subject (an answer, a channel, or the key of an article), and its argument."""

    act: str
    subject: str = ""
    argument: str = ""

    def __str__(self) -> str:
        """The id of a component. Raises ValueError if it would be too long."""
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
    """Parse an id; None if it is not one of the bot's."""
    found = _PATTERN.fullmatch(made)
    return Press(*found.groups()) if found else None
