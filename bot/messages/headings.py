"""Headings of Markdown without the signs that make them one: a chat and a page show the words."""

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
_MARKS = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(?=\S)", re.MULTILINE)
"""What `retrieval.text.sentences.is_heading` goes by, where words stand behind it."""


def unmarked(pieces: Iterable[tuple[str, T]], *, begins: bool = True) -> Iterator[tuple[str, T]]:
    """The pieces of a text without the signs of its headings; all else stays as it is. `begins` is whether
    the text begins a line of its article."""
    held = list(pieces)
    marks = [
        found.span()
        for found in _MARKS.finditer("".join(piece for piece, _ in held))
        if begins or found.start()
    ]
    at = 0
    for piece, what in held:
        end, kept, place = at + len(piece), "", at
        for low, high in marks:
            if at < high and low < end:
                kept += piece[place - at : max(low - at, 0)]
                place = min(high, end)
        yield kept + piece[place - at :], what
        at = end


def without_marks(text: str) -> str:
    """The same of a text that begins a line."""
    return "".join(piece for piece, _ in unmarked([(text, None)]))


def begins_line(text: str, start: int) -> bool:
    """Whether a line of the text begins there."""
    return text[max(start - 1, 0) : start] in ("", "\n")
