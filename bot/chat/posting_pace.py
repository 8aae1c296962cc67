"""When a standing question may post: how often a day, outside which hours, and whether in one digest."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from corpus.lazy_pattern import lazy_pattern
from retrieval.dates.zone import UTC_NAME, from_local, to_local, zone_of

DAILY = 5
"""Posts a day by default: about one an hour in the busier half of a working day."""
MOST_DAILY = 20
"""The most posts a day: more than that is a feed, and better read as a daily digest."""
DIGEST_HOUR = 9
"""The local hour of the daily digest: when people start to work."""
DAY_MINUTES = 24 * 60

_HOUR = r"([01]?\d|2[0-4])(?::([0-5]\d))?"
_QUIET = lazy_pattern(rf"{_HOUR} ?(?:-|–|~|to) ?{_HOUR}")


@dataclass(frozen=True, slots=True)
class PostingPace:
    """At most `daily` posts in a local day of the zone (an IANA name), and the rest in a digest on the next
    day; with `digest`, one digest a day only. `quiet` is the start and end of the hours without posts, in
    minutes of the local day; they may include midnight."""

    daily: int = DAILY
    digest: bool = False
    quiet: tuple[int, int] | None = None
    zone: str = UTC_NAME

    def day(self, moment: datetime) -> date:
        """The local day at a time."""
        return to_local(moment, zone_of(self.zone)).date()

    def is_quiet(self, now: datetime) -> bool:
        """Whether `now` is in the quiet hours."""
        if self.quiet is None:
            return False
        local = to_local(now, zone_of(self.zone))
        minute, (start, end) = local.hour * 60 + local.minute, self.quiet
        return start <= minute < end if start < end else minute >= start or minute < end

    def is_due(self, now: datetime, posted: tuple[datetime, ...], since: datetime) -> bool:
        """Whether something that was found at the time `since` is posted now; `posted` are the times of the
        posts of the last two days at least."""
        if self.is_quiet(now):
            return False
        today = self.day(now)
        if not self.digest:
            return sum(self.day(at) == today for at in posted) < self.daily
        last = self._digest_before(now)
        return since < last and not any(at >= last for at in posted)

    def _digest_before(self, now: datetime) -> datetime:
        """The time of the last digest that was due before `now`."""
        zone = zone_of(self.zone)
        for back in range(2):
            day = to_local(now, zone).date() - timedelta(days=back)
            at = from_local(datetime.combine(day, time(DIGEST_HOUR), UTC), zone)
            if at <= now:
                return at
        return now  # a zone in which yesterday's hour has not come yet


def read_quiet(text: str) -> tuple[int, int] | None:
    """Parse quiet hours as people type them (`22-7`, `22:30 - 07:00`); None for none. Raises ValueError if
    they can't be parsed, or are a whole day."""
    plain = text.strip().lower()
    if plain in ("", "no", "none", "off"):
        return None
    found = _QUIET.fullmatch(plain)
    if not found:
        raise ValueError(f"{text!r} are no hours: write them like 22-7")
    start = (int(found[1]) * 60 + int(found[2] or 0)) % DAY_MINUTES
    end = (int(found[3]) * 60 + int(found[4] or 0)) % DAY_MINUTES
    if start == end:
        raise ValueError(f"{text!r} is a whole day: pause it instead")
    return start, end


def quiet_words(quiet: tuple[int, int]) -> str:
    """Quiet hours as they are shown: `22:00–07:00`."""
    return "–".join(f"{minute // 60:02}:{minute % 60:02}" for minute in quiet)


def read_zone(name: str) -> str:
    """The IANA name of a zone. Raises ValueError if it is unknown."""
    wanted = name.strip()
    if wanted.upper() == UTC_NAME:
        return UTC_NAME
    if zone_of(wanted) is UTC:
        raise ValueError(f"{name!r} is no time zone: write it like Asia/Seoul")
    return wanted
