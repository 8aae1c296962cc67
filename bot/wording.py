"""Newsdesk's own words around quotes: dates, ages, filters, what was searched."""

from datetime import datetime, timedelta

from bot.answer import Quote, Searched
from corpus.dates import day_in_words
from retrieval.query import Query


def date_words(moment: datetime | None) -> str:
    """`14 January 2026`, or that there is no date."""
    return day_in_words(moment) if moment else "undated"


def counted(count: int, noun: str) -> str:
    """`1 article`, `2,000 articles`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def age(published: datetime, now: datetime) -> str:
    """How old it was at `now`, in the largest whole unit: `today`, `3 days ago`, `2 years ago`."""
    days = (now.date() - published.date()).days
    if days < 0:
        return "after the question was asked"
    if days < 2:
        return ("today", "yesterday")[days]
    for unit, length in (("year", 365), ("month", 30), ("day", 1)):
        if days >= length:
            return f"{counted(days // length, unit)} ago"
    raise AssertionError(days)


def filters_words(query: Query) -> str:
    """The filters in words, empty where there are none."""
    parts = []
    if query.sources:
        parts.append(f"from {', '.join(sorted(query.sources))}")
    if query.since:
        parts.append(f"since {day_in_words(query.since)}")
    if query.until:
        parts.append(f"until {day_in_words(query.until - timedelta(seconds=1))}")
    return ", ".join(parts)


def searched_words(searched: Searched, query: Query) -> str:
    """What was looked through, and a way on where filters narrowed it."""
    newest = f", the newest of {day_in_words(searched.newest)}" if searched.newest else ""
    if not query.filtered:
        return f"Searched {counted(searched.articles, 'article')}{newest}."
    wider = [
        words
        for words, set_ in (("wider dates", query.since or query.until), ("all sources", query.sources))
        if set_
    ]
    return (
        f"Searched {searched.within_filters:,} of {counted(searched.articles, 'article')} "
        f"({filters_words(query)}){newest}. Try it with {' or '.join(wider)}."
    )


def why_words(quote: Quote) -> str:
    """Why a quote was found, in words."""
    signals = quote.signals
    meaning = (
        "the model does not know the question's language, so only words counted"
        if signals.meaning is None
        else f"its closest part has a similarity in meaning of {signals.meaning:.2f} (1 is the same)"
    )
    return (
        f"Score {quote.score:.2f}: {meaning}; its words earn {signals.words:.0%} of what a passage with all "
        f"of the question's words could; {signals.coverage:.0%} of its telling words (weighed by how "
        "rare they are) stand in it or its title."
    )
