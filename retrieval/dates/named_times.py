"""Years, quarters, months and days that a text names explicitly, independently of when it was written.

Relative times ("last week") are in `retrieval.dates.mentioned_dates`. This module compares passages and
questions by one calendar, so that "Q1 2021", "the first quarter of 2021" and "2021년 1분기" are equal.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain

from corpus.lazy_pattern import lazy_pattern
from retrieval.dates.days import months
from retrieval.text.overlaps import without_overlaps
from retrieval.text.scripts import EAST, half_width

COUNTED = (
    r"(?: (?:people|men|women|children|troops|soldiers|workers|jobs|members|students|victims|deaths|homes"
    r"|votes"
    r"|miles|kilomet\w+|km|feet|met(?:er|re)s|dollars|euros|pounds|tons|tonnes|years|times|words|pages)\b"
    r"|\s?(?:명|개|원|달러|만|억|人|円|ドル|万|億|件|個))"
)
"""After "2000" these make it a count: "2000 troops". Before other words ("the 2008 polls") it is a year."""

_YEAR_DIGITS = r"(?:19|20)\d\d"
_DIGITS = lazy_pattern(r"[12]\d\d\d")
_YEAR = lazy_pattern(
    rf"(?:(?<=FY)|(?<![A-Za-z0-9_.,:$£€¥₩/-]))(?P<y>{_YEAR_DIGITS}|(?<=in )1[0-8]\d\d|(?<=of )1[0-8]\d\d"
    r"|(?<=since )1[0-8]\d\d|1[0-8]\d\d(?=\s?[년年]))"
    rf"(?![\da-zA-Z%]|[.,:]\d|\s?[년年]?[代대]|{COUNTED})(?:\s?[년年](?!間|간))?"
)
"""A year from 1900 to 2099 anywhere; an earlier one only if a word shows that it is a year."""
_ERA = lazy_pattern(r"(?P<era>令和|平成|昭和)\s?(?P<n>\d\d?|元)\s?年")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
"""The year before the first one of each era."""

_ORDINALS = {
    word: number
    for words in ("first second third fourth", "1st 2nd 3rd 4th", "一 二 三 四", "1 2 3 4", "상 하", "上 下")
    for number, word in enumerate(words.split(), 1)
} | {"latter": 2, "last": 4, "final": 4}
_ORDINAL = "first|second|third|fourth|1st|2nd|3rd|4th"
_SAID_YEAR = rf"(?:(?P<y3>{_YEAR_DIGITS})|['’](?P<s3>\d\d))"
_OF_YEAR = rf"(?:,? (?:of |in )?(?:the )?(?:fiscal |financial )?(?:year )?(?P<{{}}>{_YEAR_DIGITS}))?"
_QUARTER = lazy_pattern(
    rf"(?<![A-Za-z0-9])(?:(?P<y1>{_YEAR_DIGITS})(?:['’]s)?[ /-]?"
    rf"(?:Q(?P<q1>[1-4])|(?P<q2>{_ORDINAL})[ -]quarter)"
    rf"|Q(?P<q3>[1-4])(?:[ ,/-]{{0,2}}(?:of |in )?(?:FY ?|fiscal )?{_SAID_YEAR})?"
    rf"|(?P<q4>[1-4])Q(?: ?(?P<y4>{_YEAR_DIGITS})| ?['’]?(?P<s4>\d\d))?"
    rf"|(?P<q5>{_ORDINAL}|last|final)[ -](?:fiscal |financial |calendar )?quarter{_OF_YEAR.format('y5')}"
    rf"|(?P<h6>first|second|latter) half of (?:the )?(?:fiscal )?(?P<y6>{_YEAR_DIGITS})"
    rf"|H(?P<h7>[12])[ ,/-]{{0,2}}(?P<y7>{_YEAR_DIGITS})|(?P<y8>{_YEAR_DIGITS})[ /-]?H(?P<h8>[12]))(?!\w)",
    re.IGNORECASE,
)
_QUARTER_EAST = lazy_pattern(
    rf"(?:(?P<y1>{_YEAR_DIGITS})\s?[년年]?度?[의の]?\s?)?"
    r"(?:[제第]?\s?(?P<q1>[1-4一二三四])\s?(?:/\s?4\s?)?(?:분기|四半期)"
    r"|(?P<m1>1|4|7|10)\s?[월月]?\s?[~〜～–-]\s?(?:3|6|9|12)\s?[월月]期"
    r"|(?P<h1>[상하上下])(?:반기|半期|期))"
)
_QUARTERLY = ("quarter", "분기", "四半期", "반기", "半期", "月期", "月期", "half of", "上期", "下期")
_QUARTER_SIGN = lazy_pattern(r"(?<![A-Za-z])[QH][1-4]|[1-4]Q(?![A-Za-z])", re.IGNORECASE)

_MONTH = "|".join(sorted(months(), key=len, reverse=True))
_TH = r"(?:st|nd|rd|th)?"
_DATE = lazy_pattern(
    rf"(?<!\w)(?:(?P<iso_y>{_YEAR_DIGITS})[-/.](?P<iso_m>[01]?\d)(?:[-/.](?P<iso_d>[0-3]?\d))?(?![\d/.-]\d)"
    rf"|(?:(?P<d1>[0-3]?\d){_TH}(?: of)? )?(?P<mon>{_MONTH})(?!\w)\.?"
    rf"(?: (?P<d2>[0-3]?\d){_TH}(?!\d|[:%]|[.,]\d))?"
    rf"(?:,? (?:of )?(?:(?P<y>{_YEAR_DIGITS})|['’](?P<short_y>\d\d)))?)(?!\w)",
    re.IGNORECASE,
)
_DATE_EAST = lazy_pattern(
    rf"(?:(?P<y>{_YEAR_DIGITS})\s?[년年]\s?)?(?<!\d)(?P<mon>[01]?\d)\s?[월月](?!期)(?:\s?(?P<d>[0-3]?\d)\s?[일日])?"
)

MONTHS = 12
QUARTER_MONTHS = 3


@dataclass(frozen=True, slots=True)
class NamedTime:
    """A year, quarter, half-year, month or day at `text[start:end]`; 0 for parts that are not named."""

    start: int
    end: int
    year: int = 0
    quarter: int = 0
    half: int = 0
    month: int = 0
    day: int = 0

    @property
    def is_part(self) -> bool:
        """Whether it is a quarter or half of a year, the periods on which companies report."""
        return bool(self.quarter or self.half)

    @property
    def first_quarter(self) -> int:
        """The quarter, or the first one of the half, of a part of a year."""
        return self.quarter or 2 * self.half - 1

    def has_month(self, month: int) -> bool:
        """Whether this part of a year has the month."""
        quarters = (self.first_quarter, self.first_quarter + 1 if self.half else self.first_quarter)
        return bool(month) and (month + 2) // 3 in quarters


def named_times(text: str) -> list[NamedTime]:
    """All times that a text names, in order; of overlapping ones the most specific."""
    found = without_overlaps(chain(year_parts(text), dates_in(text), years_in(text)), len(text))
    return sorted(found, key=lambda one: one.start)


def years_in(text: str) -> Iterator[NamedTime]:
    """All years that a text names, alone or in a date."""
    plain = half_width(text)
    for digits in _DIGITS.finditer(plain):
        if found := _YEAR.match(plain, digits.start()):
            yield NamedTime(found.start(), found.end(), int(found["y"]))
    if "年" in plain:
        for found in _ERA.finditer(plain):
            number = 1 if found["n"] == "元" else int(found["n"])
            yield NamedTime(found.start(), found.end(), _ERAS[found["era"]] + number)


def year_parts(text: str) -> Iterator[NamedTime]:
    """All quarters and halves of years that a text names, with or without a year."""
    plain = half_width(text)
    if not any(word in plain for word in _QUARTERLY) and not _QUARTER_SIGN.search(plain):
        return
    for pattern in (_QUARTER, _QUARTER_EAST) if EAST.search(plain) else (_QUARTER,):
        for found in pattern.finditer(plain):
            said = {name: value for name, value in found.groupdict().items() if value}
            year = next((int(value) for name, value in said.items() if name[0] == "y"), 0)
            year = year or next((2000 + int(value) for name, value in said.items() if name[0] == "s"), 0)
            quarter = next((_ORDINALS[v.lower()] for name, v in said.items() if name[0] == "q"), 0)
            quarter = quarter or next((int(v) // 3 + 1 for name, v in said.items() if name[0] == "m"), 0)
            half = next((_ORDINALS[v.lower()] for name, v in said.items() if name[0] == "h"), 0)
            yield NamedTime(found.start(), found.end(), year, quarter, half)


def dates_in(text: str) -> Iterator[NamedTime]:
    """All months and days that a text names, with or without a year."""
    plain = half_width(text)
    for found in _DATE.finditer(plain):
        if found["iso_y"]:
            month, day = int(found["iso_m"]), int(found["iso_d"] or 0)
            if 1 <= month <= MONTHS:
                yield NamedTime(found.start(), found.end(), int(found["iso_y"]), month=month, day=day)
            continue
        day, year = int(found["d1"] or found["d2"] or 0), int(found["y"] or 0)
        year = 2000 + int(found["short_y"]) if found["short_y"] else year
        if found["mon"][0].isupper() or day or year:
            month = months()[found["mon"].lower()]
            yield NamedTime(found.start(), found.end(), year, month=month, day=day)
    if EAST.search(plain):
        for found in _DATE_EAST.finditer(plain):
            month, day = int(found["mon"]), int(found["d"] or 0)
            if 1 <= month <= MONTHS:
                yield NamedTime(found.start(), found.end(), int(found["y"] or 0), month=month, day=day)


def quarter_begins(year: int, quarter: int) -> datetime:
    """The first moment of a calendar quarter, in UTC; the fifth quarter is the next year's first."""
    years, months_before = divmod(QUARTER_MONTHS * (quarter - 1), MONTHS)
    return datetime(year + years, months_before + 1, 1, tzinfo=UTC)
