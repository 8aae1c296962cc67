"""Dates as people type them in an option: `today`, `last week`, `March 2026`, `2026-01-14`, `지난주`, `先週`.

Weeks begin on Monday, as in ISO 8601; days are those of UTC, like the days of articles.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

from babel.dates import get_month_names

from corpus.dates import parse_period

Period = tuple[datetime, datetime]
"""Half open: the first moment in it, and the first after it."""
LANGUAGES = ("en", "ko", "ja")

_NAMES = {
    "today": ("today", "오늘", "今日"),
    "yesterday": ("yesterday", "어제", "昨日"),
    "this-week": ("this week", "이번 주", "今週"),
    "last-week": ("last week", "지난주", "先週"),
    "this-month": ("this month", "이번 달", "今月"),
    "last-month": ("last month", "지난달", "先月"),
    "this-year": ("this year", "올해", "今年"),
    "last-year": ("last year", "작년", "昨年"),
}
"""What is offered, by language in the order of LANGUAGES; compared without spaces and case."""
_AGO = re.compile(
    r"(?:(?:the )?(?:last|past) )?(\d{1,3}) ?"
    r"(?:(days?|일|日)|(weeks?|주|週間)|(months?|개월|달|か月|ヶ月)|(years?|년|年))(?: ago| ?전|前)?"
)
_MONTH_EAST = re.compile(r"(\d{4}) ?[년年] ?(?:(\d{1,2}) ?[월月](?: ?(\d{1,2}) ?[일日])?)?")
_MONTH_WEST = re.compile(r"(?:(\d{1,2}) )?([^\W\d_]+)\.?,? (?:(\d{1,2}),? )?(\d{4})")
_DAYS = (1, 7, 30, 365)
"""Days of a day, week, month and year, where they are counted backwards."""


def read_period(text: str, now: datetime) -> Period:
    """The period that is meant. Raises ValueError where none can be made out."""
    plain = " ".join(text.lower().split())
    for name, words in _NAMES.items():
        if plain.replace(" ", "") in {word.replace(" ", "") for word in (*words, name.replace("-", " "))}:
            return _named(name, now)
    if ago := _AGO.fullmatch(plain):
        length = next(days for days, unit in zip(_DAYS, ago.groups()[1:], strict=True) if unit)
        return _midnight(now) - timedelta(days=int(ago[1]) * length), _midnight(now) + timedelta(days=1)
    if east := _MONTH_EAST.fullmatch(plain):
        return parse_period("-".join([east[1], *(part.zfill(2) for part in east.groups()[1:] if part)]))
    if west := _MONTH_WEST.fullmatch(plain):
        day = west[1] or west[3]
        month = _months().get(west[2])
        if month and not (west[1] and west[3]):
            return parse_period(f"{west[4]}-{month:02}" + (f"-{day.zfill(2)}" if day else ""))
    return parse_period(text)


def offered(typed: str, language: str, now: datetime) -> list[str]:
    """What could be meant by what was typed so far, in that language, the likeliest first."""
    column = LANGUAGES.index(language) if language in LANGUAGES else 0
    names = [words[column] for words in _NAMES.values()]
    months = list(_last_months(LANGUAGES[column], now))
    plain = typed.lower().strip()
    found = [name for name in (*names, *months) if plain in name.lower()]
    if plain and plain not in (name.lower() for name in found):
        try:
            read_period(typed, now)
        except ValueError:
            return found
        return [typed.strip(), *found]
    return found


def _last_months(language: str, now: datetime) -> Iterator[str]:
    for back in range(13):
        year, month = divmod(now.year * 12 + now.month - 1 - back, 12)
        yield {
            "en": f"{get_month_names('wide', locale='en')[month + 1]} {year}",
            "ko": f"{year}년 {month + 1}월",
            "ja": f"{year}年{month + 1}月",
        }[language]


@cache
def _months() -> dict[str, int]:
    widths: Sequence[str] = ("wide", "abbreviated")
    return {
        name.lower().rstrip("."): number
        for width in widths
        for number, name in get_month_names(width, locale="en").items()  # type: ignore[arg-type]
    } | {"sept": 9}


def _midnight(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _named(name: str, now: datetime) -> Period:
    today = _midnight(now)
    day = timedelta(days=1)
    monday = today - today.weekday() * day
    first = today.replace(day=1)
    new_year = first.replace(month=1)
    return {
        "today": (today, today + day),
        "yesterday": (today - day, today),
        "this-week": (monday, monday + 7 * day),
        "last-week": (monday - 7 * day, monday),
        "this-month": (first, (first + 32 * day).replace(day=1)),
        "last-month": ((first - day).replace(day=1), first),
        "this-year": (new_year, new_year.replace(year=new_year.year + 1)),
        "last-year": (new_year.replace(year=new_year.year - 1), new_year),
    }[name]
