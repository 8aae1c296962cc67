"""Cleans and shortens text and addresses from outside, so that they are safe to show."""

import re
import unicodedata
from typing import Final
from urllib.parse import unquote, urlsplit

from corpus.lazy_pattern import lazy_pattern

JOINERS: Final = "\u200c\u200d"
"""Zero-width joiners, which several scripts and emoji need; they do not change the direction of text."""
VISIBLE_FORMATS: Final = (
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
"""Characters that Unicode counts as format characters but that are visible, around numbers and verses."""
INVISIBLE_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs"})
"""The Unicode categories of control characters, format characters and surrogates, which can't be sent."""

_KEPT = frozenset(f"\n{JOINERS}{VISIBLE_FORMATS}")
_LINE_ENDS = lazy_pattern("\r\n|[\r\v\f\x85\u2028\u2029]")

_TRACKING_PARAMETER = lazy_pattern(
    r"utm_.*|(?:fb|g|dc|ms|tw|y|ttc|igsh)clid|gbraid|wbraid|mc_[ce]id|igshid|_ga|_gl|ref(?:_?src|_?url)?|cmpid"
    r"|ocid|smid|smtyp|ns_.*|spm|share(?:d|_id|token)?|xtor|at_.*",
    re.IGNORECASE,
)
"""Matches tracking parameters: those of Google's campaigns (`utm_`), click ids of advertisers, and those in
the share links of newspapers."""


def visible(text: str) -> str:
    """The text without invisible characters: direction marks, zero-width characters, tags and control
    characters. Line ends become line feeds, and tabs spaces."""
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return "\n".join(line if line.isprintable() else _visible_characters(line) for line in text.split("\n"))


def printable(text: str, kept: str = "") -> str:
    """The text with a space for each unprintable character that is not in `kept`."""
    return "".join(c if c.isprintable() or c in kept else " " for c in text)


def escaped(text: str) -> str:
    """The text with unprintable characters written as Python escapes, such as `\\n` and `\\x1b`."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def one_line(text: str) -> str:
    """The text stripped, and with each run of white space replaced by one space."""
    return " ".join(text.split())


def host(address: str) -> str:
    """The host of a web address without `www.`; empty if it has none.

    Raises ValueError for a malformed address.
    """
    return without_www(urlsplit(address).hostname or "")


def without_www(name: str) -> str:
    """A host name without `www.`."""
    return name.removeprefix("www.")


def is_tracking_parameter(parameter: str) -> bool:
    """Whether a query parameter is only for tracking."""
    return bool(_TRACKING_PARAMETER.fullmatch(parameter))


def without_tracking(address: str) -> str:
    """The address without tracking parameters; the rest is unchanged."""
    page, sharp, part = address.partition("#")
    base, _, asked = page.partition("?")
    kept = [one for one in asked.split("&") if not is_tracking_parameter(unquote(one.partition("=")[0]))]
    return f"{base}{'?' if any(kept) else ''}{'&'.join(kept) if any(kept) else ''}{sharp}{part}"


def counted(count: int, noun: str) -> str:
    """A number with its English noun: `1 article`, `2,000 articles`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _visible_characters(line: str) -> str:
    return "".join(c for c in line if c in _KEPT or unicodedata.category(c) not in INVISIBLE_CATEGORIES)
