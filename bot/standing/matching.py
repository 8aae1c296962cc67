"""Finds the new articles that answer a standing question."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.answers.answer import Answer, Quote
from bot.chat.answer_record import AnswerRecord, encode, make_record
from bot.chat.standing_question import Found, StandingQuestion
from bot.desk.new_answers import NewAnswers
from bot.standing.new_articles import NewArticles
from retrieval.collection.collection import Selection
from retrieval.question.query import Query


@dataclass(frozen=True, slots=True)
class Match:
    """An article that was found for a standing question, and the others, by collection and id, that have the
    same words: they are the same story. `quotes` are its own in the answer, none for a source."""

    found: Found
    copies: tuple[tuple[str, str], ...] = ()
    quotes: tuple[Quote, ...] = ()


def split_matches(
    matches: Iterable[Match], known: Iterable[tuple[str, str]]
) -> tuple[list[Match], list[Found]]:
    """The matches that are new, and what counts as told with them: near-duplicates of these or of the `known`
    ones. A match that is itself known is new again, since what still waits is found again."""
    told, new, same = set(known), list[Match](), list[Found]()
    for match in matches:
        key = (match.found.collection, match.found.article_id)
        if told.isdisjoint(match.copies) or key in told:
            new.append(match)
            same += [Found(*copy, "", match.found.at) for copy in match.copies]
        else:
            same.append(match.found)
        told |= {key, *match.copies}
    return new, same


def newly_by_source(
    standing: StandingQuestion, names: Sequence[str], new: NewArticles, now: datetime
) -> list[Match]:
    """The new articles of its source, in the collections of these names."""
    source, made = standing.source.casefold(), []
    for name in names:
        collection = new.collections[name]
        for article_id in sorted(new.ids.get(name, ())):
            article = collection.article(article_id)
            if article and article.source.casefold() == source:
                made.append(Match(Found(name, article_id, article.version(), now)))
    return made


def newly_answering(
    standing: StandingQuestion,
    query: Query,
    limit: int,
    new: NewArticles,
    selections: Mapping[str, Selection],
    asker: NewAnswers,
) -> list[Match]:
    """The new articles in what the desk answers with at most `limit` quotes; nothing if it has no answer.

    Raises UnknownName for a collection or a source that is not there.
    """
    within = {name: one for name, one in selections.items() if name in query.collections}
    result = asker.ask(standing.id, query, limit, within) if within else None
    if not isinstance(result, Answer):
        return []
    sources = frozenset(standing.asking.sources)
    record = make_record(
        result,
        standing.venue,
        standing.person,
        standing.text,
        private=standing.directly,
        sources=sources,
    )
    shown = dict.fromkeys((one.collection, one.article_id) for one in record.kept)
    return [_match(record, result, key) for key in shown if key[1] in new.ids.get(key[0], ())]


def _match(record: AnswerRecord, answer: Answer, key: tuple[str, str]) -> Match:
    kept = tuple(one for one in record.kept if (one.collection, one.article_id) == key)
    copies = tuple(copy for one in kept for copy in one.copies if copy != key)
    body = encode(replace(record, kept=kept))
    quotes = tuple(one for one in answer.quotes if (one.article.collection, one.article.id) == key)
    return Match(Found(*key, kept[0].version, record.query.asked_at, body), copies, quotes)
