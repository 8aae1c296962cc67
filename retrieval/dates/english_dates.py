"""English dates in running text, as periods.

Hand-written, since in questions the difficulty is not what "last week" means but what is not a date ("Theresa
May", "Black Friday", "may"), and general parsers take those for dates.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from corpus.lazy_pattern import lazy_pattern
from retrieval.dates.date_lookalikes import mask_lookalikes
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
    months,
    named,
    past,
    week_of,
    weekend_of,
    year_of,
)
from retrieval.dates.figures import FIGURES, day_in_figures, the_year

LEAD_LENGTH = 40
"""Characters before a date that are examined: `since the second quarter of ` has 28."""

_MONTH = "|".join(sorted(months(), key=len, reverse=True))
_WEEKDAY = "|".join(day for day in WEEKDAYS if day.isascii())
_COUNTS = {
    **dict.fromkeys(("a", "an", "one"), 1),
    **dict.fromkeys(("two", "couple of", "a couple of"), 2),
    **dict.fromkeys(("three", "few", "a few"), 3),
    **{
        word: count
        for count, word in enumerate("four five six seven eight nine ten eleven twelve".split(), 4)
    },
    "several": 5,
}
_COUNT = rf"\d{{1,3}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))}"
_TO = r"\ ?(?:-|–|and|to|until|through)\ ?"
_TH = r"(?:st|nd|rd|th)?"
_YEAR = r"\d{4}|['’‘]\d\d(?!\d)"
_YEAR_OF_DAY = rf"{_YEAR}|\d\d(?=\s*(?:$|[?!.;:)”\"]))"
"""After a day, two digits at the end of a clause are a year too: "26 Sept 23"."""
_DATE = lazy_pattern(
    rf"""(?:(?<![\w.,:/$£€-])|(?<=\bmid-)|(?<=\blate-)|(?<=\bearly-))(?:
    (?P<iso>(?P<iso_y>\d{{4}})(?:[-/](?P<iso_m>\d\d)(?:[-/](?P<iso_d>\d\d))?
        |(?P<sign_y>[-/.])\ ?(?P<year_m>\d\d?)(?P=sign_y)\ ?(?P<year_d>\d\d?)))
    |(?P<figures>{FIGURES})
    |(?P<days>(?:(?P<m1>{_MONTH})\.?\ (?P<a1>\d\d?){_TH}{_TO}(?P<b1>\d\d?){_TH}
        |(?P<a2>\d\d?){_TH}{_TO}(?P<b2>\d\d?){_TH}(?:\ of)?\ (?P<m2>{_MONTH})\b\.?)
        (?:,?\ (?P<days_y>{_YEAR_OF_DAY}))?)
    |(?P<day>(?:(?P<d3>\d\d?){_TH}(?:\ of)?\ (?P<m3>{_MONTH})\b\.?|(?P<m4>{_MONTH})\.?\ (?P<d4>\d\d?){_TH})
        (?:,?\ (?P<day_y>{_YEAR_OF_DAY}))?)
    |(?P<month>(?P<mon>{_MONTH})\b\.?(?:,?\ (?:of\ )?(?P<month_y>{_YEAR}))?)
    |(?P<weekday>(?P<wd>{_WEEKDAY})(?P<wd_last>(?:\ of)?\ last\ week)?)
    |(?P<ago>(?P<ago_n>{_COUNT})\ (?P<ago_u>day|week|month|year)s?\ ago)
    |(?P<named>the\ day\ before\ yesterday|yesterday|today|tonight
        |(?:last|this)\ (?:night|morning|afternoon|evening|weekend|week|month|year))
    |(?P<past>(?:past|last)\ (?:(?P<past_n>{_COUNT})\ )?(?P<past_u>hour|day|week|month|year)s?)
    |(?P<year>(?:19|20)\d\d)
    )(?![\w%-]|[.,:/]\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_LEAD = lazy_pattern(
    r"\b(?:(?P<open>since|after|before|until|till|up to|prior to"
    r"|(?:older|earlier|newer|later|more recent) than)|(?P<at>in|on|during|from)"
    r"|(?P<tie>between|and|to|through|of|by|at)|(?P<which>last|past|this))(?P<the> the)?"
    r"(?: (?P<that>last|past|this))?(?P<part> (?:early|late|mid)| (?:end|start|beginning|middle|month|week"
    r"|spring|summer|autumn|fall|winter|(?:first|second|third|fourth|last) (?:half|quarter)) of)?[ -]$",
    re.IGNORECASE,
)
"""Words right before a date; a `tie` counts if it joins two dates."""
_JOINT = lazy_pattern(r"\s?(?:,\s)?(?:-|–|\b(?:and|to|until|till|through)\b)\s?(?:the\s)?", re.IGNORECASE)
_OWNED = lazy_pattern(r"(?:['’]s?|\b(?:his|her|its|their|my|your|our))\s$", re.IGNORECASE)
_LENGTH = lazy_pattern(r"\b(?:in|over|during|within|for) the\s$", re.IGNORECASE)
_COUNTED = lazy_pattern(r"\b(?:the|this|in|over|during|within)\s$", re.IGNORECASE)
_COMPARED = lazy_pattern(r"\b(?:compared (?:to|with)|than|was|were|it|they)(?: a full)?\s$", re.IGNORECASE)
_AHEAD = lazy_pattern(
    r"\b(?:will|going to|upcoming|tomorrow|next|forecast|scheduled)\b|['’]ll\b", re.IGNORECASE
)
_BEHIND = lazy_pattern(r"\b(?:did|was|were|had|has|have|happened|said)\b", re.IGNORECASE)
_LOOSE = frozenset(("weekday", "year", "month"))
"""Kinds of dates that a mere "and" or "of" before them invalidates."""
_NAMESAKES = frozenset("april august may june march mar".split())
"""Months that are also verbs and first names: in lower case, or before a name, they are not months."""
_END = r"\s*(?:$|[?!.,;:)”\"]"
_STOP = lazy_pattern(
    rf"{_END}|(?:a|an|the|in|on|at|for|and|or|when|where|who|what|how|why|did|was|were|to|until|through|this"
    r"|last|compared|about|as|with|from)\b)"
)
_DAY_STOP = lazy_pattern(rf"{_END})|\s+(?:morning|afternoon|evening|night|in|at|for|after|about|when)\b")
_NO_VERB = lazy_pattern(
    r"\b(?:an?|the|every|each|of|per|and|or|my|his|her|their|our|no|any|is|are|by|next|[A-Z]\w*)\s$"
)

_Found = tuple[re.Match[str], re.Match[str] | None, Period]
"""A date, the words before it (`_LEAD`), and its period."""


def english_periods(text: str, now: datetime, *, day_first: bool = False) -> list[DateMention]:
    """The periods that are mentioned in English, in order; `now` is when the text was said. `day_first` tells
    whether numeric dates begin with the day or with the month."""
    plain = mask_lookalikes(text)
    ahead = bool(_AHEAD.search(plain)) and not _BEHIND.search(plain)
    found: list[_Found] = []
    for match in _DATE.finditer(plain):
        before = plain[max(match.start() - LEAD_LENGTH, 0) : match.start()]
        after = plain[match.end() : match.end() + LEAD_LENGTH]
        lead = _LEAD.search(plain, max(match.start() - LEAD_LENGTH, 0), match.start())
        if not _is_date(match, lead, before, after):
            continue
        in_figures = match.lastgroup == "figures"
        period = (
            day_in_figures(match, now, day_first=day_first)
            if in_figures
            else _period(match, before, now, ahead=ahead)
        )
        if period:
            found.append((match, lead, period))
    return list(_spoken(found, plain))


def _is_date(match: re.Match[str], lead: re.Match[str] | None, before: str, after: str) -> bool:
    """Whether a match is a date, judged by the words around it."""
    kind = match.lastgroup
    if kind == "day":
        name = match["m3"] or match["m4"]
        return bool(match["day_y"] or lead or name[0].isupper() or name.lower() not in _NAMESAKES)
    if kind == "month" and not match["month_y"]:
        return _is_month(match["mon"], lead, after)
    if kind == "weekday" and not lead and not match["wd_last"]:
        told = before.endswith(" ") and not _NO_VERB.search(before)
        return told and bool(_DAY_STOP.match(after))
    if kind == "year":
        return lead is not None and bool(
            lead["part"] or (not lead["the"] and lead["tie"] not in ("of", "at", "by"))
        )
    if kind == "named":
        titled = match[0][0].isupper() and before.strip()[-1:] not in ("", *".?!:;")
        return not titled and not _OWNED.search(before)
    if kind == "ago":
        return not _COMPARED.search(before)
    return kind != "past" or bool(_COUNTED.search(before))


def _is_month(name: str, lead: re.Match[str] | None, after: str) -> bool:
    if lead is None or lead["at"] == "on" or after.startswith(("'s", "’s")):
        return False
    if name.lower() not in _NAMESAKES:
        return True
    sure = name[0].isupper() or (not lead["the"] and re.match(rf"{_END})", after))
    return bool(sure and _STOP.match(after))


def _period(match: re.Match[str], before: str, now: datetime, *, ahead: bool) -> Period | None:
    """The period that a date names. Without a year it is the latest one; None if the text is about the
    future."""
    kind = match.lastgroup
    if kind == "iso":
        year, month, day = (
            int(match["iso_y"]),
            match["iso_m"] or match["year_m"],
            match["iso_d"] or match["year_d"],
        )
        return day_period(year, int(month), int(day)) if day else month_period(year, int(month))
    if kind == "ago":
        return ago(_count(match["ago_n"]), match["ago_u"].lower(), now)
    if kind == "past":
        count = match["past_n"] or ("few" if match[0].lower().endswith("s") else "one")
        return past(_count(count), match["past_u"].lower(), now)
    if kind == "named":
        return _named(match[0].lower(), before, now)
    if kind == "weekday" and match["wd_last"]:
        return day_of(named("last-week", now)[0] + WEEKDAYS[match["wd"].lower()] * DAY)
    digits = match[f"{kind}_y"] if kind in ("days", "day", "month") else match["year"]
    year_said = the_year(digits.lstrip("'’‘"), now) if digits else 0
    if ahead and not year_said:
        return None
    if kind == "weekday":
        return latest_weekday(WEEKDAYS[match["wd"].lower()], now, over=before.lower().endswith("last "))
    if kind == "year":
        return year_of(datetime(year_said, 1, 1, tzinfo=UTC))
    if kind == "month":
        month = months()[match["mon"].lower()]
        return (
            month_period(year_said, month)
            if year_said
            else latest_month(month, now, over=before.lower().endswith("last "))
        )
    if kind == "day":
        return _day(match["m3"] or match["m4"], match["d3"] or match["d4"], year_said, now)
    name = match["m1"] or match["m2"]
    first = _day(name, match["a1"] or match["a2"], year_said, now)
    last = first and _day(name, match["b1"] or match["b2"], first[0].year, now)
    return (first[0], last[1]) if first and last and first[0] < last[1] else None


def _day(month: str, day: str, year: int, now: datetime) -> Period | None:
    number = months()[month.lower()]
    return day_period(year, number, int(day)) if year else latest_day(number, int(day), now)


def _count(words: str) -> int:
    return int(words) if words.isdecimal() else _COUNTS[words.lower()]


def _named(name: str, before: str, now: datetime) -> Period:
    which, _, unit = name.partition(" ")
    if name == "the day before yesterday":
        return day_of(now - 2 * DAY)
    if name == "last night":
        return named("yesterday", now)[0], named("today", now)[1]
    if unit == "weekend":
        return weekend_of(now) if which == "this" else weekend_of(week_of(now)[0] - DAY)
    if unit in ("week", "month", "year"):
        length = which == "last" and _LENGTH.search(before)
        return (length and past(1, unit, now)) or named(f"{which}-{unit}", now)
    return named("yesterday" if name == "yesterday" or which == "last" else "today", now)


def _spoken(found: list[_Found], text: str) -> Iterator[DateMention]:
    """The mentions: two joined dates become one period, and a period is open if the word before it says
    so."""
    place = 0
    while place < len(found):
        one, other = found[place], found[place + 1] if place + 1 < len(found) else None
        joined = _joined(one, other, text) if other else None
        place += 2 if joined else 1
        if meant := joined or _single(one, text):
            yield meant


def _joined(one: _Found, other: _Found, text: str) -> DateMention | None:
    """Join two dates: `between March and May`, `from 3 May to 5 June`; None if they are not joined."""
    (match, lead, (since, _)), (last, _, (later, until)) = one, other
    if not lead or not lead[0].lower().startswith(("between", "from")):
        return None
    if not _JOINT.fullmatch(text, match.end(), last.start()):
        return None
    if since >= until:  # the first one has no year of its own
        since = since.replace(year=later.year, day=min(since.day, 28))
    return DateMention(lead.start(), last.end(), since, until) if since < until else None


def _single(one: _Found, text: str) -> DateMention | None:
    match, lead, (since, until) = one
    start, end, kind = match.start(), match.end(), match.lastgroup
    if lead is None:
        return DateMention(start, end, since, until, now=_is_now(match))
    if lead["open"] and not text.startswith(("'s", "’s"), end):
        bounds = {
            "since": (since, None),
            "after": (until, None),
            "before": (None, since),
            "prior to": (None, since),
            "older than": (None, since),
            "earlier than": (None, since),
            "newer than": (until, None),
            "later than": (until, None),
            "more recent than": (until, None),
        }.get(lead["open"].lower(), (None, until))
        return DateMention(lead.start(), end, *bounds)
    if lead["tie"] and not lead["part"] and kind in _LOOSE and not match["month_y"]:
        return None
    told = next((group for group in ("that", "which") if lead[group]), None)
    return DateMention(lead.start(told) if told else start, end, since, until, now=_is_now(match))


def _is_now(match: re.Match[str]) -> bool:
    return match[0].lower() in ("this week", "this month", "this year")
