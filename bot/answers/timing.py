"""Notes on whether an answer is about the time and the names that were asked about: the date of its newest
quote, that nothing is from the time, or that no quote mentions the name."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.answers.answer import Answer, NoAnswer, Quote
from bot.messages.catalogue import ENGLISH, Messages, messages_for
from retrieval.dates.named_times import years_in
from retrieval.dates.zone import day_in, zone_of
from retrieval.question.anchors import TIME_ANCHORS, AnchorKind
from retrieval.question.hint import Hint
from retrieval.question.query import Query
from retrieval.ranking.timeliness import asks_about_now
from retrieval.text.proper_names import pieces

TIMES_SHOWN = 2
"""The most times, and the most names, that are said to be in no quote."""
SHORTEST_NAME = 3
"""The least letters of a name that is said to be in no quote. Quotes may have other words for shorter ones
("US", "TV")."""

_ENGLISH = messages_for(ENGLISH)


def as_of(query: Query, quotes: Sequence[Quote]) -> tuple[datetime, datetime] | None:
    """The dates of the first and of the newest quote that have one, if the question asks about the present:
    the latest news, or who holds an office. None if it does not, or if no quote has a date."""
    dates = [date for quote in quotes if (date := quote.citation.published)]
    return (dates[0], max(dates)) if dates and asks_about_now(query) else None


def time_words(result: Answer | NoAnswer, messages: Messages = _ENGLISH) -> Iterator[str]:
    """The notes, one line each."""
    query, newest = result.query, result.searched.newest
    empty = [hint for hint in query.parsed.hints if hint.empty and not _is_told_of(hint, result)]
    for period in dict.fromkeys(_period(hint, query, messages) for hint in empty):
        if newest and not query.filters():
            date = messages.date(day_in(newest, zone_of(query.zone)))
            yield messages("nothing-from-newest", period=period, date=date)
        else:
            yield messages("nothing-from", period=period)
    if isinstance(result, NoAnswer):
        return
    times = [one.words for one in result.missing if one.kind in TIME_ANCHORS]
    if times:
        yield messages("quotes-not-of", time=messages.either(times[:TIMES_SHOWN]))
    named = [one.words for one in result.missing if one.kind is AnchorKind.NAME]
    if names := [name for name in named if not _is_said(name, result.quotes)]:
        yield messages("quotes-not-naming", name=messages.either(names[:TIMES_SHOWN]))
    if moments := as_of(query, result.quotes):
        first, last = (day_in(moment, zone_of(query.zone)) for moment in moments)
        if first == last:
            yield messages("as-of", date=messages.date(first))
        else:
            yield messages("as-of-older", date=messages.date(first), newest=messages.date(last))
    elif asks_about_now(query):
        yield messages("as-of-unknown")


def _is_told_of(hint: Hint, result: Answer | NoAnswer) -> bool:
    """Whether an answer's quote names the year of the hint's period: later articles tell of it too."""
    if isinstance(result, NoAnswer) or hint.since is None:
        return False
    year = result.query.local_time(hint.since).year
    return any(one.year == year for quote in result.quotes for one in years_in(quote.text))


def _is_said(name: str, quotes: Sequence[Quote]) -> bool:
    """Whether a quote has the name, however it is spaced ("J. Crew", "J.Crew"), or all of its words, which
    may be the names of several ("Vik Tofta" for a match of the two), or the name is too short."""
    letters = _letters(name)
    words = set(pieces(name))
    return len(letters) < SHORTEST_NAME or any(
        letters in _letters(said) or words <= set(pieces(said))
        for said in (f"{quote.text} {quote.citation.title}" for quote in quotes)
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _period(hint: Hint, query: Query, messages: Messages) -> str:
    """The hint's period, cut at the time of asking, as no article is newer."""
    last = min(hint.until or query.asked_at, query.asked_at + timedelta(seconds=1)) - timedelta(seconds=1)
    if hint.since is None:
        return messages("filter-until", date=messages.date(query.local_time(last)))
    return messages.days(query.local_time(hint.since), query.local_time(last))
