"""Builds a query from a person's question."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.answers.ambiguous_name import MEANT, in_full
from bot.chat.answer_record import AnswerRecord
from bot.chat.period import read_period
from bot.chat.question_request import QuestionRequest
from bot.chat.refusal import Refusal
from bot.chat.venue import Person
from retrieval.dates.figures import puts_day_first
from retrieval.dates.zone import zone_of
from retrieval.question.query import Query, clean_question, make_query

CHECKED = 1000
"""The most characters of another person's message that are looked up; a longer one is about more than one
thing."""


def searchable_text(asking: QuestionRequest) -> str:
    """The text of a question, or of another person's message, that is searched. Raises Refusal if it has no
    words, and WrongCall if it can't be searched."""
    if asking.checked and not any(c.isalnum() for c in asking.text):
        raise Refusal("check-wordless")
    return clean_question(asking.text[:CHECKED] if asking.checked else asking.text)


def question_query(
    asking: QuestionRequest, text: str, allowed: tuple[str, ...], chosen: Sequence[str]
) -> Query:
    """The query for `text` with the filters of a question, in the `allowed` collections and in the sources
    that the community has `chosen` (all if there are none).

    Raises Refusal if the question names a collection or source outside these, or dates that can't be parsed.
    """
    for name in asking.collections:
        if name not in allowed:
            raise Refusal("unknown-collection", name=name, near=", ".join(allowed))
    known = {name.casefold() for name in chosen}
    for name in asking.sources:
        if known and name.casefold() not in known:
            raise Refusal("unknown-source", name=name, near=", ".join(sorted(chosen)[:5]))
    now = datetime.now(UTC)
    since, until = _moment(asking.since, now, 0, asking.person), _moment(asking.until, now, 1, asking.person)
    if since and until and since >= until:
        raise Refusal("dates-swapped")
    return make_query(
        text,
        asking.collections or allowed,
        asked_at=now,
        since=since,
        until=until,
        sources=frozenset(asking.sources or chosen),
        as_asked=asking.checked,  # a message is checked against all articles
        zone=asking.person.zone,
        day_first=puts_day_first(asking.person.locale),
    )


def _moment(text: str, now: datetime, end: int, person: Person) -> datetime | None:
    if not text.strip():
        return None
    try:
        day_first = puts_day_first(person.locale)
        return read_period(text, now, zone_of(person.zone), day_first=day_first)[end]
    except ValueError as error:
        raise Refusal("bad-date", text=text[:60]) from error


def narrowed_as(query: Query, earlier: Query) -> Query:
    """The query with the filters of an earlier one, and in its collections if any of them still exists."""
    there = tuple(name for name in earlier.collections if name in query.collections)
    return replace(
        query,
        since=earlier.since,
        until=earlier.until,
        sources=earlier.sources,
        # The dates of the filters are days of that zone.
        zone=earlier.zone if earlier.since or earlier.until else query.zone,
        collections=there or query.collections,
    )


def widened(record: AnswerRecord, name: str, chosen: Sequence[str]) -> tuple[Query, frozenset[str]]:
    """The query of an answer without one filter, and the sources that it still names.

    `name` is the filter: `since`, `until` or `sources`; `read` for everything that was read from the question
    or added from the one before; or `filters` for all of these. With MEANT before it, `name` is a person's
    full name, which replaces the family name in the question. `chosen` are the sources that the community
    restricted its searches to.
    """
    query, sources = record.query, record.sources
    if name.startswith(MEANT):
        person = name.removeprefix(MEANT)
        text, reading = in_full(query.text, person), in_full(query.reading, person)
        query = query.reworded(text, reading)
    if name in ("since", "filters"):
        query = replace(query, since=None)
    if name in ("until", "filters"):
        query = replace(query, until=None)
    if name in ("sources", "filters"):
        query, sources = replace(query, sources=frozenset(map(str.casefold, chosen))), frozenset()
    if name in ("read", "filters"):
        text = query.text if record.checked else clean_question(record.asked)
        query = query.unparsed(text)
    return replace(query, asked_at=datetime.now(UTC)), sources
