"""Completing a parsed query with what depends on the corpus: which hints filter, spelling, and topics."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from retrieval.collection.collection import Searchable
from retrieval.dates.mentioned_dates import RECENT
from retrieval.dates.newest_topic import topic_of
from retrieval.dates.zone import zone_of
from retrieval.question.courtesies import bare_question
from retrieval.question.hint import TIME_HINTS, Hint, HintKind, HintUse
from retrieval.question.listing.left_out import left_out, may_leave_out
from retrieval.question.listing.listing_words import listing_words
from retrieval.question.names import Names
from retrieval.question.query import Query
from retrieval.question.question_parser import parse_question
from retrieval.text.addresses import addresses
from retrieval.understanding.abbreviations import abbreviations, absent_abbreviations
from retrieval.understanding.accents import accented_names
from retrieval.understanding.bilingual_names import bilingual_names
from retrieval.understanding.citations import without_citation
from retrieval.understanding.misspelt_names import has_unknown_name, misspelt_names
from retrieval.understanding.reported_topic import reported_topic
from retrieval.understanding.set_apart import has_set_apart, without_set_apart
from retrieval.understanding.spelling import has_unknown, misspelt, truecased, with_apostrophes

_SUREST = (HintKind.SOURCE, HintKind.AUTHOR, HintKind.DATES)
"""Kinds of hints that may filter. If together they leave no article, the later ones only boost."""


def understand(query: Query, collections: Sequence[Searchable], is_word: Callable[[str], bool]) -> Query:
    """Complete a query: the words that ask, with names as articles write them, its hints and its parts. A
    query that is already parsed, or is to be searched as asked, is returned unchanged.

    Hints for FILTER that leave no article, or contradict what the person set, become BOOST. `is_word` tells
    whether a word exists, even if the corpus does not have it (`retrieval.understanding.spelling`).
    """
    before = query.parsed
    if query.as_asked or before.hints or before.parts or before.bare:
        return query
    asked = _asked(query.text, collections, is_word)
    names = [collection.names for collection in collections]
    zone = zone_of(query.zone)
    asked, excluding = _without_left_out(asked, query, names)
    parsed = parse_question(asked, query.asked_at, names, zone, day_first=query.day_first)
    parsed = replace(parsed, hints=(*parsed.hints, *excluding))
    reported = "" if query.reading else reported_topic(asked, parsed.hints)
    if reported:
        parsed = replace(parsed, hints=tuple(map(_filtering, parsed.hints)))
    kept = replace(query, parsed=parsed).with_hints(map(_boosting, parsed.hints))
    for kind in _SUREST:
        hints = tuple(
            read if read.kind is kind and query.allows(read) else hint
            for hint, read in zip(kept.parsed.hints, parsed.hints, strict=True)
        )
        if hints != kept.parsed.hints and _leaves_any(kept.with_hints(hints), collections):
            kept = kept.with_hints(hints)
    told = zip(kept.parsed.hints, parsed.hints, strict=True)
    checked = (_checked(hint, kept, collections, filtering=read.filters) for hint, read in told)
    parsed = kept.with_hints(checked).parsed
    short = tuple(abbreviations(asked, query, collections))
    known = (*short, *misspelt_names(asked, collections), *accented_names(asked, collections, is_word))
    expanded = {one.words for one in known}
    slips = (
        *known,
        *(one for one in misspelt(asked, collections, is_word) if one.words not in expanded),
        *bilingual_names(asked, query, collections),
    )
    meant = {slip.words for slip in slips}
    if any(hint.kind is HintKind.DATES and hint.boosts for hint in parsed.hints):
        reported = ""  # a time from which there are no articles may be mentioned in articles
    topic = topic_of(asked)
    if not replace(query, parsed=parsed).asks_several_articles:
        asked = without_citation(asked, parsed.hints)
    words = topic or reported or asked
    written = truecased(words, collections, is_word, but=meant)
    bare = written if written != query.text else ""
    hints = (*parsed.hints, *slips, *_pages(query.text, collections))
    parsed = replace(parsed, hints=hints, bare=bare, newest=bool(topic), topical=bool(reported))
    return replace(query, parsed=parsed)


def _without_left_out(asked: str, query: Query, names: Sequence[Names]) -> tuple[str, tuple[Hint, ...]]:
    """The question without the words that leave articles out, and their hints."""
    if not may_leave_out(asked):
        return asked, ()
    words = listing_words(asked, query.asked_at, names, zone_of(query.zone), day_first=query.day_first)
    without = left_out(words, listing=False)
    return (without.rest, without.hints) if without else (asked, ())


def _boosting(hint: Hint) -> Hint:
    """Make a hint boost, unless it excludes: what is left out stays out, even if no article is left."""
    return hint if hint.excludes else replace(hint, use=HintUse.BOOST)


def _asked(text: str, collections: Sequence[Searchable], is_word: Callable[[str], bool]) -> str:
    """The words that ask, without what stands before or after them."""
    bare = bare_question(with_apostrophes(text))
    asked = without_set_apart(bare, collections, is_word)
    return bare if asked == bare else bare_question(asked)


def _pages(text: str, collections: Sequence[Searchable]) -> Iterator[Hint]:
    """A filter for each article whose address is in the question: it is asked about that article."""
    for address in addresses(text):
        found = (collection.at_address(address) for collection in collections)
        if article := next(filter(None, found), None):
            yield Hint(HintKind.ARTICLE, address, HintUse.FILTER, name=article.id)


def _filtering(hint: Hint) -> Hint:
    """Make source and date hints filter: if only a topic is asked about, they describe the articles."""
    described = hint.kind in (HintKind.SOURCE, HintKind.DATES) and not hint.excludes
    return replace(hint, use=HintUse.FILTER) if described else hint


def is_stable(
    query: Query, understood: Query, collections: Sequence[Searchable], is_word: Callable[[str], bool]
) -> bool:
    """Whether the understood query will stay the same for the rest of its day, whatever articles are added,
    unless they have a source or author that it names, or one of its names with other accents: nothing in it
    depends on the articles' words and dates."""
    return (
        all(one.kind in (HintKind.NOW, HintKind.TITLE) and not one.since for one in understood.parsed.hints)
        and not query.text.islower()
        and not has_set_apart(bare_question(query.text))
        and not has_unknown(bare_question(query.text), collections, is_word)
        and not has_unknown_name(bare_question(query.text), collections)
        and not any(absent_abbreviations(query.text, collections))
    )


def _checked(hint: Hint, query: Query, collections: Sequence[Searchable], *, filtering: bool) -> Hint:
    """Set `empty` if no article is from the hint's time, for hints where people would wonder: those that were
    parsed as `filtering` but no longer filter, and recent times. Later articles also report on the distant
    past."""
    recent = hint.since is not None and query.asked_at - hint.since <= RECENT
    if hint.kind not in TIME_HINTS or not hint.boosts or not (filtering or recent):
        return hint
    alone = replace(hint, kind=HintKind.DATES, use=HintUse.FILTER)
    others = tuple(one for one in query.parsed.hints if not one.boosts and one.kind is not HintKind.DATES)
    return replace(hint, empty=not _leaves_any(query.with_hints((*others, alone)), collections))


def _leaves_any(query: Query, collections: Sequence[Searchable]) -> bool:
    return any(collection.count(query) for collection in collections)
