"""What the first lines of a document say of it, where a file of its kind has no fields for that."""

import re
from collections.abc import Sequence

from corpus.dates import format_moment, parse_moment

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


def date_of(paragraphs: Sequence[str]) -> str | None:
    """The first of the first lines that is a date and nothing else. The dates in a file's properties are when
    somebody made the file, which may be years later."""
    for line in _lines(paragraphs):
        if len(line) <= DATE_LENGTH and any(character.isdigit() for character in line):
            try:
                return format_moment(parse_moment(line))
            except ValueError:
                continue
    return None


def byline_of(paragraphs: Sequence[str]) -> str | None:
    """The name in the first of the first lines that is `By` and a name."""
    found = (_BYLINE.match(line) for line in _lines(paragraphs))
    return next((one[1] for one in found if one), None)


def _lines(paragraphs: Sequence[str]) -> list[str]:
    return [line.strip() for paragraph in paragraphs[:FIRST] for line in paragraph.split("\n")]
