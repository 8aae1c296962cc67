"""Days, weeks, months and years around a moment, and their names in English, Korean and Japanese.

Weeks begin on Monday, as in ISO 8601; days are those of UTC, like the days of articles.
"""

import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

from babel.dates import get_month_names

Period = tuple[datetime, datetime]
"""Half open: the first moment of the period, and the first one after it."""
DAY = timedelta(days=1)
LENGTHS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365}
"""Days in a unit, for counting backwards."""
FARTHEST = {"hour": 72, "day": 366, "week": 104, "month": 60, "year": 30}
"""The furthest "three days ago" may go back, in its own unit; anything before is history."""

WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
"""A pattern of the English weekdays."""

NAMES = {
    "today": ("today", "오늘", "今日"),
    "yesterday": ("yesterday", "어제", "昨日"),
    "this-week": ("this week", "이번 주", "今週"),
    "last-week": ("last week", "지난주", "先週"),
    "this-month": ("this month", "이번 달", "今月"),
    "last-month": ("last month", "지난달", "先月"),
    "this-year": ("this year", "올해", "今年"),
    "last-year": ("last year", "작년", "昨年"),
}
"""The names of periods around now, in English, Korean and Japanese."""
WEEKDAYS = {
    "monday": 0,
    "tuesday": 1,
    "wednesday": 2,
    "thursday": 3,
    "friday": 4,
    "saturday": 5,
    "sunday": 6,
} | {sign: day for signs in ("월화수목금토일", "月火水木金土日") for day, sign in enumerate(signs)}
"""Monday is 0, as in `datetime.weekday`."""


def named(name: str, now: datetime) -> Period:
    """The period around `now` with that key in `NAMES`."""
    today = midnight(now)
    week, month, year = week_of(now), month_of(now), year_of(now)
    return {
        "today": (today, today + DAY),
        "yesterday": (today - DAY, today),
        "this-week": week,
        "last-week": week_of(week[0] - DAY),
        "this-month": month,
        "last-month": month_of(month[0] - DAY),
        "this-year": year,
        "last-year": year_of(year[0] - DAY),
    }[name]


def midnight(moment: datetime) -> datetime:
    """The first moment of its day."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def day_of(moment: datetime) -> Period:
    """The day of the moment."""
    return midnight(moment), midnight(moment) + DAY


def week_of(moment: datetime) -> Period:
    """The week of the moment."""
    monday = midnight(moment) - moment.astimezone(UTC).weekday() * DAY
    return monday, monday + 7 * DAY


def month_of(moment: datetime) -> Period:
    """The month of the moment."""
    first = midnight(moment).replace(day=1)
    return first, (first + 32 * DAY).replace(day=1)


def year_of(moment: datetime) -> Period:
    """The year of the moment."""
    first = midnight(moment).replace(month=1, day=1)
    return first, first.replace(year=first.year + 1)


def weekend_of(moment: datetime) -> Period:
    """Saturday and Sunday of the moment's week."""
    monday, after = week_of(moment)
    return monday + 5 * DAY, after


def day_period(year: int, month: int, day: int) -> Period | None:
    """The day as a period; None if it is not in the calendar."""
    try:
        return day_of(datetime(year, month, day, tzinfo=UTC))
    except (ValueError, OverflowError):  # the last of all days has no end
        return None


def month_period(year: int, month: int) -> Period | None:
    """The month as a period; None if there is none."""
    first = day_period(year, month, 1)
    try:
        return first and month_of(first[0])
    except OverflowError:
        return None


def latest_day(month: int, day: int, now: datetime) -> Period | None:
    """The latest day with that date that has begun at `now`; None if no year has it."""
    years = (day_period(now.year - back, month, day) for back in range(9))  # 29 February: eight years at most
    return next((one for one in years if one and one[0] <= now), None)


def latest_month(month: int, now: datetime, *, over: bool = False) -> Period | None:
    """The latest such month that has begun at `now` (with `over`: before this month); None if there is
    none."""
    return month_period(now.year - (month > now.month or (over and month == now.month)), month)


def latest_weekday(weekday: int, now: datetime, *, over: bool = False) -> Period:
    """The latest such weekday that has begun at `now` (with `over`: before today)."""
    back = (now.astimezone(UTC).weekday() - weekday) % 7
    return day_of(now - (7 if over and not back else back) * DAY)


def ago(count: int, unit: str, now: datetime) -> Period | None:
    """The day, week, month or year that many units before `now`; None if that is too far back."""
    if count > FARTHEST[unit]:
        return None
    if unit == "day":
        return day_of(now - count * DAY)
    if unit == "week":
        return week_of(now - 7 * count * DAY)
    year, month = divmod(now.year * 12 + now.month - 1 - count, 12)
    return (
        month_period(year, month + 1)
        if unit == "month"
        else year_of(now.replace(year=now.year - count, day=1))
    )


def past(count: int, unit: str, now: datetime) -> Period | None:
    """The last `count` hours, days, weeks, months or years, up to the end of today; None if that is too far
    back."""
    if count > FARTHEST[unit]:
        return None
    return midnight(now) - math.ceil(count * LENGTHS[unit]) * DAY, midnight(now) + DAY


@cache
def months() -> dict[str, int]:
    """Maps the English names and abbreviations of months, in lower case, to their numbers."""
    widths: Sequence[str] = ("wide", "abbreviated")
    return {
        name.lower().rstrip("."): number
        for width in widths
        for number, name in get_month_names(width, locale="en").items()  # type: ignore[arg-type]
    } | {"sept": 9}
