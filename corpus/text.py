"""Text and addresses of others, made safe or short to show."""

import re
import unicodedata
from typing import Final
from urllib.parse import unquote, urlsplit

JOINERS: Final = "\u200c\u200d"
"""They shape the letters of several scripts, and emoji, and steer nothing."""
SEEN_FORMATS: Final = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
"""Signs that Unicode counts as format characters but that are seen: those around numbers and verses."""
UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})
"""Unicode's categories of control and format characters, and of half characters, which can't be sent."""

_KEPT = frozenset(f"\n{JOINERS}{SEEN_FORMATS}")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")

_COUNTS_VISITORS = re.compile(
    r"utm_.*|(?:fb|g|dc|ms|tw|y|ttc|igsh)clid|gbraid|wbraid|mc_[ce]id|igshid|_ga|_gl|ref(?:_?src|_?url)?|cmpid"
    r"|ocid|smid|smtyp|ns_.*|spm|share(?:d|_id|token)?|xtor|at_.*",
    re.IGNORECASE,
)
"""Parameters that say where a reader came from: those of Google's campaigns (`utm_`), of the click ids of
advertisers, and of newspapers' own links to share."""


def visible(text: str) -> str:
    """The text without what is not seen and steers what is: direction marks, zero-width characters, tags and
    control characters. Line ends become line feeds, and tabs spaces."""
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return "\n".join(line if line.isprintable() else _seen(line) for line in text.split("\n"))


def printable(text: str, kept: str = "") -> str:
    """The text with a space for each character that can't be printed and is none of those `kept`."""
    return "".join(c if c.isprintable() or c in kept else " " for c in text)


def spelled_out(text: str) -> str:
    """The text with what can't be printed written as Python's escapes, such as `\\n` and `\\x1b`."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def one_line(text: str) -> str:
    """The text with one space in the place of each run of white space, and none around it."""
    return " ".join(text.split())


def host(address: str) -> str:
    """The host that a web address leads to, without `www.`, as people name it; empty if there is none.

    Raises ValueError for an address that can't be taken apart.
    """
    return without_www(urlsplit(address).hostname or "")


def without_www(name: str) -> str:
    """A host's name as people name it."""
    return name.removeprefix("www.")


def counts_visitors(parameter: str) -> bool:
    """Whether a parameter of that name only says where the readers of a page come from."""
    return bool(_COUNTS_VISITORS.fullmatch(parameter))


def without_tracking(address: str) -> str:
    """The address without the parameters that only count visitors; all else of it stays to the letter."""
    page, sharp, part = address.partition("#")
    base, _, asked = page.partition("?")
    kept = [one for one in asked.split("&") if not counts_visitors(unquote(one.partition("=")[0]))]
    return f"{base}{'?' if any(kept) else ''}{'&'.join(kept) if any(kept) else ''}{sharp}{part}"


def _seen(line: str) -> str:
    return "".join(c for c in line if c in _KEPT or unicodedata.category(c) not in UNSEEN)
