"""Answers as JSON objects, a public format that is described in `docs/json.md`."""

from collections.abc import Mapping
from dataclasses import asdict

from bot.answers.answer import Answer, Citation, NoAnswer, Quote, quotes_of
from corpus.article import ArticleHeading
from corpus.dates import format_moment
from retrieval.question.hint import Hint
from retrieval.question.query import Query

Row = dict[str, object]

FEATURE_KEYS = {"maxsim": "late"}
"""Names of features in the JSON, where they differ from the names in the code."""


def answer_row(result: Answer | NoAnswer, question_id: str | None = None) -> Row:
    """One answer. If `answered` is false, `passages` are only the nearest passages."""
    quotes = [quote for quote in quotes_of(result) if quote.verbatim]
    row: Row = {} if question_id is None else {"id": question_id}
    return row | {
        "question": result.query.text,
        "answered": isinstance(result, Answer),
        "confidence": round(result.confidence, 4),
        "filters": filters_row(result.query),
        "missing": [{"kind": one.kind.value, "words": one.words} for one in result.missing],
        "unanswered": list(result.unanswered) if isinstance(result, Answer) else [],
        "passages": [quote_row(quote) for quote in quotes],
        "searched": {
            "articles": result.searched.articles,
            "within_filters": result.searched.within_filters,
            "newest": format_moment(result.searched.newest) if result.searched.newest else None,
        },
        "snapshot": ",".join(result.searched.generations),
    }


def failed_row(question: str, question_id: str, reason: str) -> Row:
    """The row of a question that could not be asked, with the reason."""
    return {"id": question_id, **_nothing_found(question), "error": reason}


def reply_row(question: str, reply: str, question_id: str | None = None) -> Row:
    """The row of a message that was not a question about the news, with the bot's reply."""
    named: Row = {} if question_id is None else {"id": question_id}
    return {**named, **_nothing_found(question), "reply": reply}


def _nothing_found(question: str) -> Row:
    return {
        "question": question,
        "answered": False,
        "confidence": 0.0,
        "filters": {},
        "missing": [],
        "unanswered": [],
        "passages": [],
        "snapshot": "",
    }


def filters_row(query: Query) -> Row:
    """The filters of the search; `until` is exclusive."""
    row: Row = {"collections": list(query.collections)}
    if query.since:
        row["since"] = format_moment(query.since)
    if query.until:
        row["until"] = format_moment(query.until)
    if query.sources:
        row["sources"] = sorted(query.sources)
    if query.parsed.hints:
        row["read"] = [_hint_row(hint) for hint in query.parsed.hints]
    if query.parsed.parts:
        row["parts"] = list(query.parsed.parts)
    return row


def _hint_row(hint: Hint) -> Row:
    return {
        "kind": hint.kind.value,
        "words": hint.words,
        "firm": hint.filters,
        "left_out": hint.excludes,
        "since": format_moment(hint.since) if hint.since else None,
        "until": format_moment(hint.until) if hint.until else None,
        "name": hint.name,
    }


def metadata_row(article: Citation | ArticleHeading) -> Row:
    """The fields about an article that every row of one has."""
    return {
        "title": article.title,
        "source": article.source,
        "author": article.author,
        "published": format_moment(article.published) if article.published else None,
        "url": article.url,
    }


def quote_row(quote: Quote) -> Row:
    """One quote; `start` and `end` are character offsets in the stored text of the article."""
    citation = quote.citation
    features: Mapping[str, float | None] = asdict(quote.features)
    return {
        "article_id": citation.article_id,
        "collection": citation.collection,
        "version": quote.article.version(),
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "shown": quote.article.text[slice(*(quote.shown or (quote.start, quote.end)))],
        "answer": quote.article.text[slice(*quote.answer)] if quote.answer else None,
        "highlights": [quote.article.text[start:end] for start, end in quote.highlights],
        **metadata_row(citation),
        "link": citation.link,
        "score": round(quote.score, 4),
        "signals": {
            FEATURE_KEYS.get(name, name): value if value is None else round(value, 4)
            for name, value in features.items()
        },
        "also_in": [
            {"article_id": also.article_id, "title": also.title, "source": also.source, "link": also.link}
            for also in quote.also_in
        ],
    }
