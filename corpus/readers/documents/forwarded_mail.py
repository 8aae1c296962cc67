"""Extracts the message inside a forwarded e-mail, with its own sender and date."""

import re
from dataclasses import dataclass

from corpus.lazy_pattern import lazy_pattern

MAX_INTRODUCTION = 300
"""The most characters that the forwarder may have written above it."""
MAX_HEADER_LINES = 8
"""The most header lines that mail programs put above a forwarded message."""

_MARK = lazy_pattern(
    r"^[ \t>]*(?:-{4,} ?(?:forwarded message|original message|weitergeleitete nachricht|message transféré|"
    r"mensaje reenviado|전달된 메시지) ?-{4,}|begin forwarded message:|"
    r"anfang der weitergeleiteten nachricht:)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER = lazy_pattern(r"[*_ >]*(?P<name>[^\W\d_][\w-]{0,20})[*_]{0,2}[ \xa0]?:[*_]{0,2}\s*(?P<value>.*)")
_NAMES = {
    "sender": ("from", "von", "de", "보낸사람"),
    "date": ("date", "sent", "datum", "gesendet", "fecha", "날짜"),
    "subject": ("subject", "betreff", "objet", "asunto", "제목"),
}


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The text and headers of the forwarded message; without one, the whole text and no headers."""

    text: str
    sender: str = ""
    date: str = ""
    subject: str = ""


def read_forwarded(text: str) -> Forwarded:
    """The message that is forwarded at the start of the text, if any."""
    found = _MARK.search(text[: MAX_INTRODUCTION + 200])
    if found is None or found.start() > MAX_INTRODUCTION:
        return Forwarded(text)
    lines = text[found.end() :].lstrip().split("\n")
    said: dict[str, str] = {}
    used = 0
    for number, line in enumerate(lines[:MAX_HEADER_LINES], 1):
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
