"""An e-mail that somebody passed on: the article is the message inside, with its own sender and day."""

import re
from dataclasses import dataclass

MOST_BEFORE = 300
"""Characters that whoever passed it on may have written above it."""
HEAD = 8
"""Lines of the head that programs put above what is passed on."""

_MARK = re.compile(
    r"^[ \t>]*(?:-{4,} ?(?:forwarded message|original message|weitergeleitete nachricht|message transféré|"
    r"mensaje reenviado|전달된 메시지) ?-{4,}|begin forwarded message:|"
    r"anfang der weitergeleiteten nachricht:)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER = re.compile(r"[*_ >]*(?P<name>[^\W\d_][\w-]{0,20})[*_]{0,2}[ \xa0]?:[*_]{0,2}\s*(?P<value>.*)")
_NAMES = {
    "sender": ("from", "von", "de", "보낸사람"),
    "date": ("date", "sent", "datum", "gesendet", "fecha", "날짜"),
    "subject": ("subject", "betreff", "objet", "asunto", "제목"),
}


@dataclass(frozen=True, slots=True)
class Forwarded:
    """What the message inside says of itself, and its text: nothing and all of it where there is none."""

    text: str
    sender: str = ""
    date: str = ""
    subject: str = ""


def read_forwarded(text: str) -> Forwarded:
    """The message that is passed on in the text, where it begins with one."""
    found = _MARK.search(text[: MOST_BEFORE + 200])
    if found is None or found.start() > MOST_BEFORE:
        return Forwarded(text)
    lines = text[found.end() :].lstrip().split("\n")
    said: dict[str, str] = {}
    used = 0
    for number, line in enumerate(lines[:HEAD], 1):
        header = _HEADER.fullmatch(line.strip())
        if header:
            name = header["name"].casefold()
            ours = next((ours for ours, names in _NAMES.items() if name in names), "")
            said |= {ours: header["value"].strip()} if ours else {}
            used = number
        elif line.strip():
            break
    rest = "\n".join(lines[used:]).strip()
    if "sender" not in said or not rest:
        return Forwarded(text)
    return Forwarded(rest, **said)
