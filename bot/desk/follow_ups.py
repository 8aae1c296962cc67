"""Asks a question that may refer to the one before it."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from bot.answers.answer import Answer, NoAnswer, Quote
from bot.chat.answer_record import Carried, Key, key_of
from bot.desk.desk import Desk
from bot.desk.listings import listing_request
from corpus.lazy_pattern import lazy_pattern
from retrieval.question.anchors import LONGEST_NAME, AnchorKind, anchors_of
from retrieval.question.context import WORD, Dependence, dependence, says_something
from retrieval.question.followups.followup import asked_words, follow_up
from retrieval.question.followups.narrowing import changed_list
from retrieval.question.followups.previous_question import PreviousQuestion
from retrieval.question.hint import HintKind
from retrieval.question.pronouns import plain_word
from retrieval.question.query import Query
from retrieval.ranking.diversity import PAGE
from retrieval.text.analyzer import STOP_WORDS
from retrieval.text.proper_names import TITLES, runs
from retrieval.text.scripts import EAST

LEAST_LEAD = 0.1
"""By how much the confidence of a question's own words must exceed that with added words, which naturally
match what was just found."""
_NAME_GOES_ON = lazy_pattern(r" [A-Z]")
_WHO = lazy_pattern(r"\W*(?:(?:and|so|but)\s+)?who(?!se)\b", re.IGNORECASE)
_ASKING = frozenset("who whom whose what when where which why how many much more most".split())
"""The stop words that tell two questions about the same thing apart."""
TOLD = 20
"""The most passages of a conversation that are remembered as shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What an answer showed: the texts of its articles, the passages whose whole words were told, and its
    first quote, None if its article has changed since."""

    texts: tuple[str, ...]
    told: tuple[Key, ...]
    first: Quote | None


def previous_question(query: Query, shown: Shown | None, carried: Carried) -> PreviousQuestion:
    """The context for the next question, after a query with its answer; None if it was refused."""
    person = person_told(query.reader_text, shown.first) if shown else ""
    return PreviousQuestion(
        query.corrected,
        shown=shown.texts if shown else (),
        phrases=tuple(hint.words for hint in query.parsed.hints),
        answered=shown is not None,
        told=(*carried.told, *shown.told)[-TOLD:] if shown else carried.told,
        own=query.reading,
        person=person or carried.into(query).person,
    )


def previous_of(result: Answer | NoAnswer, before: PreviousQuestion | None = None) -> PreviousQuestion:
    """The context for the next question, after a result that was just shown; its question may have followed
    the one `before`."""
    shown = None
    if isinstance(result, Answer):
        texts = tuple(quote.article.text for quote in result.quotes)
        shown = Shown(texts, tuple(map(key_of, result.quotes[:1])), next(iter(result.quotes), None))
    return previous_question(result.query, shown, carried_from(before))


def carried_from(before: PreviousQuestion | None) -> Carried:
    """What a question takes along from the one before it."""
    return Carried(before.told, before.person) if before else Carried()


def previous_list(subject: str, request: str = "", first: Quote | None = None) -> PreviousQuestion | None:
    """The context for the next question, after the list of articles that a request asked for, with a quote of
    the first of them, or after one article with this title."""
    author = first.citation.author if first else ""
    return PreviousQuestion(subject, listed=request, author=author or "") if subject or request else None


def list_after(desk: Desk, query: Query, before: PreviousQuestion | None) -> Query:
    """The query with the request for a list that it makes of the one before it; unchanged if it makes none.
    Raises UnknownName."""
    if not (before and before.listed):
        return query
    asked = changed_list(
        asked_words(query.text),
        before.listed,
        lambda text: listing_request(desk, query.reworded(text)),
        before.author,
    )
    return query.reworded(asked) if asked else query


def person_told(question: str, first: Quote | None) -> str:
    """The name, without titles, that the first quote shows as the answer to a question who somebody is; empty
    if it shows none, or only a part of it."""
    if not (first and first.answer and _WHO.match(question)):
        return ""
    start, end = first.answer
    told, rest = first.article.text[start:end], first.article.text[end:]
    names = list(runs(told))
    if len(names) != 1 or names[0].end() < len(told) or _NAME_GOES_ON.match(rest):
        return ""
    # "The president of Japan" is a place's president, not called Japan.
    if any(word.strip(".,").lower() not in TITLES for word in told[: names[0].start()].split()):
        return ""
    words = names[0][0].split()
    while words and words[0].lower().rstrip(".") in TITLES:
        del words[0]
    return " ".join(words) if 0 < len(words) <= LONGEST_NAME else ""


def continues_refused(question: str, refused: Query) -> bool:
    """Whether a question goes on from one that was refused, and not from the last one that was answered: it
    can't be searched by itself, and the refused one named whom or what it is about. If that had the name from
    an earlier question, only one that says nothing by itself goes on from it ("by whom?")."""
    named = any(one.kind is AnchorKind.NAME for one in anchors_of(refused))
    leans = not refused.reading or not says_something(question)
    return named and leans and dependence(asked_words(question)) is Dependence.CERTAIN


def unchanged(query: Query) -> Query:
    """The query itself, without filters of the one before."""
    return query


def ask_following(
    desk: Desk,
    query: Query,
    before: PreviousQuestion | None,
    limit: int = PAGE,
    collections: tuple[str, ...] | None = None,
    *,
    narrowed: Callable[[Query], Query] = unchanged,
) -> Answer | NoAnswer:
    """The answer to a question with words of the one before it, or to its own words alone.

    The text of the answer's query is the question's own unless words were added. `limit` and `collections`
    are as in `Desk.ask`; `narrowed` gives a query with added words the filters of the one before. Raises the
    errors of `Desk.ask`.
    """
    if before is None:
        return desk.ask(query, limit, collections)
    result = _asked(desk, query, before, limit, collections, narrowed)
    # Who asks the same again wants the best answer again.
    if isinstance(result, NoAnswer) or _asks_again(query.text, before.question):
        return result
    return _fresh_first(result, before.told)


def _asks_again(question: str, earlier: str) -> bool:
    """Whether a question asks nothing that the one before did not ask: “Why?” after “Why was Lee fined?”, but
    not after “When was Lee fined?”."""
    return _telling_words(asked_words(question)) <= _telling_words(earlier)


def _telling_words(text: str) -> frozenset[str]:
    """The words, in lower case, that tell what a question asks."""
    words = map(plain_word, WORD.findall(text))
    return frozenset(word for word in words if word in _ASKING or word not in STOP_WORDS)


def _fresh_first(answer: Answer, told: Collection[Key]) -> Answer:
    """The answer with a passage first that was not shown yet, if the reader rates one of the same article as
    an answer too. Other articles are not moved: fewer of those put first answered."""
    page = answer.quotes[:PAGE]
    reading = page[0].features.reading if page and key_of(page[0]) in told else None
    if reading is None:
        return answer
    fresh = [
        (other, quote)
        for quote in page
        if key_of(quote)[:2] == key_of(page[0])[:2] and key_of(quote) not in told
        if (other := quote.features.reading) is not None and other >= max(reading, 0)
    ]
    if not fresh:
        return answer
    _, best = max(fresh, key=lambda one: one[0])
    return replace(answer, quotes=(best, *(quote for quote in answer.quotes if quote is not best)))


def _asked(
    desk: Desk,
    query: Query,
    before: PreviousQuestion,
    limit: int,
    collections: tuple[str, ...] | None,
    narrowed: Callable[[Query], Query],
) -> Answer | NoAnswer:
    names = query.collections if collections is None else collections

    def outlets(text: str) -> list[tuple[int, int]]:
        known = (held.names.mentions(text) for held in desk.held(names))
        said = {(one.start, one.end) for found in known for one in found if one.kind is HintKind.SOURCE}
        return sorted(said)

    following = follow_up(
        query.text,
        before,
        lambda text: desk.written(text, names),
        query.asked_at,
        outlets,
        lambda text: listing_request(desk, replace(query.reworded(text), collections=names)),
    )
    if following.text == query.text:
        return desk.ask(query, limit, collections)
    # "When was that?" tells a reader nothing of what it was.
    reading = following.asked if says_something(query.text) else ""
    combined = narrowed(query.reworded(following.text, reading))
    there = tuple(name for name in combined.collections if name in names)
    carried = desk.ask(combined, limit, there or names)
    if following.dependence is Dependence.CERTAIN:
        return carried
    own = desk.ask(query, limit, collections)
    if not isinstance(carried, Answer):
        return own
    if not isinstance(own, Answer):
        return carried
    ahead = own.confidence >= carried.confidence + LEAST_LEAD
    return own if ahead or (EAST.search(query.text) and _from_same(own, carried)) else carried


def _from_same(own: Answer, carried: Answer) -> bool:
    """Whether a question's own words find the same article, so that the added ones are not needed. It counts
    for Korean and Japanese only, whose questions name their subject where English ones have a pronoun, and
    whose confidence, without a model, is near 1 for either."""
    firsts = (result.quotes[0].article.id for result in (own, carried) if result.quotes)
    return len(set(firsts)) == 1
