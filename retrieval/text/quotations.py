"""Text in quotation marks."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.lazy_pattern import lazy_pattern

LONGEST = 200
"""Maximum characters in quotation marks; the longest title of RealTimeQA's 5,000 articles has 80."""

_LONG = f"{{1,{LONGEST}}}"
_QUOTED = lazy_pattern(
    rf"“([^“”]{_LONG})”|「([^「」]{_LONG})」|『([^『』]{_LONG})』|«([^«»]{_LONG})»"
    rf"|‘((?:[^‘’]|(?<=\w)’(?=\w)){_LONG})’|(?<!\w)\"([^\"]{_LONG})\"(?!\w)"
    rf"|(?<![\w'])'(?! )((?:[^']|(?<=\w)'(?=\w)){_LONG})(?<! )'(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Text in quotation marks: `text[start:end]` includes the marks; `words` are without them and without
    punctuation at the edges."""

    start: int
    end: int
    words: str


def quotations(text: str) -> Iterator[Quotation]:
    """All quotations, in order."""
    for found in _QUOTED.finditer(text):
        words = next(group for group in found.groups() if group).strip(" ,.;:")
        yield Quotation(*found.span(), words)
