"""Local time of the person who asks: "today" and "yesterday" are days of their time zone.

All moments are in UTC, except that a date of publication keeps its source's offset. A *local* datetime has
the local date and time, but UTC as its tzinfo, so that arithmetic on UTC days also works for days of any
zone.
"""

from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from corpus.dates import is_day

UTC_NAME = "UTC"
SECONDS_A_DAY = 86_400
CACHED_ZONES = 600
"""Cached zones: IANA lists fewer than 600 names."""


@lru_cache(CACHED_ZONES)
def zone_of(name: str) -> tzinfo:
    """The zone with an IANA name (`Asia/Seoul`); UTC if it is unknown."""
    if name == UTC_NAME:
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; no name at all; the name of a folder
        return UTC


def to_local(moment: datetime, zone: tzinfo) -> datetime:
    """The local date and time at that moment; its tzinfo is UTC."""
    return moment.astimezone(zone).replace(tzinfo=UTC, fold=0)


def from_local(local: datetime, zone: tzinfo) -> datetime:
    """The moment with that local date and time: the first one if the clock is put back, and that of the
    change if the clock skips them."""
    try:
        return local.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:  # the last of all days
        return local


def as_printed(published: datetime) -> datetime:
    """The date and time that an article's outlet printed; its tzinfo is UTC."""
    return published.replace(tzinfo=UTC)


def states_day(published: datetime) -> bool:
    """Whether an article states its day: it has no time, or one with an offset. A time in UTC may be the
    outlet's or a computer's."""
    return bool(published.utcoffset()) or is_day(published)


def day_in(published: datetime, zone: tzinfo) -> date:
    """The day of an article: the one it states, or the local day of its moment."""
    return published.date() if states_day(published) else to_local(published, zone).date()
