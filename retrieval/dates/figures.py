"""Numeric dates: `03/04/2026` is in March for some readers and in April for others."""

import re
from collections.abc import Iterator
from datetime import datetime

from corpus.lazy_pattern import lazy_pattern
from retrieval.dates.days import Period, day_period

FIGURES = r"(?P<f1>\d\d?)(?P<sign>[/.-])(?P<f2>\d\d?)(?P=sign)(?P<figures_y>\d{4}|(?<=/)\d\d)"
"""A numeric day and month, then the year; with two digits only after slashes, since `3.4.26` is a version."""
MONTHS = 12
CENTURY = 100

_ALONE = lazy_pattern(rf"(?<![\w.,:/$£€-]){FIGURES}(?![\w%-]|[.,:/]\d)")
_MONTH_FIRST = frozenset(("", "c", "posix", "en", "en-us"))
"""Locales that put the month before the day, according to CLDR 46 and POSIX, among those of Discord and
Slack. In others the day comes first, or the year, but then such dates are not used."""


def puts_day_first(locale: str) -> bool:
    """Whether that locale (`en-US`, `en_GB.UTF-8`, `ko`) reads 03/04 as the third of April."""
    tag = re.split(r"[.@]", locale, maxsplit=1)[0].replace("_", "-").lower()
    return tag not in _MONTH_FIRST


def the_year(digits: str, now: datetime) -> int:
    """The year of four or two digits, as said at `now`: '23 is 2023, and '99 is 1999."""
    number = int(digits)
    if len(digits) > len("23"):
        return number
    return number + now.year // CENTURY * CENTURY - (CENTURY if number > now.year % CENTURY + 1 else 0)


def day_in_figures(found: re.Match[str], now: datetime, *, day_first: bool) -> Period | None:
    """The day of a match of FIGURES; None if it is not in the calendar."""
    first, second = int(found["f1"]), int(found["f2"])
    if _is_day_first(found, day_first=day_first):
        first, second = second, first
    return day_period(the_year(found["figures_y"], now), first, second)


def _is_day_first(found: re.Match[str], *, day_first: bool) -> bool:
    """Whether the day comes first: a number above 12 decides, then dots, with which no locale puts the month
    first, then `day_first`."""
    if int(found["f1"]) > MONTHS or int(found["f2"]) > MONTHS:
        return int(found["f1"]) > MONTHS
    return day_first or found["sign"] == "."


def ambiguous_days(text: str, now: datetime, *, day_first: bool) -> Iterator[tuple[str, datetime]]:
    """The numeric dates that other readers read differently: as written, and as read here."""
    for found in _ALONE.finditer(text):
        told = max(int(found["f1"]), int(found["f2"])) > MONTHS or found["f1"] == found["f2"]
        day = day_in_figures(found, now, day_first=day_first)
        if day and not told and found["sign"] != ".":
            yield found[0], day[0]
