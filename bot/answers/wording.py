"""The wording around quotes: ages, filters, what was searched, why a quote was found."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from bot.answers.answer import Citation, Missing, Quote, Searched
from bot.messages.catalogue import ENGLISH, Messages, messages_for
from corpus.dates import is_day
from retrieval.dates.figures import ambiguous_days
from retrieval.dates.zone import UTC_NAME, day_in, to_local, zone_of
from retrieval.question.anchors import TIME_ANCHORS
from retrieval.question.context import content_words
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.names import people
from retrieval.question.query import Query
from retrieval.text.analyzer import Analyzer

AUTHORS_SHOWN = 2
"""The most authors that are named beside an article; the others are counted."""
JOINED_NAMES = 3
"""A name that contains this many of an article's names, itself included, is several names joined."""

TITLE_SHOWN = 60
"""The most characters of a title that was read from a question: enough to recognise it."""

MISSING_SHOWN = 3
"""The most names or times that are said to be missing: with more, the question is about something else."""

STRONG, FAIR = 0.6, 0.45
"""The least cosines of a quote whose meaning is called strongly or fairly near. Of NewsQA's first passages
that have the answer, a share of 0.45 reaches the first and 0.9 the second."""

_ENGLISH = messages_for(ENGLISH)
"""For what is always English: the terminal and administration."""


def date_words(moment: datetime | None) -> str:
    """`14 January 2026`, or that there is no date."""
    return _ENGLISH.date(moment)


