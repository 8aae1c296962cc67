"""Finds the visible date below a page's headline, for pages without one in their metadata."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from corpus.lazy_pattern import lazy_pattern
from corpus.readers.pages.first_lines import date_among, parts_of
from corpus.text import one_line

AFTER = 60
"""The number of elements after the headline in which its date is looked for; other stories follow them."""
MAX_LINE = 120
"""The most characters of a line with the date, the outlet and the author."""

_DATED = lazy_pattern(r"date|time|stamp|publi|posted|meta|info|byline|source", re.IGNORECASE)
_OTHER = lazy_pattern(
    r"updat|modif|current|today|clock|weather|related|comment|popular|latest", re.IGNORECASE
)
_EAST_ASIAN = lazy_pattern(
    r"\d{4} ?[年년] ?\d{1,2} ?[月월] ?\d{1,2} ?[日일](?: ?\([^()]\))?(?:\s*\d{1,2}:\d{2})?|"
    r"(?<!\d)20\d{2}[-./]\d{2}[-./]\d{2}(?: \d{2}:\d{2}(?::\d{2})?)?(?!\d)"
)
"""Matches numeric dates that are unambiguous anywhere, as Chinese pages have them beside their source."""
_STAMPS = ("datetime", "data-date-time", "data-datetime", "data-published")


def shown_date(tree: Any, title: str | None) -> str | None:
    """The first date below the headline in an element whose class, id or tag is for dates; None if there is
    none.

    `tree` is the page without comments and other stories. Elements above the headline are ignored: many sites
    show the current date there.
    """
    for element in islice(_below_headline(tree, title), AFTER):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _OTHER.search(names) or not (element.tag == "time" or _DATED.search(names)):
            continue
        if stamp := next((element.get(name) for name in _STAMPS if element.get(name)), None):
            return str(stamp)
        line = one_line(" ".join(element.itertext()))
        if 0 < len(line) <= MAX_LINE and (found := _date_in(line)):
            return found
    return None


def _below_headline(tree: Any, title: str | None) -> Iterator[Any]:
    headed = False
    for element in tree.iter("h1", "h2", "time", "span", "div", "p", "em", "li", "td", "abbr", "small"):
        if element.tag in ("h1", "h2"):
            headed = headed or element.tag == "h1" or one_line("".join(element.itertext())) == title
        elif headed:
            yield element


def _date_in(line: str) -> str | None:
    for part in parts_of(line):
        if said := date_among([part]):
            return said
    found = _EAST_ASIAN.search(line)
    return found[0] if found else None
