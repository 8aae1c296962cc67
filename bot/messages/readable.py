"""Article text as chats and pages show it: without the markup of Markdown and without percent-encoding.

A heading loses its `#`, a list item gets a bullet, a link becomes its label, `%2C` becomes a comma, and empty
lines become one line break. Everything else is unchanged.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar
from urllib.parse import unquote

from corpus.lazy_pattern import lazy_pattern

T = TypeVar("T")
BULLET = "• "
TOKEN = 200
"""Characters before and after a percent-escape that are checked for an address that it may belong to."""

_SIGNS = lazy_pattern(
    # The same signs as in `retrieval.text.sentences.is_heading`, if words follow.
    r"(?P<heading>^[ \t]{0,3}#{1,6}[ \t][^\S\n]*(?=\S))"
    r"|(?P<item>^[ \t]{0,12}[-*+][ \t][^\S\n]*(?=\S))"
    r"|!?\[(?P<label>[^\[\]\n]{1,200})\]\((?:https?://|mailto:|/|#)[^()\s]{0,1000}\)"
    r"|(?P<blank>\n(?:[^\S\n]*\n)+)"
    r"|(?P<escape>(?:%[0-9A-F]{2}){1,40})",
    re.MULTILINE,
)


def readable(pieces: Iterable[tuple[str, T]], *, begins: bool = True) -> Iterator[tuple[str, T]]:
    """The pieces of a text with their markup removed. `begins` is whether the text begins a line.

    A replacement for several characters belongs to the piece with the first of them.
    """
    held = list(pieces)
    changes = list(_changes("".join(piece for piece, _ in held), begins=begins))
    at = 0
    for piece, what in held:
        end, made, place = at + len(piece), "", at
        for low, high, words in changes:
            if at < high and low < end:
                made += piece[place - at : max(low - at, 0)] + (words if low >= at else "")
                place = min(high, end)
        yield made + piece[place - at :], what
        at = end


def readable_text(text: str) -> str:
    """The text with its markup removed; it must begin a line."""
    return "".join(piece for piece, _ in readable([(text, None)]))


def begins_line(text: str, start: int) -> bool:
    """Whether a line of the text begins at `start`."""
    return text[max(start - 1, 0) : start] in ("", "\n")


def _changes(text: str, *, begins: bool) -> Iterator[tuple[int, int, str]]:
    """Replacements as (start, end, new text), in order."""
    for found in _SIGNS.finditer(text):
        low, high = found.span()
        match found.lastgroup:
            case "heading" if begins or low:
                yield low, high, ""
            case "item" if begins or low:
                yield low, high, BULLET
            case "label":
                yield low, found.start("label"), ""
                yield found.end("label"), high, ""
            case "blank":
                yield low, high, "\n"
            case "escape" if (words := _unescaped(text, low, high)) is not None:
                yield low, high, words


def _unescaped(text: str, low: int, high: int) -> str | None:
    """What percent-escapes stand for; None inside an address, after a number ("50%20"), and if they stand for
    ASCII letters or digits or for nothing printable."""
    before = text[max(low - TOKEN, 0) : low].split()[-1:] if low and not text[low - 1].isspace() else [""]
    after = (
        text[high : high + TOKEN].split(maxsplit=1)[:1]
        if high < len(text) and not text[high].isspace()
        else []
    )
    token = "".join((*before, *after))
    if (
        "/" in token
        or "www." in token
        or (text[max(low - 1, 0) : low].isdigit() and text[low + 1 : low + 3].isdigit())
    ):
        return None
    try:
        words = unquote(text[low:high], errors="strict")
    except UnicodeDecodeError:
        return None
    plain = all(one.isprintable() and not (one.isascii() and one.isalnum()) for one in words)
    return words if plain else None
