"""The times that a question refers to: dates in its words, and whether it asks about the present."""

import re
from collections.abc import Iterator
from datetime import datetime

from corpus.lazy_pattern import lazy_pattern
from retrieval.dates.date_mention import DateMention
from retrieval.dates.days import DAY
from retrieval.dates.english_dates import english_periods
from retrieval.dates.year_parts import part_periods
from retrieval.text.scripts import EAST

AFTERMATH = 7 * DAY
"""How long after an event articles about it are boosted, if a question dates the event. Of the ten questions
of RealTimeQA that name a day, eight have their article on that day and two on the day after; a week leaves
room for later reports."""
REPORTING = 45 * DAY
"""How long after a quarter of a year reports of companies about it are boosted: the SEC requires Form 10-Q 40
to 45 days after the quarter's end."""
RECENT = 31 * DAY
"""A time is recent if it began at most this long ago: "this week", "on Monday"."""
OLDEST_YEAR = 1900
"""Earlier years are history: an article that answers is unlikely to be from then."""

_NOW = lazy_pattern(
    r"\b(?:(?:the )?(?:most recent|latest|newest)(?! (?:that|by|than)\b)"
    r"|recent(?:ly)?|currently|right now|at the moment|these days|nowadays"
    r"|(?:as of|up to|until) (?:now|today)"
    r"|(?<!electric )(?<!alternating )(?<!direct )(?<!ocean )(?<!air )current(?= \w)"
    r"(?! (?:in|of|through|flow\w*|is|was|and|or|at|from|to|density|account|affairs|events?)\b)"
    r"|so far(?! (?:away|from|as|apart|north|south|east|west|off)\b)"
    r"|now(?=\s*[?.!]?\s*$)|(?:is|are|does|do|has|have)(?: \S+){0,4}? (?P<still>still)"
    r"(?! (?:image|photo|picture|life|water)s?\b))\b"
    r"|최근|최신|지금|현재|요즘|(?<![日月年])現在|最新|最近(?!接)|今(?=[はもの、]|でも|なお|どう|何)|いま(?=[はもの、])",
    re.IGNORECASE,
)


def mentioned_periods(text: str, now: datetime, *, day_first: bool = False) -> list[DateMention]:
    """The periods that are mentioned in a text, in order; `now` is when it was said. Of overlapping ones only
    the first and longest is returned.

    A month or weekday without a year is the latest one that has begun. Periods in the future are left out,
    since nothing was published then, and so are historic ones.
    """
    read = (
        *part_periods(text),
        *english_periods(text, now, day_first=day_first),
        *_eastern_periods(text, now),
    )
    dates = (one for one in read if _of_news(one, now))
    found: list[DateMention] = []
    for one in sorted((*dates, *_presents(text)), key=lambda one: (one.start, -one.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return found


def _eastern_periods(text: str, now: datetime) -> list[DateMention]:
    if not EAST.search(text):
        return []
    from retrieval.dates.east_asian_dates import eastern_periods  # whose patterns take long to compile

    return eastern_periods(text, now)


def _of_news(period: DateMention, now: datetime) -> bool:
    begun = period.since is None or period.since <= now
    recent = period.until is None or period.until.year >= OLDEST_YEAR
    return begun and recent


def _presents(text: str) -> Iterator[DateMention]:
    for found in _NOW.finditer(text):
        start = found.start("still") if found["still"] else found.start()
        yield DateMention(start, found.end(), now=True)
