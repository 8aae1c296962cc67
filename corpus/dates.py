"""Dates as they stand in articles and in calls; every moment is aware UTC.

A date alone is that whole day and is kept as its midnight; a time without a zone is UTC.
"""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

EARLIEST_YEAR = 1600
"""The oldest newspapers are of 1605; an earlier year in a file is a mistake."""

_PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


def parse_moment(value: object) -> datetime:
    """The moment meant by `value`, to the second: an ISO 8601 or RFC 2822 text, a `date`, a `datetime`.

    Raises ValueError with a reason that names the value.
    """
    moment = _to_datetime(value)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        moment = moment.astimezone(UTC).replace(microsecond=0)
    except OverflowError as error:
        raise ValueError(f"{value!r} is not a possible date") from error
    if moment.year < EARLIEST_YEAR or moment.year > 9000:
        raise ValueError(f"{value!r} is not a possible date for news")
    return moment


def _to_datetime(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a date")  # noqa: TRY004 - one error for every bad date
    text = value.strip()
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise ValueError(
            f"{text[:40]!r} is not a possible date (write 2026-01-14 or 2026-01-14T09:30Z)"
        ) from error


def parse_period(text: str) -> tuple[datetime, datetime]:
    """The half-open interval [start, end) named by a year, a month, a day or a moment.

    `2026` is that year, `2026-01` that month, `2026-01-14` that day; a full moment is that second.
    Raises ValueError with a reason.
    """
    found = _PERIOD.fullmatch(text.strip())
    if not found:
        moment = parse_moment(text)
        return moment, moment + timedelta(seconds=1)
    try:
        # A month or a day that is written as 00 is a mistake, not one left out.
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
    """ISO 8601: the date alone for midnight (a day), otherwise to the second with Z."""
    if (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return moment.date().isoformat()
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def day_in_words(moment: datetime) -> str:
    """`14 January 2026`."""
    return f"{moment.day} {moment:%B} {moment.year}"
