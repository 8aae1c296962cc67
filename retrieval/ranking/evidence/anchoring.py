"""Features of how well passages match a question's anchors: its years, numbers, names and quoted words."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from corpus.lazy_pattern import lazy_pattern
from retrieval.collection.passage import Passage
from retrieval.dates.days import day_period, month_period, months
from retrieval.dates.mentioned_dates import AFTERMATH
from retrieval.dates.named_times import NamedTime, quarter_begins
from retrieval.dates.text_times import TextTimes
from retrieval.dates.zone import as_printed
from retrieval.question.anchors import TIME_ANCHORS, Anchor, AnchorKind
from retrieval.text.proper_names import ProperName, SearchedText
from retrieval.text.quantities import quantities
from retrieval.text.scripts import EAST, EAST_LETTERS, half_width, without_accents

ANCHORING = (
    "untimed",  # share of the question's times and numbers that are in neither passage, title nor date
    "unnamed",  # share of its names and quoted words that are in neither passage nor title
)
YEAR_ALONE = 0.5
"""How far a passage supplies "Q1 2021" or "May 2021" if it has the year and no other quarter."""
CHARACTERS_SEARCHED = 5_000
"""Characters of an article that are searched for whom a part of a name means; all of NewsQA's are shorter."""
_COUNTED = TIME_ANCHORS | {AnchorKind.NUMBER}
_WORDS = lazy_pattern(rf"[{EAST_LETTERS}]|[^\W_{EAST_LETTERS}]+")
_QUARTER = timedelta(days=91)
_SHORT_MONTHS = {number: name for name, number in months().items() if len(name) == len("jan")}


def anchoring(anchors: Sequence[Anchor], passages: Sequence[Passage]) -> NDArray[np.float32]:
    """A row of ANCHORING for each passage; 0 if the question has no anchors of that kind."""
    if not anchors:
        return np.zeros((len(passages), len(ANCHORING)), np.float32)
    judge = _Judge(anchors)
    rows = [judge.row(passage) for passage in passages]
    return np.array(rows, np.float32).reshape(len(passages), len(ANCHORING))


def missing(anchors: Sequence[Anchor], passages: Sequence[Passage]) -> tuple[Anchor, ...]:
    """The anchors that no passage supplies completely; empty if there are no passages."""
    judge = _Judge(anchors)
    supplied = [judge.supplied(passage) for passage in passages]
    return tuple(
        one for one, shares in zip(anchors, zip(*supplied, strict=True), strict=False) if max(shares) < 1
    )


class _Judge:
    """Checks passages for the anchors of one question."""

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        self._anchors = anchors
        self._names = {
            one: ProperName(_without_accents(one.sought), capitals=one.words.isupper())
            for one in anchors
            if one.kind is AnchorKind.NAME
        }

    def supplied(self, passage: Passage) -> list[float]:
        """How much of each anchor the passage supplies: 1, 0, or YEAR_ALONE."""
        text = _Text(passage)
        return [self._supplied(one, text) for one in self._anchors]

    def row(self, passage: Passage) -> tuple[float, float]:
        """The values of ANCHORING for the passage."""
        supplied = list(zip(self._anchors, self.supplied(passage), strict=True))
        timed = [share for one, share in supplied if one.kind in _COUNTED]
        named = [share for one, share in supplied if one.kind not in _COUNTED]
        return _lacking(timed), _lacking(named)

    def _supplied(self, anchor: Anchor, text: "_Text") -> float:
        if anchor.time:
            return text.supplies(anchor.time)
        if anchor.quantity:
            return float(anchor.quantity.value in text.numbers)
        if name := self._names.get(anchor):
            (word, *more) = anchor.sought
            if not more and EAST.search(word):
                return float(word in text.words)
            return float(name.occurs_in(text.searched, text.article.text[:CHARACTERS_SEARCHED]))
        return float(_plain(anchor.sought[0]) in text.plain)


def _without_accents(words: Sequence[str]) -> tuple[str, ...]:
    """The words without accents, and without repetitions: "Pele Pelé" is one name, searched in both forms."""
    return tuple(dict.fromkeys(map(without_accents, words)))


class _Text:
    """A passage's words and its article's title, parsed lazily."""

    def __init__(self, passage: Passage) -> None:
        self.article: Article = passage.article
        self.words = half_width(f"{passage.text}\n{passage.article.title}")
        self.searched = SearchedText(without_accents(self.words))
        self.times = TextTimes(self.words)

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(one.value for one in quantities(self.words))

    @cached_property
    def plain(self) -> str:
        """The words in lower case, separated by spaces; each Korean or Japanese letter is a word."""
        return _plain(self.words)

    def supplies(self, time: NamedTime) -> float:
        """How much of the time the text or its article's date supplies: 1, 0, or YEAR_ALONE."""
        if time.is_part:
            same = (one for one in self.times.parts if (one.quarter, one.half) == (time.quarter, time.half))
            if any(self._is_of(one, time.year) for one in same):
                return 1.0
            if any(
                time.has_month(one.month) and self._is_of_year(one, time.year) for one in self.times.dates
            ):
                return 1.0
            if self.times.parts or not time.year:
                return 0.0
        elif time.month:
            if self._may_name(time.month) and any(self._is_in(one, time) for one in self.times.dates):
                return 1.0
        elif self._has_year(time.year):
            return 1.0
        if published_within(self.article.published, time):
            return 1.0
        return YEAR_ALONE if self._has_year(time.year) else 0.0

    def _may_name(self, month: int) -> bool:
        """Whether the text may name the month at all: a cheap test, which most passages fail."""
        signs = ("월", "月", *(f"{mark}{number}" for mark in "-/." for number in (month, f"{month:02d}")))
        return _SHORT_MONTHS[month] in self.searched.lowered or any(sign in self.words for sign in signs)

    def _is_in(self, date: NamedTime, time: NamedTime) -> bool:
        """Whether a date is that day or in that month; without a year, it gets the passage's."""
        same = date.month == time.month and time.day in (date.day, 0)
        return same and self._is_of_year(date, time.year)

    def _is_of_year(self, date: NamedTime, year: int) -> bool:
        """Whether a date is of that year; without one, it gets the passage's."""
        return date.year == year or (not date.year and self._has_year(year))

    def _has_year(self, year: int) -> bool:
        published = self.article.published
        if year in self.times.years or (published and published.year == year):
            return True
        return bool(published and published.year == year + 1 and self.times.says_last_year)

    def _is_of(self, part: NamedTime, year: int) -> bool:
        """Whether a quarter or half is of that year; without a year, it is the latest that had begun."""
        if not year or part.year == year:
            return True
        if part.year:
            return False
        published = self.article.published
        if year in self.times.years or not published:
            return True
        begins = quarter_begins(year, part.first_quarter)
        return begins <= as_printed(published) < begins.replace(year=year + 1)


def published_within(published: datetime | None, time: NamedTime) -> bool:
    """Whether an article was published within that time, or within AFTERMATH of that day or month."""
    if published is None:
        return False
    printed = as_printed(published)
    if time.is_part:
        begins = quarter_begins(time.year, time.first_quarter)
        return begins <= printed < begins + _QUARTER * (2 if time.half else 1)
    period = day_period(time.year, time.month, time.day) if time.day else month_period(time.year, time.month)
    return bool(period and period[0] <= printed < period[1] + AFTERMATH)


def _plain(text: str) -> str:
    return f" {' '.join(_WORDS.findall(half_width(text).lower()))} "


def _lacking(shares: Sequence[float]) -> float:
    return 1 - sum(shares) / len(shares) if shares else 0.0
