"""Newsdesk's own words around quotes: ages, filters, what was searched, why a quote was found."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from bot.answer import Quote, Searched
from bot.messages.catalogue import ENGLISH, Messages, messages_for
from retrieval.clue import Clue, ClueKind
from retrieval.query import Query

TITLE_SHOWN = 60
"""Characters of a title that was read out of a question: enough to know it by."""

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


def read_words(query: Query, say: Messages = _ENGLISH) -> str:
    """What was read out of the question, empty where nothing was: what filters, and what only favours."""
    found = []
    for firm, key in ((True, "read-only"), (False, "read-rather")):
        if words := ", ".join(_clue_words([clue for clue in query.clues if clue.firm is firm], say)):
            found.append(say(key, what=words))
    found += [
        say("read-spelling", meant=clue.name, written=clue.words)
        for clue in query.clues
        if clue.kind is ClueKind.SPELLING
    ]
    if query.parts:
        found.append(say("read-parts", count=len(query.parts)))
    return "; ".join(found)


def _clue_words(clues: Sequence[Clue], say: Messages) -> Iterator[str]:
    for kind, key in ((ClueKind.SOURCE, "filter-sources"), (ClueKind.AUTHOR, "read-authors")):
        names = dict.fromkeys(clue.name for clue in clues if clue.kind is kind)
        if names:
            yield say(key, names=", ".join(names))
    yield from dict.fromkeys(_period_words(clue, say) for clue in clues if clue.kind is ClueKind.DATES)
    if any(clue.kind is ClueKind.NOW for clue in clues):
        yield say("read-now")
    for clue in clues:
        if clue.kind is ClueKind.TITLE:
            short = clue.name if len(clue.name) <= TITLE_SHOWN else f"{clue.name[: TITLE_SHOWN - 1]}…"
            yield say("read-title", title=short)


def _period_words(clue: Clue, say: Messages) -> str:
    last = clue.until - timedelta(seconds=1) if clue.until else None
    if clue.since and last:
        return say.days(clue.since, last)
    if clue.since:
        return say("filter-since", date=say.date(clue.since))
    return say("filter-until", date=say.date(last))


def searched_words(
    searched: Searched, query: Query, say: Messages = _ENGLISH, names: Mapping[str, str] | None = None
) -> str:
    """What was looked through, and a way on where filters narrowed it."""
    key = "searched"
    values: dict[str, object] = {"articles": say("count-articles", count=searched.articles)}
    if query.filtered:
        key += "-within"
        firm = _clue_words([clue for clue in query.clues if clue.firm], say)
        filters = ", ".join((*filter_words(query, say, names).values(), *firm))
        values |= {"within": searched.within_filters, "filters": filters}
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
