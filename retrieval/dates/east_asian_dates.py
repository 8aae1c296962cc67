"""Korean and Japanese dates in running text, as periods."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from corpus.lazy_pattern import lazy_pattern
from retrieval.dates.date_mention import DateMention
from retrieval.dates.days import (
    DAY,
    WEEKDAYS,
    Period,
    ago,
    day_of,
    day_period,
    latest_day,
    latest_month,
    latest_weekday,
    month_period,
    named,
    past,
    week_of,
    weekend_of,
    year_of,
)

_COUNTS = {
    **dict(zip("하루 이틀 사흘 나흘 닷새 엿새 이레 여드레 아흐레 열흘".split(), range(1, 11), strict=True)),
    **dict(zip("한 두 세 네 다섯 여섯 일곱 여덟 아홉 열".split(), range(1, 11), strict=True)),
    **dict(zip("一二三四五六七八九十", range(1, 11), strict=True)),
    "보름": 15,
    "일": 1,
    "며칠": 3,
    "몇": 3,
    "数": 3,
}
_DAYS_ALONE = "하루|이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레|열흘|보름|며칠"
"""Korean words for numbers of days."""
_COUNT = r"\d{1,3}|[한두세네일몇]|다섯|여섯|일곱|여덟|아홉|열|[一二三四五六七八九十数]"
_UNITS = {
    "hour": "시간|時間",
    "day": "일|日",
    "week": "주일|주|週間",
    "month": "개월|달|か月|ヶ月|カ月|ヵ月",
    "year": "년|年",
}
_UNIT = "|".join(_UNITS.values())
_NAMES = {
    "today": "오늘(?!날)|금일|今日(?!的)|本日|今朝|今夜|今晩",
    "yesterday": "어제|어젯밤|昨日|昨夜|昨晩",
    "two-days": "그저께|그제|엊그제|一昨日|おととい",
    "this-week": "이번 ?주(?!말)|금주|今週(?!末)",
    "last-week": "지난 ?주(?!말)|저번 ?주(?!말)|先週(?!末)",
    "this-weekend": "이번 ?주말|今週末",
    "last-weekend": "지난 ?주말|先週末",
    "this-month": "이번 ?달|이달|금월|今月",
    "last-month": "지난 ?달|저번 ?달|先月",
    "this-year": "올해|금년|今年",
    "last-year": "작년|지난 ?해|昨年|去年",
    "two-years": "재작년|一昨年|おととし",
}
_WHOLE = (
    r"(?P<whole>(?P<y>(?:19|20)\d\d) ?[년年](?: ?(?P<ym>\d\d?) ?[월月](?: ?(?P<yd>\d\d?) ?[일日])?)?)"
    r"(?!\d|[代대度間간前後후]| ?전)"
)
_MONTH = (
    r"(?<![\d.])(?<!\d[년年])(?<!\d[년年] )"
    r"(?P<month>(?:(?:(?P<last>작년|지난 ?해|[昨去]年)|올해|今年)[의の]? ?)?"
    r"(?P<m>\d\d?) ?[월月](?: ?(?P<d>\d\d?) ?[일日])?)(?!\d| ?(?:민주|항쟁|혁명|유신|革命|事件|危機))"
)
_AGO = (
    rf"(?P<ago>(?P<alone>{_DAYS_ALONE}) ?전|(?<!\d)(?P<an>{_COUNT}) ?(?P<au>{_UNIT}) ?[전前])"
    rf"|(?P<past>(?:지난|최근의?|過去|ここ|この|直近) ?"
    rf"(?:(?P<palone>{_DAYS_ALONE})|(?P<pn>{_COUNT}) ?(?P<pu>{_UNIT}))[간間]?)"
)
_WEEKDAY = (
    r"(?<![가-힣])(?P<weekday>(?:(?P<wk>(?:지난|저번|이번) ?주|[先今]週の?|지난|この前の) ?)?"
    r"(?:(?P<wko>[월화수목금토일])요일|(?P<wja>[月火水木金土日])曜日?))"
)
_NAME = "|".join(f"(?P<{name.replace('-', '_')}>{words})" for name, words in _NAMES.items())
_DATE = lazy_pattern(
    rf"(?:{_WHOLE}|{_MONTH}|(?<![\d.])(?P<day>(?P<dd>\d\d?) ?[일日])(?=까지|まで)|{_AGO}|{_WEEKDAY}"
    rf"|(?<![가-힣])(?P<name>{_NAME}))"
)
_SINCE = lazy_pattern(r"\s?(?:부터|이래|から|以来|以降)")
_AFTER = lazy_pattern(r"\s?(?:이후|以後|より後|の後(?!半))")
_UNTIL = lazy_pattern(r"\s?(?:까지|まで)")
_BEFORE = lazy_pattern(r"\s?(?:이전|전(?!체|국|쟁|기|문|화|망|세)|以前|より前)")
_JOINT = lazy_pattern(r"\s?(?:부터|에서|から|[~〜～–-])\s?")
_EVERY = lazy_pattern(r"(?:매주|매월|매년|毎週|毎月|毎年)\s?$")
_EVERY_LENGTH = 3
"""Characters before a date that are examined for `_EVERY`."""

_Found = tuple[re.Match[str], Period]
"""A date and its period."""


def eastern_periods(text: str, now: datetime) -> list[DateMention]:
    """The periods that are mentioned in Korean or Japanese, in order; `now` is when the text was said."""
    found: list[_Found] = []
    year = 0
    for match in _DATE.finditer(text):
        start = match.start()
        if _EVERY.search(text, max(start - _EVERY_LENGTH, 0), start):
            continue
        if period := _period(match, now, year, found[-1][1] if found else None):
            found.append((match, period))
            year = int(match["y"] or year)
    return list(_spoken(found, text))


def _period(match: re.Match[str], now: datetime, year_before: int, before: Period | None) -> Period | None:
    """The period that a date names. What it leaves out is taken from the dates before: the last year that any
    of them has (0 if none does), and the period of the last one."""
    kind = match.lastgroup
    if kind == "whole":
        if match["ym"]:
            return _of_year(int(match["y"]), int(match["ym"]), match["yd"])
        return year_of(datetime(int(match["y"]), 1, 1, tzinfo=UTC))
    if kind == "month":
        month, day = int(match["m"]), match["d"]
        if year := now.year - 1 if match["last"] else year_before:
            return _of_year(year, month, day)
        return latest_day(month, int(day), now) if day else latest_month(month, now)
    if kind == "day":
        return day_period(before[0].year, before[0].month, int(match["dd"])) if before else None
    if kind in ("ago", "past"):
        count, unit = match["an"] or match["pn"], match["au"] or match["pu"]
        reckon = ago if kind == "ago" else past
        if not unit:
            return reckon(_count(match["alone"] or match["palone"]), "day", now)
        named_unit = next(name for name, words in _UNITS.items() if re.fullmatch(words, unit))
        if kind == "ago" and named_unit == "hour":
            return day_of(now)
        return reckon(_count(count), named_unit, now)
    if kind == "weekday":
        return _weekday(match, now)
    return _named(_name_of(match), now)


def _of_year(year: int, month: int, day: str | None) -> Period | None:
    return day_period(year, month, int(day)) if day else month_period(year, month)


def _count(words: str) -> int:
    return int(words) if words.isdecimal() else _COUNTS[words]


def _weekday(match: re.Match[str], now: datetime) -> Period | None:
    weekday, which = WEEKDAYS[match["wko"] or match["wja"]], match["wk"] or ""
    if which.endswith(("주", "週", "週の")):
        week = named("this-week" if which.startswith(("이번", "今")) else "last-week", now)
        return day_of(week[0] + weekday * DAY)
    return latest_weekday(weekday, now, over=bool(which))


def _name_of(match: re.Match[str]) -> str:
    return next((name for name in _NAMES if match[name.replace("-", "_")]), "")


def _named(name: str, now: datetime) -> Period | None:
    if name == "two-days":
        return ago(2, "day", now)
    if name == "two-years":
        return ago(2, "year", now)
    if name.endswith("weekend"):
        return weekend_of(now if name.startswith("this") else week_of(now)[0] - DAY)
    return named(name, now)


def _spoken(found: list[_Found], text: str) -> Iterator[DateMention]:
    """The mentions: two joined dates become one period, and a period is open if the word after it says so."""
    place = 0
    while place < len(found):
        match, (since, until) = found[place]
        place += 1
        if place < len(found):
            other, (_, end) = found[place]
            if since < end and _JOINT.fullmatch(text[match.end() : other.start()]):
                place += 1
                to = _UNTIL.match(text, other.end())
                yield DateMention(match.start(), to.end() if to else other.end(), since, end)
                continue
        if match.lastgroup == "day":
            continue
        here = _name_of(match) in ("this-week", "this-month", "this-year")
        for opening, bounds in (
            (_SINCE, (since, None)),
            (_AFTER, (until, None)),
            (_UNTIL, (None, until)),
            (_BEFORE, (None, since)),
        ):
            if (word := opening.match(text, match.end())) and match.lastgroup not in ("ago", "past"):
                yield DateMention(match.start(), word.end(), *bounds)
                break
        else:
            yield DateMention(match.start(), match.end(), since, until, here)
