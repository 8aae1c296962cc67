"""Quarters and half-years in running text, as periods: "Q3 2023", "the first half of 2024", 상반기."""

import re
from collections.abc import Iterator
from datetime import datetime

from corpus.lazy_pattern import lazy_pattern
from retrieval.dates.date_mention import DateMention
from retrieval.dates.days import Period
from retrieval.dates.named_times import NamedTime, quarter_begins, year_parts

LEAD_LENGTH = 20
"""Characters before it that are examined for what makes a period open: `prior to the ` has 13."""

_OPEN = lazy_pattern(r"\b(since|after|before|until|till|up to|prior to)(?: the)? $", re.IGNORECASE)
_OPEN_EAST = lazy_pattern(
    r"\s?(?:(?P<since>부터|이래|から|以来|以降)|(?P<after>이후|以後|より後)|(?P<until>까지|まで)"
    r"|(?P<before>이전|以前|より前))"
)


def part_periods(text: str) -> Iterator[DateMention]:
    """The quarters and half-years that a text names with their year, in order."""
    for part in year_parts(text):
        if part.year:
            yield _opened(text, part, _period(part))


def part_of_year(words: str) -> Period | None:
    """The period of a quarter or half-year, if the words name one and nothing else (`the` is ignored); else
    None."""
    plain = re.sub(r"^the ", "", words.strip(), flags=re.IGNORECASE)
    for part in year_parts(plain):
        if part.year and (part.start, part.end) == (0, len(plain)):
            return _period(part)
    return None


def _period(part: NamedTime) -> Period:
    following = part.first_quarter + (2 if part.half else 1)
    return quarter_begins(part.year, part.first_quarter), quarter_begins(part.year, following)


def _opened(text: str, part: NamedTime, period: Period) -> DateMention:
    """The period, made open if a word before or after it says so."""
    since, until = period
    opens: dict[str, tuple[datetime | None, datetime | None]] = {
        "since": (since, None),
        "after": (until, None),
        "before": (None, since),
        "prior to": (None, since),
        "until": (None, until),
    }
    start, end = part.start, part.end
    bounds: tuple[datetime | None, datetime | None] = period
    if lead := _OPEN.search(text, max(part.start - LEAD_LENGTH, 0), part.start):
        start, bounds = lead.start(), opens.get(lead[1].lower(), opens["until"])
    elif after := _OPEN_EAST.match(text, part.end):
        end, bounds = after.end(), opens[after.lastgroup or "until"]
    return DateMention(start, end, bounds[0], bounds[1], of_reports=True)
