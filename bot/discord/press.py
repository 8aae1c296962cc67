"""What a button, a menu or a form says when it is used; it holds no state, and so survives restarts."""

import re
from dataclasses import dataclass

PREFIX = "nd"
"""Begins every custom id of ours."""
LIMIT = 100
"""Characters of a custom id: Discord's limit."""

_PATTERN = re.compile(rf"{PREFIX}:([a-z-]+):([\w-]*):(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Press:
    """An act, the answer (or channel, or digest of an article) that it is about, and what else it needs."""

    act: str
    subject: str = ""
    argument: str = ""

    def __str__(self) -> str:
        """As the custom id of a component. Raises ValueError where it would be too long."""
        made = f"{PREFIX}:{self.act}:{self.subject}:{self.argument}"
        if len(made) > LIMIT:
            raise ValueError(f"{made!r} is longer than {LIMIT} characters")
        return made


def read_press(custom_id: str) -> Press | None:
    """What a custom id says, None where it is none of ours."""
    found = _PATTERN.fullmatch(custom_id)
    return Press(*found.groups()) if found else None
