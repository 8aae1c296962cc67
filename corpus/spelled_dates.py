"""Parses dates in the formats of news. The whole text must be understood: anything unknown makes it no date.

dateutil and dateparser were tried and guess: both silently read 03/04/2026 as March and complete a weekday or
a single number to a day around now; dateutil ignores JST, and dateparser read `20260114T093000Z` as a day of
1772, in two seconds.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from itertools import product

from corpus.lazy_pattern import lazy_pattern
from corpus.zone_names import offset_ends, remark_on, split_place, zone_of

LENGTH_LIMIT = 120
"""The most characters of a date; the longest formats, with the time zone in words, have seventy."""
CENTURY_TURN = 50
"""Two-digit years from this one on are in the 1900s, as in RFC 5322."""
EPOCH_FROM, EPOCH_UNTIL = 631_152_000, 4_102_444_800
"""The seconds since 1970 that are read as a moment: those of 1990 to 2099; other numbers count something
else."""
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
            "aug august", "sep sept september", "oct october", "nov november", "dec december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS = frozenset(
    "mon monday tue tues tuesday wed weds wednesday thu thur thurs thursday fri friday sat saturday sun "
    "sunday".split()
)
LOCALES = (
    "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "sk", "hu", "ro", "tr",
    "ru", "uk", "bg", "el", "id", "vi", "ca",
)  # fmt: skip
"""The locales whose names of months and weekdays are known too; an English name wins if a word has several
meanings."""

_ISO = lazy_pattern(
    r"(?:(?P<date>\d{4}-\d{2}-\d{2}|\d{8}|\d{4}-?w\d{2}-?\d)|(?P<year>\d{4})-(?P<ordinal>\d{3}))"
    r"(?:(?:t|_|,?\s+)(?P<time>\d{2}(?::?\d{2}(?::?\d{2})?)?)(?:[.,]\d+)?)?\s*(?P<zone>z|[+-]\d{1,2}(?::?\d{2})?)?"
)
_BASIC = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
"""Dates of digits only, by their number of digits."""
_CLOCK = lazy_pattern(
    r"(?:(?P<before>오전|오후|午前|午後|上午|下午)\s*)?(?<![\d:.])(?:"
    r"(?P<h1>\d{1,2}):(?P<m1>\d{2})(?::(?P<s1>\d{2})(?:[.,]\d+)?)?"
    r"|(?P<h2>\d{1,2})\s?(?:h|時|시|点|點|时)\s?(?:(?P<m2>\d{1,2})\s?(?:분|分|min)?)?(?:\s?(?P<s2>\d{1,2})\s?[초秒])?"
    r"|(?P<h3>\d{1,2})\.(?P<m3>\d{2})(?=\s*(?:(?:uhr|gmt|bst|utc|cet|cest)\b|[ap]\.?m\b|[,|(]|$))|(?P<h4>\d{1,2})(?=\s*(?:uhr\b|[ap]\.?m\b))"
    r")(?![\d:])(?:\s*(?P<after>[ap])\.?m\b\.?)?(?:\s*uhr\b)?"
    r"(?:\s*(?P<offset>(?:utc|gmt)?\s?[+-](?:\d{2}:?\d{2}|\d{1,2}(?=\s*(?:\(|$)))(?!\d)))?"
)
_YEAR_FIRST = lazy_pattern(
    r"(?<!\d)(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})\s*[.日일号号]?(?!\d)"
)
_IN_FIGURES = lazy_pattern(r"(?<!\d)(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d)")
_WORD = lazy_pattern(r"(?P<number>\d+)(?:st\b|nd\b|rd\b|th\b|er\b|º|ª)?|(?P<word>[^\W\d_]+)")
_NOTHING = lazy_pattern(r"[\s,.:;|()\[\]/·•–—'’-]*")
_ERA = lazy_pattern(r"(令和|平成|昭和)\s*(元|\d{1,2})\s*年")
_BEFORE_ERA = {"令和": 2018, "平成": 1988, "昭和": 1925}
"""The year before the first of each Japanese era."""
_IN_WORDS = lazy_pattern(r"(?<=\d)\s*\([a-z .]*\)$")
"""The time zone in words after its offset, as JavaScript writes it."""
_ASIAN_WEEKDAY = lazy_pattern(
    r"[(]?(?:[월화수목금토일](?:요일)?|[月火水木金土日](?:曜日?)?|(?:星期|周|週)[一二三四五六日天])[)]?"
)
_AROUND = frozenset(
    "at on the of published posted date um uhr den der am le à a às as de del du al las alle ore il kl klo "
    "om op dne w o г года року lúc ngày".split()
)
"""Words around a day or a time that carry no meaning."""


@dataclass(frozen=True, slots=True)
class SpelledDate:
    """An aware moment, or midnight UTC for a day; and a remark on how it was read if that was uncertain."""

    moment: datetime
    remark: str | None = None


class AmbiguousDay(ValueError):
    """A numeric date that is ambiguous: the day or the month may be first, or the year has two digits. The
    reason continues a sentence that begins with the date."""


def read_spelled(text: str, day_first: bool | None = None) -> SpelledDate:
    """The moment that a text means, in any of the formats of news; UTC if it has no time zone.

    `day_first` says whether 03/04/2026 has the day first, if that is known. Raises ValueError, or
    AmbiguousDay.
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    if len(plain) <= LENGTH_LIMIT and (placed := split_place(plain)):
        there = read_spelled(placed[0], day_first)
        # A day has no time zone, and an offset before the zone's name already applies to that day.
        if offset_ends(placed[0]) or there.moment.time() == time():
            return there
        return replace(there, moment=there.moment.replace(tzinfo=placed[1]))
    line = _ERA.sub(_common_year, plain.lower())
    if not line or len(line) > LENGTH_LIMIT:
        raise ValueError("no date")
    if line.isascii() and re.fullmatch(r"\d+(?:\.\d*)?", line):
        return SpelledDate(_from_figures(line))
    line = _IN_WORDS.sub("", line)
    if found := _ISO.fullmatch(line):
        return _moment(_iso_day(found), _iso_time(found["time"]), found["zone"])
    clock = _CLOCK.search(line)
    rest = line if clock is None else f"{line[: clock.start()]} {line[clock.end() :]}"
    day, rest = _day_in_figures(rest, day_first)
    words = list(_words(rest))
    zones = [word for word in words if word.isalpha() and zone_of(word)]
    others = [word for word in words if word not in zones]
    if day is None:
        day = _day_in_words(others)
    elif not all(_is_weekday(word) for word in others):
        raise ValueError("something else stands beside the day")
    offset = clock["offset"] if clock else None
    if len(set(zones)) > 1 and not offset:
        raise ValueError("more than one zone")
    # "+0900 JST" has the same offset twice; the number wins.
    return _moment(day, _time(clock) if clock else None, offset or next(iter(zones), None))


