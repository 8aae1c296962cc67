"""Finds the new articles that answer a standing question."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.answers.answer import Answer, Quote
from bot.chat.answer_record import AnswerRecord, encode, make_record
from bot.chat.standing_question import Found, StandingQuestion
from bot.desk.new_answers import NewAnswers
from bot.standing.new_articles import NewArticles
from corpus.article import ArticleKey
from retrieval.collection.collection import Selection
from retrieval.question.query import Query


@dataclass(frozen=True, slots=True)
class Match:
    """An article that was found for a standing question. `copies` are its near-duplicates, by collection and
    id, and `quotes` its quotes in the answer; a followed source has none."""

    found: Found
    copies: tuple[ArticleKey, ...] = ()
    quotes: tuple[Quote, ...] = ()


def split_matches(matches: Iterable[Match], known: Iterable[ArticleKey]) -> tuple[list[Match], list[Found]]:
    """The matches to post, and the articles that count as posted with them: near-duplicates of these or of
    `known` articles.

    A match that is itself known is posted again, since articles that still wait are found again.
    """
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
    """The new articles of the followed source in the collections `names`."""
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
    """The new articles in the desk's answer with at most `limit` quotes; empty if it has no answer.

    Raises UnknownName for a collection or a source that does not exist.
    """
    within = {name: one for name, one in selections.items() if name in query.collections}
    result = asker.ask(standing.id, query, limit, within) if within else None
    if not isinstance(result, Answer):
        return []
    record = make_record(result, standing.asking, private=standing.directly)
    shown = dict.fromkeys((one.collection, one.article_id) for one in record.kept)
    return [_match(record, result, key) for key in shown if key[1] in new.ids.get(key[0], ())]


def _match(record: AnswerRecord, answer: Answer, key: ArticleKey) -> Match:
    kept = tuple(one for one in record.kept if (one.collection, one.article_id) == key)
    copies = tuple(copy for one in kept for copy in one.copies if copy != key)
    body = encode(replace(record, kept=kept))
    quotes = tuple(one for one in answer.quotes if one.article.key == key)
    return Match(Found(*key, kept[0].version, record.query.asked_at, body), copies, quotes)