def age(published: datetime, now: datetime, messages: Messages = _ENGLISH, zone: str = UTC_NAME) -> str:
    """How old an article was at `now`, in the largest whole unit: `today`, `3 days ago`, `2 years ago`."""
    here = zone_of(zone)
    days = (to_local(now, here).date() - day_in(published, here)).days
    if not is_day(published) and published <= now:
        days = max(days, 0)  # where it was printed, the next day had begun
    if days < 2:
        return messages("age-future" if days < 0 else ("age-today", "age-yesterday")[days])
    unit, length = next(pair for pair in (("years", 365), ("months", 30), ("days", 1)) if days >= pair[1])
    return messages(f"age-{unit}", count=days // length)


def author_words(author: str | None) -> str:
    """The first AUTHORS_SHOWN authors, and how many more there are. Some pages list all names joined and then
    each alone ("Ida Berg Jon Moe, Ida Berg, Jon Moe"); the joined one is left out."""
    names = list(dict.fromkeys(people(author or "")))
    single = [one for one in names if sum(other in one for other in names) < JOINED_NAMES]
    more = len(single) - AUTHORS_SHOWN
    return ", ".join(single[:AUTHORS_SHOWN]) + (f" +{more}" if more > 0 else "")


def citation_words(citation: Citation, messages: Messages = _ENGLISH) -> str:
    """Source, date and author on one line, or that the date or the author is missing."""
    author = author_words(citation.author)
    named = messages("read-authors", names=author) if author else messages("author-unnamed")
    return " · ".join((citation.source, messages.date(citation.published), named))


def newest_words(articles: int, newest: datetime | None, messages: Messages = _ENGLISH) -> str:
    """The number of articles and the date of the newest, or that none has a date."""
    counted = messages("count-articles", count=articles)
    if newest is None:
        return messages("articles-undated", articles=counted) if articles else counted
    return messages("sources-line", articles=counted, date=messages.date(newest))


def filter_words(
    query: Query, messages: Messages = _ENGLISH, names: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Each filter of the query in words, by the filter's name; `names` maps casefolded names of sources to
    the names as they are written."""
    written = sorted(names.get(name, name) if names else name for name in query.sources)
    found = {}
    if written:
        found["sources"] = messages("filter-sources", names=", ".join(written))
    if query.since:
        found["since"] = messages("filter-since", date=messages.date(query.local_time(query.since)))
    if query.until:
        last = query.local_time(query.until - timedelta(seconds=1))
        found["until"] = messages("filter-until", date=messages.date(last))
    return found


def filters_words(query: Query, messages: Messages = _ENGLISH, names: Mapping[str, str] | None = None) -> str:
    """All filters in words; empty if there are none."""
    return ", ".join(filter_words(query, messages, names).values())


def narrowing_words(
    query: Query, messages: Messages = _ENGLISH, names: Mapping[str, str] | None = None
) -> str:
    """The filters of the search, set by the person or read from the question; empty if there are none."""
    read = _hint_words(query, messages, HintUse.FILTER)
    without = ", ".join(_hint_words(query, messages, HintUse.EXCLUDE))
    left_out = [messages("filter-without", what=without)] if without else []
    return ", ".join((*filter_words(query, messages, names).values(), *read, *left_out))


def read_words(query: Query, messages: Messages = _ENGLISH) -> str:
    """What was read from the question: filters, what is left out, preferences, corrected spellings, ambiguous
    dates and parts; empty if nothing was."""
    found = []
    keys = {
        HintUse.FILTER: "read-only",
        HintUse.EXCLUDE: "read-without",
        HintUse.BOOST: "read-rather",
    }
    for use, key in keys.items():
        if words := ", ".join(_hint_words(query, messages, use)):
            found.append(messages(key, what=words))
    if any(hint.kind is HintKind.NOW for hint in query.parsed.hints):
        found.append(messages("read-now"))
    found += [
        messages("read-spelling", meant=hint.name, written=hint.words)
        for hint in query.parsed.hints
        if hint.kind is HintKind.SPELLING
    ]
    found += _figures_words(query, messages)
    if query.asks_several:
        found.append(messages("read-parts", count=len(query.parsed.parts)))
    return " · ".join(found)


def _hint_words(query: Query, messages: Messages, use: HintUse) -> Iterator[str]:
    hints = [hint for hint in query.parsed.hints if hint.use is use and not hint.empty]
    for kind, key in ((HintKind.SOURCE, "filter-sources"), (HintKind.AUTHOR, "read-authors")):
        names = dict.fromkeys(hint.name for hint in hints if hint.kind is kind)
        if names:
            yield messages(key, names=", ".join(names))
    yield from dict.fromkeys(
        _period_words(hint, query, messages) for hint in hints if hint.kind is HintKind.DATES
    )
    if any(hint.kind is HintKind.ARTICLE for hint in hints):
        yield messages("read-address")
    for hint in hints:
        if hint.kind is HintKind.TITLE:
            yield messages("read-title", title=_short(hint.name))


def _figures_words(query: Query, messages: Messages) -> Iterator[str]:
    """How each ambiguous numeric date was read, with the day or the month first."""
    key = "read-day-first" if query.day_first else "read-month-first"
    said = " ".join(hint.words for hint in query.parsed.hints if hint.kind is HintKind.DATES)
    days = ambiguous_days(said, query.asked_at, day_first=query.day_first)
    for written, day in dict.fromkeys(days):
        yield messages(key, written=written, date=messages.date(day))


def _short(title: str) -> str:
    return title if len(title) <= TITLE_SHOWN else f"{title[: TITLE_SHOWN - 1]}…"


def _period_words(hint: Hint, query: Query, messages: Messages) -> str:
    first = query.local_time(hint.since) if hint.since else None
    last = query.local_time(hint.until - timedelta(seconds=1)) if hint.until else None
    if first and last:
        return messages("read-dates", dates=messages.days(first, last))
    if first:
        return messages("filter-since", date=messages.date(first))
    return messages("filter-until", date=messages.date(last))


def searched_words(
    searched: Searched, query: Query, messages: Messages = _ENGLISH, names: Mapping[str, str] | None = None
) -> str:
    """What was searched, and, if dates or sources were filters, a hint to try without them."""
    key = "searched"
    values: dict[str, object] = {"articles": messages("count-articles", count=searched.articles)}
    if query.filtered:
        key += "-within"
        filters = narrowing_words(query, messages, names)
        values |= {"within": searched.within_filters, "filters": filters}
    if searched.newest:
        key += "-newest"
        values |= {"date": messages.date(searched.newest)}
    dated = bool(query.since or query.until)
    way_on = {(True, True): "try-both", (True, False): "try-dates", (False, True): "try-sources"}.get(
        (dated, bool(query.sources))
    )
    return f"{messages(key, **values)} {messages(way_on)}" if way_on else messages(key, **values)


def missing_words(missing: Sequence[Missing], messages: Messages = _ENGLISH) -> str:
    """The times and names that none of the closest passages has, at most MISSING_SHOWN of each; empty if
    nothing is missing."""
    times = [_short(one.words) for one in missing if one.kind in TIME_ANCHORS]
    time = messages.either(times[:MISSING_SHOWN])
    names = [_short(one.words) for one in missing if one.kind not in TIME_ANCHORS]
    name = messages.either(names[:MISSING_SHOWN])
    if time and name:
        return messages("missing-time-name", time=time, name=name)
    if time:
        return messages("missing-time", time=time)
    return messages("missing-name", name=name) if name else ""


def why_words(quote: Quote, query: Query, messages: Messages = _ENGLISH) -> str:
    """Why a quote was found: the question's words that are in it or in its title, and how near it is in
    meaning."""
    analyzer = Analyzer()
    there = {*analyzer.terms(quote.text), *analyzer.terms(quote.citation.title)}
    words = dict.fromkeys(
        word for word in content_words(query.wording) if there.intersection(analyzer.terms(word))
    )
    near = quote.features.meaning
    if near is None:
        meaning = messages("why-no-meaning")
    else:
        meaning = messages("why-strong" if near >= STRONG else "why-fair" if near >= FAIR else "why-weak")
    if not words:
        return messages("why-wordless", meaning=meaning)
    return messages("why", words=", ".join(words), meaning=meaning)
