"""A request's text with its dates, sources and authors, for the parsers of listings."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo

from corpus.lazy_pattern import lazy_pattern
from retrieval.dates.date_mention import DateMention
from retrieval.dates.mentioned_dates import mentioned_periods
from retrieval.dates.zone import from_local, to_local
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.names import Mention, Names

_PART = lazy_pattern(
    r"(?P<part>(?:first|second|third|fourth|last) week|beginning|start|early|middle|mid|end|late)"
    r"(?: of(?: the)?)?[ -]",
    re.IGNORECASE,
)
_DAYS: dict[str, tuple[int, int | None]] = {
    **dict.fromkeys(("beginning", "start", "early"), (0, 10)),
    **dict.fromkeys(("middle", "mid"), (10, 20)),
    **dict.fromkeys(("end", "late"), (20, None)),
    "first week": (0, 7),
    "second week": (7, 14),
    "third week": (14, 21),
    "fourth week": (21, 28),
    "last week": (-7, None),
}
"""The days of a month that a part of it has, from its first day or, if negative, from its end."""
_MONTH = range(28, 32)


@dataclass(frozen=True, slots=True)
class ListingWords:
    """A text with its dates and names by their start. Names are also found if they are in lower case."""

    text: str
    zone: tzinfo
    dates: dict[int, DateMention]
    names: dict[int, Mention]
    excluding: tuple[Hint, ...] = ()
    """What was read from words that leave articles out, and that the text no longer has."""

    def dated(self, start: int) -> tuple[int, tuple[Hint, ...]] | None:
        """The end of the date that begins at `start`, and its filter; no filter if it only says "recent"."""
        part = _PART.match(self.text, start)
        month = self.dates.get(part.end()) if part else None
        found = month or self.dates.get(start)
        if found is None:
            return None
        is_part = part is not None and found.end > part.end()
        period = _part_of(found, part["part"]) if part and is_part else found
        if period is None:
            return None
        since = from_local(period.since, self.zone) if period.since else None
        until = from_local(period.until, self.zone) if period.until else None
        words = self.text[start : found.end]
        hint = Hint(HintKind.DATES, words, HintUse.FILTER, since=since, until=until)
        return found.end, ((hint,) if since or until else ())

    def named(self, start: int, *kinds: HintKind) -> tuple[int, tuple[Hint, ...]] | None:
        """The end of the name that begins at `start`, if it is one of these kinds, and whom it may mean."""
        found = self.names.get(start)
        if found is None or (kinds and found.kind not in kinds):
            return None
        words = self.text[found.start : found.end]
        hints = (Hint(found.kind, words, HintUse.FILTER, name=name) for name in found.names)
        return found.end, tuple(hints)


def _part_of(month: DateMention, part: str) -> DateMention | None:
    """The days of a month that are meant by a part of it; None if the period is no month."""
    if not (month.since and month.until and (month.until - month.since).days in _MONTH):
        return None
    first, end = _DAYS[part.lower()]
    since = (month.since if first >= 0 else month.until) + timedelta(days=first)
    return replace(
        month, since=since, until=month.until if end is None else month.since + timedelta(days=end)
    )


def listing_words(
    text: str, asked_at: datetime, known: Iterable[Names], zone: tzinfo = UTC, *, day_first: bool = False
) -> ListingWords:
    """Find dates and names in a text that was asked at that moment in that zone; `day_first` is as in
    `mentioned_periods`."""
    small = text.lower()
    read = (text, small) if len(small) == len(text) else (text,)
    names: dict[int, Mention] = {}
    for one in (mention for each in known for said in read for mention in each.mentions(said)):
        before = names.get(one.start)
        if before is None or one.end > before.end:
            names[one.start] = one
        elif before.end == one.end and before.kind is one.kind:
            both = tuple(sorted({*before.names, *one.names}))
            names[one.start] = replace(before, names=both)
    dates = {one.start: one for one in mentioned_periods(text, to_local(asked_at, zone), day_first=day_first)}
    return ListingWords(text, zone, dates, names)
