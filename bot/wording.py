"""Newsdesk's own words around quotes: ages, filters, what was searched, why a quote was found."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.answer import Quote, Searched
from bot.messages.catalogue import ENGLISH, Messages, messages_for
from retrieval.query import Query

_ENGLISH = messages_for(ENGLISH)
"""For where people read English whoever they are: the terminal, and what administers."""


def date_words(moment: datetime | None) -> str:
    """`14 January 2026`, or that there is no date."""
    return _ENGLISH.date(moment)


def counted(count: int, noun: str) -> str:
    """`1 article`, `2,000 articles`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def age(published: datetime, now: datetime, say: Messages = _ENGLISH) -> str:
    """How old it was at `now`, in the largest whole unit: `today`, `3 days ago`, `2 years ago`."""
    days = (now.date() - published.date()).days
    if days < 2:
        return say("age-future" if days < 0 else ("age-today", "age-yesterday")[days])
    unit, length = next(pair for pair in (("years", 365), ("months", 30), ("days", 1)) if days >= pair[1])
    return say(f"age-{unit}", count=days // length)


def filter_words(
    query: Query, say: Messages = _ENGLISH, names: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Each filter of the query in words, by its name; `names` maps sources to how they are written."""
    written = sorted(names.get(name, name) if names else name for name in query.sources)
    found = {}
    if written:
        found["sources"] = say("filter-sources", names=", ".join(written))
    if query.since:
        found["since"] = say("filter-since", date=say.date(query.since))
    if query.until:
        found["until"] = say("filter-until", date=say.date(query.until - timedelta(seconds=1)))
    return found


def filters_words(query: Query, say: Messages = _ENGLISH, names: Mapping[str, str] | None = None) -> str:
    """The filters in words, empty where there are none."""
    return ", ".join(filter_words(query, say, names).values())


def searched_words(
    searched: Searched, query: Query, say: Messages = _ENGLISH, names: Mapping[str, str] | None = None
) -> str:
    """What was looked through, and a way on where filters narrowed it."""
    key = "searched"
    values: dict[str, object] = {"articles": say("count-articles", count=searched.articles)}
    if query.filtered:
        key += "-within"
        values |= {"within": searched.within_filters, "filters": filters_words(query, say, names)}
    if searched.newest:
        key += "-newest"
        values |= {"date": say.date(searched.newest)}
    dated = bool(query.since or query.until)
    way_on = {(True, True): "try-both", (True, False): "try-dates", (False, True): "try-sources"}.get(
        (dated, bool(query.sources))
    )
    return f"{say(key, **values)} {say(way_on)}" if way_on else say(key, **values)


def why_words(quote: Quote, say: Messages = _ENGLISH) -> str:
    """Why a quote was found, in words."""
    signals = quote.signals
    meaning = (
        say("why-no-meaning")
        if signals.meaning is None
        else say("why-meaning", value=f"{signals.meaning:.2f}")
    )
    return say(
        "why",
        score=f"{quote.score:.2f}",
        meaning=meaning,
        words=f"{signals.words:.0%}".rstrip("%"),
        coverage=f"{signals.coverage:.0%}".rstrip("%"),
    )
