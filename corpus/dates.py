"""Parses and formats dates in articles and requests; every moment is an aware datetime.

It is in UTC, except that a date of publication keeps the offset that its source wrote, so that its day is the
one that the outlet printed and that is cited. A date without a time stands for the whole day and is stored as
its midnight UTC; a time without a zone is UTC. Midnight of any other zone is such a day too, because that is
how many publishers write a date without a time.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone

from corpus.lazy_pattern import lazy_pattern
from corpus.spelled_dates import AmbiguousDay, SpelledDate, read_spelled
from corpus.zone_names import FARTHEST

EARLIEST_YEAR = 1600
"""The oldest newspapers are from 1605; an earlier year in a file is an error."""
BEGINNING_OF_TIME = datetime.min.replace(tzinfo=UTC)
"""Earlier than every date: stands for a missing one where dates are compared, so that it is the oldest."""

MIDNIGHT = time()
ZONE_STEP = timedelta(minutes=15)
"""The offsets of today's time zones are multiples of it."""
_STORED = lazy_pattern(
    r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::[0-5]\d)?(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?)?"
)
"""The formats that Newsdesk itself writes."""
_PERIOD = lazy_pattern(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


_DOT_NET = lazy_pattern(r"/Date\((\d{1,16})(?:[+-]\d{4})?\)/")
"""ASP.NET's format in JSON: milliseconds since 1970."""


def parse_moment(value: object, *, exact: bool = False) -> datetime:
    """The moment of a `date`, a `datetime`, or any other value that `read_moment` accepts, in UTC and in
    whole seconds.

    Raises ValueError with a reason that names the value.
    """
    return read_moment(value, exact=exact).moment.astimezone(UTC)


def stored_moment(value: object) -> str:
    """The moment of such a value as it is stored, with its source's offset. Raises ValueError like
    `parse_moment`."""
    return format_moment(read_moment(value).moment)


def stored_local_moment(local: object, utc: object) -> str:
    """A moment that is given both in local time and in UTC, as it is stored: with the offset between the two,
    or in UTC if that is no offset of a time zone. Raises ValueError like `parse_moment`."""
    moment = parse_moment(utc)
    offset = parse_moment(local) - moment
    if offset % ZONE_STEP or abs(offset) > FARTHEST:
        return format_moment(moment)
    return format_moment(moment.astimezone(timezone(offset)))


def read_moment(value: object, *, day_first: bool | None = None, exact: bool = False) -> SpelledDate:
    """The moment of `value` in whole seconds and with the offset that it is written with, in minutes, and a
    remark if the reading was uncertain. `value` is a string in any format that `corpus.spelled_dates` knows,
    seconds or milliseconds since 1970, a `date` or a `datetime`.

    `day_first` says whether 03/04/2026 has the day first. With `exact`, midnight of another zone is that
    moment and not a whole day. Raises ValueError with a reason that names the value.
    """
    found = _read(value, day_first)
    moment = found.moment.replace(microsecond=0)
    if moment.year < EARLIEST_YEAR or moment.year > 9000:
        raise ValueError(f"{_shown(value)} is not a possible date for news")
    offset = timedelta() if moment.time() == MIDNIGHT and not exact else moment.utcoffset() or timedelta()
    # ISO 8601 has no seconds of an offset; a place had them until it got a standard time.
    offset = timedelta(minutes=round(offset / timedelta(minutes=1)))
    zone = timezone(offset) if offset else UTC
    return SpelledDate(moment.replace(tzinfo=zone, fold=0), found.remark)


def _read(value: object, day_first: bool | None) -> SpelledDate:
    if isinstance(value, datetime):
        return SpelledDate(value)
    if isinstance(value, date):
        return SpelledDate(datetime(value.year, value.month, value.day, tzinfo=UTC))
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError(f"{_shown(value)} is not a date")  # noqa: TRY004 - one error for every bad date
    try:
        text = str(value).strip()
        if found := _DOT_NET.fullmatch(text):
            text = found[1]
        if _STORED.fullmatch(text):  # the common case, ten times as fast
            return SpelledDate(datetime.fromisoformat(text))
        return read_spelled(text, day_first)
    except AmbiguousDay as error:
        raise ValueError(f"{_shown(value)} {error}") from error
    except (ValueError, OverflowError) as error:
        raise ValueError(
            f"{_shown(value)} is not a possible date (write 2026-01-14 or 2026-01-14T09:30Z)"
        ) from error


def _shown(value: object) -> str:
    try:
        return repr(value.strip()[:40] if isinstance(value, str) else value)[:60]
    except ValueError:  # an integer with thousands of digits can't be converted
        return "a number"


def parse_period(text: str) -> tuple[datetime, datetime]:
    """The half-open interval [start, end) of a year, a month, a day or a moment.

    `2026` is that year, `2026-01` that month, `2026-01-14` that day; a full moment is that second. Raises
    ValueError with a reason.
    """
    found = _PERIOD.fullmatch(text.strip())
    if not found:
        moment = parse_moment(text)
        return moment, moment + timedelta(seconds=1)
    try:
        # A month or a day of 00 is an error, not a missing value.
        start = datetime(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1), tzinfo=UTC)
        if found["day"]:
            end = start + timedelta(days=1)
        elif found["month"]:
            end = datetime(start.year + start.month // 12, start.month % 12 + 1, 1, tzinfo=UTC)
        else:
            end = datetime(start.year + 1, 1, 1, tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text.strip()!r} is not a possible date") from error
    return start, end


def format_moment(moment: datetime) -> str:
    """ISO 8601: only the date for a day (`is_day`), otherwise to the second with its offset, Z for UTC."""
    if is_day(moment):
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def is_day(moment: datetime) -> bool:
    """Whether the moment stands for a day without a time: it is then stored as midnight UTC."""
    return not moment.utcoffset() and (moment.hour, moment.minute, moment.second) == (0, 0, 0)


def day_in_words(moment: datetime) -> str:
    """`14 January 2026`."""
    return f"{moment.day} {moment:%B} {moment.year}"
