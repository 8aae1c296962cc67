"""Answers and reports as rows of JSON: the contract that programs build on (`docs/json.md`)."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from bot.answers.answer import Answer, NoAnswer, Quote, quotes_of
from bot.chat.audit_entry import AuditEntry
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import ReloadReport
from corpus.dates import format_moment
from corpus.storage.store import Event
from retrieval.question.hint import Hint
from retrieval.question.query import Query

Row = dict[str, object]

FEATURE_KEYS = {"maxsim": "late"}
"""What the contract calls a feature, where the program calls it something else."""


def to_json(row: object) -> str:
    """One line. What can't be printed is escaped, so that it steers no terminal and is whole again when it
    is parsed."""
    line = json.dumps(row, ensure_ascii=False)
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)


def answer_row(result: Answer | NoAnswer, question_id: str | None = None) -> Row:
    """One answer. With `answered` false, `passages` are the nearest and no more than that."""
    quotes = quotes_of(result)
    row: Row = {} if question_id is None else {"id": question_id}
    return row | {
        "question": result.query.text,
        "answered": isinstance(result, Answer),
        "confidence": round(result.confidence, 4),
        "filters": filters_row(result.query),
        "passages": [quote_row(quote) for quote in quotes if quote.verbatim],
        "searched": {
            "articles": result.searched.articles,
            "within_filters": result.searched.within_filters,
            "newest": format_moment(result.searched.newest) if result.searched.newest else None,
        },
        "snapshot": ",".join(result.searched.generations),
    }


def failed_row(question: str, question_id: str, reason: str) -> Row:
    """A question that could not be asked, in the place of its answer."""
    return {
        "id": question_id,
        "question": question,
        "answered": False,
        "confidence": 0.0,
        "filters": {},
        "passages": [],
        "snapshot": "",
        "error": reason,
    }


def filters_row(query: Query) -> Row:
    """What narrows the search; `until` is the first moment that is not searched any more."""
    row: Row = {"collections": list(query.collections)}
    if query.since:
        row["since"] = format_moment(query.since)
    if query.until:
        row["until"] = format_moment(query.until)
    if query.sources:
        row["sources"] = sorted(query.sources)
    if query.hints:
        row["read"] = [_hint_row(hint) for hint in query.hints]
    if query.parts:
        row["parts"] = list(query.parts)
    return row


def _hint_row(hint: Hint) -> Row:
    return {
        "kind": hint.kind.value,
        "words": hint.words,
        "firm": hint.filters,
        "since": format_moment(hint.since) if hint.since else None,
        "until": format_moment(hint.until) if hint.until else None,
        "name": hint.name,
    }


def quote_row(quote: Quote) -> Row:
    """One quote: `start` and `end` are characters of the article's text as it is kept."""
    citation = quote.citation
    features: Mapping[str, float | None] = asdict(quote.features)
    return {
        "article_id": citation.article_id,
        "collection": citation.collection,
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "highlights": [quote.article.text[start:end] for start, end in quote.highlights],
        "title": citation.title,
        "source": citation.source,
        "author": citation.author,
        "published": format_moment(citation.published) if citation.published else None,
        "url": citation.url,
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


def report_row(report: ReloadReport) -> Row:
    """A reload's outcome, collection by collection."""
    return {
        "dry_run": report.dry_run,
        "seconds": round(report.seconds, 2),
        "embedded": report.embedded,
        "collections": {
            plan.collection: {
                "new": list(plan.new),
                "changed": list(plan.changed),
                "removed": list(plan.removed),
                "unchanged": len(plan.unchanged),
                "withdrawn": list(plan.withdrawn),
                "generation": report.generations.get(plan.collection),
            }
            for plan in report.plans
        },
        "problems": [
            {"where": p.where, "line": p.line, "reason": p.reason, "refused": p.refused, "count": p.count}
            for p in report.problems
        ],
    }


def status_row(home: Home) -> Row:
    """What a home serves and from where, what can be gone back to, and what was taken out by hand."""
    withdrawn = home.withdrawn.all()
    with home.store() as store:
        return {
            "home": str(home.root),
            "collections": {
                name: _collection_row(home, name, withdrawn.get(name, frozenset()))
                for name in home.collections()
            },
            "sources": [
                {"collection": source.collection, "location": source.location} for source in store.sources()
            ],
        }


def _collection_row(home: Home, name: str, withdrawn: frozenset[str]) -> Row:
    generation_store = home.generation_store(name)
    articles = [article for article in generation_store.served_articles() if article.id not in withdrawn]
    newest = max((article.published for article in articles if article.published), default=None)
    return {
        "articles": len(articles),
        "sources": sorted({article.source for article in articles}),
        "newest": format_moment(newest) if newest else None,
        "withdrawn": sorted(withdrawn),
        "current": generation_store.pointer(),
        "generations": [
            {
                "generation": known.generation,
                "created": known.created,
                "articles": known.articles,
                "passages": known.passages,
                "chunks": known.chunks,
                "model": known.model,
            }
            for known in generation_store.generations()
        ],
    }


def act_row(entry: AuditEntry) -> Row:
    """One administrative act of the audit log."""
    return {
        "at": format_moment(entry.at),
        "person": entry.person,
        "name": entry.name,
        "act": entry.act,
        "detail": dict(entry.detail),
        "result": entry.result,
    }


def event_row(event: Event) -> Row:
    """One act of a home's history."""
    return {
        "at": format_moment(event.at),
        "act": event.act,
        "collection": event.collection,
        "generation": event.generation,
        "detail": dict(event.detail),
    }
