"""Periods as people type them in an option: `last week`, `March 2026`, `2026-01-14`, `지난주`, `先週`."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from babel.dates import get_month_names

from corpus.dates import parse_period
from corpus.lazy_pattern import lazy_pattern
from corpus.text import one_line
from retrieval.dates.days import DAY, NAMES, Period, midnight, months, named
from retrieval.dates.figures import FIGURES, day_in_figures, the_year
from retrieval.dates.year_parts import part_of_year
from retrieval.dates.zone import from_local, to_local

LANGUAGES = ("en", "ko", "ja")
"""In the order of `NAMES`, which are compared without spaces and case."""

_AGO = lazy_pattern(
    r"(?:(?:the )?(?:last|past) )?(\d{1,3}) ?"
    r"(?:(days?|일|日)|(weeks?|주|週間)|(months?|개월|달|か月|ヶ月)|(years?|년|年))(?: ago| ?전|前)?"
)
_MONTH_EAST = lazy_pattern(r"(\d{4}) ?[년年] ?(?:(\d{1,2}) ?[월月](?: ?(\d{1,2}) ?[일日])?)?")
_MONTH_WEST = lazy_pattern(r"(?:(\d{1,2}) )?([^\W\d_]+)\.?,? (?:(\d{1,2}),? )?(\d{4}|['’‘]\d\d)")
_FIGURES = lazy_pattern(FIGURES)
_DAYS = (1, 7, 30, 365)
"""The days of a day, week, month and year when they are counted backwards."""


def read_period(text: str, now: datetime, zone: tzinfo = UTC, *, day_first: bool = False) -> Period:
    """The period that a text means, in days of the zone; a time without a zone is UTC. In numeric dates
    (03/04/2026) the month comes first unless `day_first`.

    Raises ValueError if it can't be parsed.
    """
    since, until = _local_period(text, to_local(now, zone), day_first=day_first)
    if until - since < DAY:
        return since, until
    return from_local(since, zone), from_local(until, zone)


def _local_period(text: str, now: datetime, *, day_first: bool) -> Period:
    plain = one_line(text.lower())
    for name, words in NAMES.items():
        if plain.replace(" ", "") in {word.replace(" ", "") for word in (*words, name.replace("-", " "))}:
            return named(name, now)
    if ago := _AGO.fullmatch(plain):
        length = next(days for days, unit in zip(_DAYS, ago.groups()[1:], strict=True) if unit)
        return midnight(now) - timedelta(days=int(ago[1]) * length), midnight(now) + DAY
    if east := _MONTH_EAST.fullmatch(plain):
        return parse_period("-".join([east[1], *(part.zfill(2) for part in east.groups()[1:] if part)]))
    if west := _MONTH_WEST.fullmatch(plain):
        day = west[1] or west[3]
        month, year = months().get(west[2]), the_year(west[4].lstrip("'’‘"), now)
        if month and not (west[1] and west[3]):
            return parse_period(f"{year}-{month:02}" + (f"-{day.zfill(2)}" if day else ""))
    if figures := _FIGURES.fullmatch(plain):
        if day_read := day_in_figures(figures, now, day_first=day_first):
            return day_read
        raise ValueError(f"{text[:40]!r} is no day of the calendar")
    return part_of_year(plain) or parse_period(text)


def offered(typed: str, language: str, now: datetime) -> list[str]:
    """Completions for a typed text in a language, the likeliest first."""
    column = LANGUAGES.index(language) if language in LANGUAGES else 0
    names = [words[column] for words in NAMES.values()]
    latest = list(_last_months(LANGUAGES[column], now))
    plain = typed.lower().strip()
    found = [name for name in (*names, *latest) if plain in name.lower()]
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
