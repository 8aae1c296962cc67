"""The clock on the wall where somebody asks: a day begins and ends by it, and "yesterday" is the day before.

Everything is reckoned in UTC. A moment "on the wall" has the wall's date and time under UTC's name, so that
what reckons with days of UTC reckons with days of any zone.
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


def on_wall(moment: datetime, zone: tzinfo) -> datetime:
    """The wall's date and time at that moment, under UTC's name."""
    return moment.astimezone(zone).replace(tzinfo=UTC, fold=0)


def off_wall(wall: datetime, zone: tzinfo) -> datetime:
    """The moment at which the wall has that date and time: the first, where the clock is put back, and the
    one at which it is put forward, where it skips them."""
    try:
        return wall.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:  # the last of all days
        return wall


def is_day(published: datetime) -> bool:
    """Whether an article says a day and no time: it is kept as midnight UTC, whatever zone it means."""
    return published.timestamp() % 86400 == 0


def day_in(published: datetime, zone: tzinfo) -> date:
    """The day of an article: the one that it says, or that its moment has on the wall."""
    return published.date() if is_day(published) else on_wall(published, zone).date()
