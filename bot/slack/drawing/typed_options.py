"""What is written behind a command: a question with its options, `source:reuters since:last-week`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.text import one_line

NAMES = ("source", "since", "until", "collection", "private")
"""The options, as in Discord's command."""

_OPTION = re.compile(rf"(?:^|(?<=\s))({'|'.join(NAMES)}):(?:[\"“”]([^\"“”]*)[\"“”]|(\S+))", re.IGNORECASE)
_YES = frozenset({"yes", "true", "1", "on", "y"})


@dataclass(frozen=True, slots=True)
class Written:
    """A question with the options that stood in it; `private` is None where it did not say."""

    question: str
    source: str = ""
    since: str = ""
    until: str = ""
    collection: str = ""
    private: bool | None = None


def read_options(text: str) -> Written:
    """The question and its options. A value with spaces has quotation marks around, or hyphens for them."""
    found = {
        match[1].lower(): match[2] if match[2] is not None else match[3] for match in _OPTION.finditer(text)
    }
    private = found.pop("private", None)
    return Written(
        one_line(_OPTION.sub(" ", text)),
        **found,
        private=None if private is None else private.lower() in _YES,
    )


def dehyphenated(value: str) -> str:
    """`last-week` as `last week`; a date of figures stays as it is."""
    return value if re.fullmatch(r"[\d-]+", value) else value.replace("-", " ")


def named(value: str, names: Sequence[str]) -> str:
    """The name that a value means, which may have hyphens for its spaces; the value itself if none is."""
    for wanted in (value, dehyphenated(value)):
        for name in names:
            if name.casefold() == wanted.casefold():
                return name
    return value