def _common_year(era: re.Match[str]) -> str:
    return f"{_BEFORE_ERA[era[1]] + (1 if era[2] == '元' else int(era[2]))}年"


def _from_figures(line: str) -> datetime:
    whole = line.partition(".")[0]
    if line == whole and (form := _BASIC.get(len(line))):
        return datetime.strptime(line, form).replace(tzinfo=UTC)
    seconds = int(whole) / (1000 if len(whole) == 13 else 1)
    if len(whole) not in (9, 10, 13) or not EPOCH_FROM <= seconds < EPOCH_UNTIL:
        raise ValueError("figures that are no moment")
    return datetime.fromtimestamp(int(seconds), UTC)


def _moment(day: date, at: time | None, zone: str | None) -> SpelledDate:
    if at is None:
        return SpelledDate(datetime.combine(day, time(), UTC))
    its: tzinfo | None = UTC if zone is None else zone_of(zone.strip())
    if its is None:
        raise ValueError("an offset that no zone has")
    moment = datetime.combine(day, at, its)
    return SpelledDate(moment, remark_on(zone.strip(), moment) if zone else None)


def _iso_day(found: re.Match[str]) -> date:
    if found["ordinal"]:
        first = date(int(found["year"]), 1, 1)
        day = first + timedelta(days=int(found["ordinal"]) - 1)
        if day.year != first.year:
            raise ValueError("a day that the year has not")
        return day
    return date.fromisoformat(found["date"].upper())


def _iso_time(text: str | None) -> time | None:
    if text is None:
        return None
    figures = text.replace(":", "")
    return _possible_time(int(figures[:2]), int(figures[2:4] or 0), int(figures[4:6] or 0))


def _possible_time(hour: int, minute: int, second: int) -> time:
    return time(hour, minute, min(second, 59) if second == 60 else second)  # a leap second


def _time(clock: re.Match[str]) -> time:
    hour, minute, second = (
        int(next((clock[name + str(form)] for form in forms if clock[name + str(form)]), 0))
        for name, forms in (("h", (1, 2, 3, 4)), ("m", (1, 2, 3)), ("s", (1, 2)))
    )
    half = {"오전": "a", "午前": "a", "上午": "a", "오후": "p", "午後": "p", "下午": "p"}.get(
        clock["before"] or "", clock["after"]
    )
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    elif half == "a" and hour > 12:
        raise ValueError("an hour after noon that is said to be before it")
    return _possible_time(hour, minute, second)


