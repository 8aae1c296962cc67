"""Lines that were broken to fit a width, as e-mails and typewriters do it, joined into paragraphs again.

A quote is cut from whole sentences, and a sentence must not end where a line did.
"""

import re
from collections.abc import Sequence

WIDEST = 110
"""Characters of a line that may have been broken to fit; e-mails are broken at 60 to 80, terminals at 100."""
NARROWEST = 40
"""Characters; where all lines are shorter they are verse, or a list."""

_STARTS = re.compile(r"(?:[-*•–—·▪‣]|\d{1,3}[.)]|[A-Za-z][.)]|#{1,6}|\|)\s")
"""How a line begins that is an entry of a list or a heading."""
_ENDS = re.compile(r"[.!?…:;][\"'”’)\]]*\Z|[。！？」』）]\Z")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")


def joined(text: str) -> str:
    """The text with each paragraph's broken lines on one line; line breaks that somebody meant stay."""
    paragraphs = re.split(r"\n[ \t]*\n+", text)
    lines = [line.rstrip() for paragraph in paragraphs for line in paragraph.split("\n")]
    width = _width(lines)
    if width is None:
        return text
    return "\n\n".join(_paragraph([line.rstrip() for line in one.split("\n")], width) for one in paragraphs)


def flowed(text: str, *, delete_space: bool = False) -> str:
    """The text of an e-mail that says that it is `format=flowed` (RFC 3676): a line that ends in a space goes
    on, and only such a one."""
    pieces: list[str] = []
    for line in text.split("\n"):
        line = line.removeprefix(" ")
        if line == "-- ":  # the sign that a signature follows, which never goes on
            pieces.append("-- \n")
        elif line.endswith(" "):
            pieces.append(line[:-1] if delete_space else line)
        else:
            pieces.append(f"{line}\n")
    return "".join(pieces)


def continued(line: str, after: str) -> str:
    """Two halves of one line: a space between, but for scripts without spaces and words with a hyphen."""
    if not line or not after:
        return line + after
    if _CJK.match(line[-1]) and _CJK.match(after[0]):
        return line + after
    if re.search(r"\w[-‐]\Z", line) and after[0].isalnum():
        return line + after
    return f"{line} {after.lstrip()}"


def _width(lines: Sequence[str]) -> int | None:
    """The width that lines were broken at; None where they were not."""
    words = [line for line in lines if " " in line or _CJK.search(line)]
    longest = max(map(len, words), default=0)
    return longest if NARROWEST <= longest <= WIDEST else None


def _paragraph(lines: Sequence[str], width: int) -> str:
    done: list[str] = []
    last = ""
    for line in lines:
        if done and not _STARTS.match(line.lstrip()) and _goes_on(last, line.strip(), width):
            done[-1] = continued(done[-1], line.strip())
        else:
            done.append(line)
        last = line
    return "\n".join(done)


def _goes_on(line: str, after: str, width: int) -> bool:
    """Whether the next line's first word did not fit any more, or goes on in the middle of a sentence."""
    first = after.split(" ", 1)[0]
    if not line or not after:
        return False
    full = len(line) + 1 + len(first) > width
    return full or (not _ENDS.search(line) and after[0].islower())
