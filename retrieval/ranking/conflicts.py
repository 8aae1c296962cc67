"""Whether a sentence contradicts the question in a time, or in the number of a numbered thing."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache, cached_property

from corpus.article import Article
from retrieval.collection.passage import Passage
from retrieval.dates.named_times import NamedTime, years_in
from retrieval.dates.text_times import TextTimes
from retrieval.question.anchors import anchors_of
from retrieval.question.hint import TIME_HINTS
from retrieval.question.query import Query
from retrieval.ranking.evidence.anchoring import published_within
from retrieval.text.numbered import NumberedThing, numbered
from retrieval.text.scripts import half_width
from retrieval.text.sentences import Span

BEFORE = 300
"""Characters before a sentence, in its paragraph, that may name the time of which it goes on to tell."""


class Conflicts:
    """Compares sentences with a question's times (years, quarters and dates, "in 2019") and its numbered
    things ("Game 6"): a sentence with the same words may be about other ones."""

    def __init__(self, query: Query) -> None:
        """Parse the question's times and numbered things. If it also has a time that is relative to today
        ("said this week"), its named times are ignored, since any article may mention such a year."""
        named = [one for one in anchors_of(query) if one.time]
        relative = any(
            not any(hint.words in one.words or one.words in hint.words for one in named)
            for hint in query.parsed.hints
            if hint.kind in TIME_HINTS and not hint.excludes
        )
        self._times = [] if relative else [one.time for one in named if one.time]
        self._numbered = list(numbered(half_width(query.wording)))
        self._title = cache(_Text)

    def __bool__(self) -> bool:
        """Whether any sentence could contradict the question."""
        return bool(self._times or self._numbered)

    def share(self, article: Article, span: Span) -> float:
        """How far the sentence contradicts the question, from 0 to 2: the share of the times that differ plus
        the share of the numbered things that differ. If the sentence does not say, its article's title
        decides, and for times then the article's date; but a time that its paragraph named last before the
        sentence is taken to be the sentence's."""
        if not self:
            return 0.0
        texts = [_Text(article.text[slice(*span)]), self._title(article.title)]
        return _mean(
            _other_time(time, texts, article.published)
            and not _goes_on(time, texts[0], article.text, span[0])
            for time in self._times
        ) + _mean(self._other_number(thing, texts) for thing in self._numbered)

    def number_is_absent(self, passages: Sequence[Passage]) -> bool:
        """Whether these passages and their titles number things like one for which the question has an
        ordinal, but none with its number: they have a second summit and no third."""
        ordinals = [thing for thing in self._numbered if thing.ordinal]
        if not ordinals:
            return False
        text = _Text("\n".join(words for one in passages for words in (one.text, one.article.title)))
        return any(self._other_number(thing, [text]) for thing in ordinals)

    def _other_number(self, thing: NumberedThing, texts: Iterable["_Text"]) -> bool:
        """Whether the first text with a thing like this has only numbers that the question does not have."""
        wanted = {one.number for one in self._numbered if one.is_alike(thing)}
        for text in texts:
            told = {one.number for one in text.numbered if one.is_alike(thing)}
            if told:
                return not told & wanted
        return False


class _Text:
    """A sentence or a title, parsed lazily."""

    def __init__(self, text: str) -> None:
        self._text = half_width(text)
        self.times = TextTimes(self._text)

    @cached_property
    def numbered(self) -> Sequence[NumberedThing]:
        return list(numbered(self._text))


def _other_time(time: NamedTime, texts: Iterable[_Text], published: datetime | None) -> bool:
    """Whether the first text that says anything about the time, or else the date, names another one."""
    for text in texts:
        if published and published.year == time.year + 1 and text.times.says_last_year:
            return False
        said = _is_said(time, text.times)
        if said is not None:
            return not said
    if published is None or not time.year:
        return False
    same_year = not time.month and published.year == time.year
    return not (same_year or published_within(published, time))


def _goes_on(time: NamedTime, sentence: _Text, text: str, start: int) -> bool:
    """Whether a sentence without a year goes on to tell of the time: it is the last one that its paragraph
    names before the sentence."""
    if not time.year or sentence.times.years:
        return False
    paragraph = max(text.rfind("\n\n", 0, start), start - BEFORE, 0)
    before = half_width(text[paragraph:start])
    years = [one.year for one in years_in(before)]
    return years[-1:] == [time.year] and _is_said(time, TextTimes(before)) is not False


def _is_said(time: NamedTime, named: TextTimes) -> bool | None:
    """Whether the text names that time; None if it names no time that is comparable."""
    if time.is_part:
        if any(time.has_month(one.month) and _may_be(one.year, time.year) for one in named.dates):
            return True
        told = [
            (one.quarter, one.half) == (time.quarter, time.half) and _may_be(one.year, time.year)
            for one in named.parts
        ]
    elif time.month:
        told = [
            one.month == time.month and _may_be(one.year, time.year) and _may_be(one.day, time.day)
            for one in named.dates
        ]
    else:
        told = [year == time.year for year in named.years]
    if told:
        return any(told)
    return False if time.year and named.years and time.year not in named.years else None


def _may_be(one: int, other: int) -> bool:
    """Whether two years or days are equal; an unknown one (0) may be any."""
    return not (one and other) or one == other


def _mean(found: Iterable[bool]) -> float:
    shares = list(found)
    return sum(shares) / len(shares) if shares else 0.0
