"""What the first lines of a document say of it, where a file of its kind has no fields for that."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.dates import format_moment, parse_moment, read_moment

FIRST = 8
"""Paragraphs in which a date may stand by itself, or a byline: head, subtitle, byline, place."""
DATE_LENGTH = 60
"""Characters of a line that is a date and nothing else."""

_NO_TITLE = re.compile(
    r"\A(?:untitled.*|microsoft (?:word|powerpoint).*|document\d*|new document|slide \d+|"
    r".*\.(?:docx?|rtf|pdf|indd|qxp|odt|pages|tex|dvi|ps)|\W*)\Z",
    re.IGNORECASE,
)
"""Titles that programs write of themselves."""
_NAME = r"[A-Z][\w.'’-]+"
_BYLINE = re.compile(rf"\A[Bb][Yy] ({_NAME}(?: (?:(?:and|de|van|von|der|bin|al) )?{_NAME}){{1,5}})\Z")


def usable_title(said: str | None) -> str | None:
    """The title that the file's properties have, unless a program wrote its own or the file's name there."""
    title = " ".join((said or "").split())
    return None if _NO_TITLE.fullmatch(title) else title


def usable_author(said: str | None) -> str | None:
    """The author in the file's properties, if it is a name of several words and no login."""
    name = " ".join((said or "").split())
    return name if " " in name and "@" not in name and not name.lower().startswith("microsoft") else None


@dataclass(frozen=True, slots=True)
class FirstLines:
    """The date and the name that stand by themselves in the first lines, and the paragraphs without them."""

    published: str | None
    author: str | None
    paragraphs: Sequence[str]


def read_first_lines(paragraphs: Sequence[str]) -> FirstLines:
    """The first line that is a date and nothing else, and the first that is `By` and a name, among the first
    paragraphs. They are no sentences to quote, and so are taken out of the text.

    The dates in a file's properties are when somebody made the file, which may be years later.
    """
    published = author = None
    kept: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        if number < FIRST:
            if published is None and (published := _date(paragraph)):
                continue
            if author is None and (byline := _BYLINE.match(paragraph)):
                author = byline[1]
                continue
        kept.append(paragraph)
    return FirstLines(published, author, kept)


def _date(line: str) -> str | None:
    if len(line) > DATE_LENGTH or not any(character.isdigit() for character in line):
        return None
    try:
        return format_moment(parse_moment(line))
    except ValueError:
        return line if _has_two_readings(line) else None


def _has_two_readings(line: str) -> bool:
    """Whether it is a day such as 03/04/2026, of whose order the source may say more."""
    try:
        return bool(read_moment(line, day_first=True).moment)
    except ValueError:
        return False