def _day_in_figures(line: str, day_first: bool | None) -> tuple[date | None, str]:
    """The day if it is written in digits only, and the rest of the line."""
    if found := _YEAR_FIRST.search(line):
        day: date = date(int(found[1]), int(found[2]), int(found[3]))
    elif found := _IN_FIGURES.search(line):
        day = _by_order(int(found[1]), int(found[3]), found[4], found[2], day_first)
    else:
        return None, line
    rest = f"{line[: found.start()]} {line[found.end() :]}"
    return day, _ASIAN_WEEKDAY.sub(" ", rest, count=1)


def _by_order(first: int, second: int, year: str, sign: str, day_first: bool | None) -> date:
    # In 1/14/26 only the second number can't be a month or come first; in 14/1/26 the first may be the year.
    if len(year) == 2 and day_first is None and not (sign == "/" and first <= 12 < second):
        raise AmbiguousDay("has a year of two figures, which may be the first or the last")
    if first > 12 or (sign == "." and second <= 12):  # nobody puts the month first with full stops
        day_first = True
    elif second > 12:
        day_first = False
    elif day_first is None and first != second:
        raise AmbiguousDay("can be read with the day or the month first")
    day, month = (first, second) if day_first else (second, first)
    return date(_full_year(year), month, day)


def _full_year(figures: str) -> int:
    if len(figures) != 2:
        return int(figures)
    return int(figures) + (1900 if int(figures) >= CENTURY_TURN else 2000)


def _words(rest: str) -> Iterator[str]:
    """The numbers and words, without the words of _AROUND. Raises ValueError for any other character."""
    end = 0
    for found in _WORD.finditer(rest):
        if not _NOTHING.fullmatch(rest, end, found.start()):
            raise ValueError("a sign that no date has")
        end = found.end()
        if found["number"] or found["word"] not in _AROUND:
            yield found["number"] or found["word"]
    if not _NOTHING.fullmatch(rest, end):
        raise ValueError("a sign that no date has")


def _day_in_words(words: list[str]) -> date:
    numbers = [(place, word) for place, word in enumerate(words) if word.isdigit()]
    months = [(place, word) for place, word in enumerate(words) if _month(word)]
    if len(months) > 1:  # "mar" means Tuesday in Spanish and March in English
        months = [one for one in months if not _is_weekday(one[1])]
    others = [
        word
        for place, word in enumerate(words)
        if not word.isdigit() and (place, word) not in months and not _is_weekday(word)
    ]
    if len(numbers) != 2 or len(months) != 1 or others:
        raise ValueError("no day of a month of a year")
    place, name = months[0]
    (first_place, first), (second_place, second) = numbers
    if len(first) == 4:
        first, second = second, first
    elif len(second) == 2 and not first_place < place < second_place:
        raise ValueError("which of the two is the year is not said")
    if len(first) > 2 or len(second) not in (2, 4):
        raise ValueError("no day of a month of a year")
    return date(_full_year(second), _month(name), int(first))


def _month(word: str) -> int:
    """The number of the month with that name, 0 for any other word."""
    if word in _MONTHS or word in _WEEKDAYS or not word.isalpha():
        return _MONTHS.get(word, 0)
    return _foreign().months.get(word, 0)


def _is_weekday(word: str) -> bool:
    return word in _WEEKDAYS or (word not in _MONTHS and word in _foreign().weekdays) or word == "mar"


@dataclass(frozen=True, slots=True)
class _Names:
    months: dict[str, int]
    weekdays: frozenset[str]


@cache
def _foreign() -> _Names:
    """The names of months and weekdays in LOCALES; a name that means two months is left out."""
    # Takes 0.1 s for all of them, and is rarely needed.
    from babel.dates import get_day_names, get_month_names

    months: dict[str, int] = {}
    doubtful: set[str] = set()
    weekdays: set[str] = set()
    for locale in LOCALES:
        for context, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
            for month, name in get_month_names(width, context, locale).items():  # type: ignore[arg-type]
                if months.setdefault(name.lower().rstrip("."), month) != month:
                    doubtful.add(name.lower().rstrip("."))
            for name in get_day_names(width, context, locale).values():  # type: ignore[arg-type]
                weekdays.update(found["word"] for found in _WORD.finditer(name.lower()) if found["word"])
    return _Names(
        {name: month for name, month in months.items() if name not in doubtful}, frozenset(weekdays)
    )
