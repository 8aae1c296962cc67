"""When a question speaks of: dates in its words, and whether it asks about now."""

import re
from collections.abc import Iterator
from datetime import datetime

from retrieval.dates.date_mention import DateMention
from retrieval.dates.days import DAY
from retrieval.dates.english_dates import english_periods
from retrieval.dates.year_parts import part_periods
from retrieval.text.scripts import EAST

AFTERMATH = 7 * DAY
"""How long after an event articles about it are favoured, where a question dates the event. Of the ten
questions of RealTimeQA that name a day, eight have their article on it and two the day after; a week leaves
room for what is written when the dust has settled."""
REPORTING = 45 * DAY
"""How long after a quarter of a year what firms report on it is favoured: the SEC takes their Form 10-Q for
40 to 45 days after the quarter's end."""
RECENT = 31 * DAY
"""A time that a question speaks of is recent where it began so long ago at most: "this week", "on Monday"."""
OLDEST_YEAR = 1900
"""A date before this year is history: no article that answers is likely to be of its time."""

_NOW = re.compile(
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


def spoken_periods(text: str, now: datetime, *, day_first: bool = False) -> list[DateMention]:
    """What a text speaks of, said at `now`, in its order; of two that overlap, the first and longest.

    Where a month or a weekday stands without a year, it is the latest one that has begun. What lies wholly
    in the future is left out, as nothing was published then, and so is history.
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
