"""Local time where somebody asks: "today" and "yesterday" are days of their time zone.

All moments are in UTC. A *local* datetime has the local date and time but UTC as its zone, so that arithmetic
on days in UTC also works for days of any zone.
"""

from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

UTC_NAME = "UTC"
KNOWN = 600
"""Zones read at a time: IANA lists fewer than 600 names."""


@lru_cache(KNOWN)
def zone_of(name: str) -> tzinfo:
    """The zone of an IANA name (`Asia/Seoul`); UTC where nobody knows it."""
    if name == UTC_NAME:
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; no name at all; the name of a folder
        return UTC


def to_local(moment: datetime, zone: tzinfo) -> datetime:
    """The local date and time at that moment, with UTC as its zone."""
    return moment.astimezone(zone).replace(tzinfo=UTC, fold=0)


def from_local(local: datetime, zone: tzinfo) -> datetime:
    """The moment with that local date and time: the first, if the clock is put back, and that of the change,
    if the clock skips them."""
    try:
        return local.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:  # the last of all days
        return local


def is_day(published: datetime) -> bool:
    """Whether an article says a day and no time: it is kept as midnight UTC, whatever zone it means."""
    return published.timestamp() % 86400 == 0


def day_in(published: datetime, zone: tzinfo) -> date:
    """The day of an article: the one that it states, or the local day of its moment."""
    return published.date() if is_day(published) else to_local(published, zone).date()
