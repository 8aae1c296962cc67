"""Joins the wrapped lines of e-mails and typewritten texts into paragraphs.

A quote is cut from whole sentences, so a sentence must not end with a line.
"""

import re
from collections.abc import Sequence

from corpus.lazy_pattern import lazy_pattern

MAX_WIDTH = 110
"""The most characters of wrapped lines; e-mails are wrapped at 60 to 80, terminals at 100."""
MIN_WIDTH = 40
"""The least width of wrapped lines; if all are shorter, they are verse or a list."""

_STARTS = lazy_pattern(r"(?:[-*•–—·▪‣]|\d{1,3}[.)]|[A-Za-z][.)]|#{1,6}|\|)\s")
"""Matches the start of a list item or a heading."""
_ENDS = lazy_pattern(r"[.!?…:;][\"'”’)\]]*\Z|[。！？」』）]\Z")
_CJK = lazy_pattern(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")


def unwrap(text: str) -> str:
    """The text with the wrapped lines of each paragraph joined; intended line breaks stay."""
    paragraphs = re.split(r"\n[ \t]*\n+", text)
    lines = [line.rstrip() for paragraph in paragraphs for line in paragraph.split("\n")]
    width = _width(lines)
    if width is None:
        return text
    return "\n\n".join(_paragraph([line.rstrip() for line in one.split("\n")], width) for one in paragraphs)


def unwrap_flowed(text: str, *, delete_space: bool = False) -> str:
    """The text of an e-mail with `format=flowed` (RFC 3676): only a line that ends in a space continues on
    the next one."""
    pieces: list[str] = []
    for line in text.split("\n"):
        line = line.removeprefix(" ")
        if line == "-- ":  # the separator of a signature, which never continues
            pieces.append("-- \n")
        elif line.endswith(" "):
            pieces.append(line[:-1] if delete_space else line)
        else:
            pieces.append(f"{line}\n")
    return "".join(pieces)


def join_lines(line: str, after: str) -> str:
    """Join two parts of a line with a space, except in scripts without spaces and after a hyphen."""
    if not line or not after:
        return line + after
    if _CJK.match(line[-1]) and _CJK.match(after[0]):
        return line + after
    if re.search(r"\w[-‐]\Z", line) and after[0].isalnum():
        return line + after
    return f"{line} {after.lstrip()}"


def _width(lines: Sequence[str]) -> int | None:
    """The width at which lines are wrapped; None if they are not."""
    words = [line for line in lines if " " in line or _CJK.search(line)]
    longest = max(map(len, words), default=0)
    return longest if MIN_WIDTH <= longest <= MAX_WIDTH else None


def _paragraph(lines: Sequence[str], width: int) -> str:
    done: list[str] = []
    last = ""
    for line in lines:
        if done and not _STARTS.match(line.lstrip()) and _goes_on(last, line.strip(), width):
            done[-1] = join_lines(done[-1], line.strip())
        else:
            done.append(line)
        last = line
    return "\n".join(done)


def _goes_on(line: str, after: str, width: int) -> bool:
    """Whether the next line's first word did not fit, or the line ends in the middle of a sentence."""
    first = after.split(" ", 1)[0]
    if not line or not after:
        return False
    full = len(line) + 1 + len(first) > width
    return full or (not _ENDS.search(line) and after[0].islower())
