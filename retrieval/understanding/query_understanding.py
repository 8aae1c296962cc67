"""A query as it was understood: with what its words say, where the corpus bears it out."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.collection.collection import Searchable
from retrieval.dates.mentioned_dates import RECENT
from retrieval.dates.newest_topic import topic_of
from retrieval.dates.zone import zone_of
from retrieval.question.courtesies import bare_question
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.query import Query
from retrieval.question.question_parser import read_question
from retrieval.understanding.bridged_names import bridged_names
from retrieval.understanding.reported_topic import reported_topic
from retrieval.understanding.spelling import has_unknown, misspelt, with_capitals

_TIMES = (HintKind.DATES, HintKind.NOW)
_SUREST = (HintKind.SOURCE, HintKind.AUTHOR, HintKind.DATES)
"""The kinds that filter; where all of them together leave no article, the last ones are let go first."""


def understand(query: Query, collections: Sequence[Searchable], is_word: Callable[[str], bool]) -> Query:
    """The query with the words that ask, its names written as articles write them, its hints and parts; left
    alone where it was read or is taken as asked.

    Of the hints for FILTER those that leave no article, or contradict what the person set, are for BOOST.
    `is_word` says what is a word, whether the corpus has it or not (`retrieval.understanding.spelling`).
    """
    if query.as_asked or query.hints or query.parts or query.bare:
        return query
    asked = bare_question(query.text)
    names = (collection.names for collection in collections)
    zone = zone_of(query.zone)
    reading = read_question(asked, query.asked_at, names, zone, day_first=query.day_first)
    reported = "" if query.reading else reported_topic(asked, reading.hints)
    if reported:
        reading = replace(reading, hints=tuple(map(_filtering, reading.hints)))
    kept = replace(
        query,
        hints=tuple(replace(hint, use=HintUse.BOOST) for hint in reading.hints),
        parts=reading.parts,
    )
    for kind in _SUREST:
        hints = tuple(
            read if read.kind is kind and _agrees(read, query) else hint
            for hint, read in zip(kept.hints, reading.hints, strict=True)
        )
        if hints != kept.hints and _leaves_any(replace(kept, hints=hints), collections):
            kept = replace(kept, hints=hints)
    told = zip(kept.hints, reading.hints, strict=True)
    checked = (_checked(hint, kept, collections, filtering=read.filters) for hint, read in told)
    kept = replace(kept, hints=tuple(checked))
    slips = (*misspelt(asked, collections, is_word), *bridged_names(asked, query, collections))
    meant = {slip.words for slip in slips}
    if any(hint.kind is HintKind.DATES and not hint.filters for hint in kept.hints):
        reported = ""  # a time that no article is from may be in their words
    topic = topic_of(asked)
    words = topic or reported or asked
    written = with_capitals(words, collections, lambda word: word in meant or is_word(word))
    bare = written if written != query.text else ""
    hints = (*kept.hints, *slips)
    return replace(kept, bare=bare, newest=bool(topic), topical=bool(reported), hints=hints)


def _filtering(hint: Hint) -> Hint:
    """Where a topic is all that is asked about, its outlet and its time are the articles'."""
    return replace(hint, use=HintUse.FILTER) if hint.kind in (HintKind.SOURCE, HintKind.DATES) else hint


def is_settled(
    query: Query, understood: Query, collections: Sequence[Searchable], is_word: Callable[[str], bool]
) -> bool:
    """Whether a query is understood so for the rest of its day whatever articles come, but where one brings a
    source or an author that it names: nothing in it hangs on which words and dates articles have."""
    return (
        all(hint.kind in (HintKind.NOW, HintKind.TITLE) and not hint.since for hint in understood.hints)
        and not query.text.islower()
        and not has_unknown(bare_question(query.text), collections, is_word)
    )


def _agrees(hint: Hint, query: Query) -> bool:
    """Whether it is within the sources that the person set; dates are compared with the articles'."""
    return hint.kind is not HintKind.SOURCE or not query.sources or hint.name.casefold() in query.sources


def _checked(hint: Hint, query: Query, collections: Sequence[Searchable], *, filtering: bool) -> Hint:
    """The hint with whether no article is from its time, where somebody would wonder: it was read as
    `filtering` and is not, or is of a recent time. Of what happened long ago, later articles tell too."""
    recent = hint.since is not None and query.asked_at - hint.since <= RECENT
    if hint.kind not in _TIMES or hint.filters or not (filtering or recent):
        return hint
    alone = replace(hint, kind=HintKind.DATES, use=HintUse.FILTER)
    others = tuple(one for one in query.hints if one.filters and one.kind is not HintKind.DATES)
    return replace(hint, empty=not _leaves_any(replace(query, hints=(*others, alone)), collections))


def _leaves_any(query: Query, collections: Sequence[Searchable]) -> bool:
    return any(collection.count(query) for collection in collections)
