"""Reloads, status and history as JSON (`docs/json.md`)."""

from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import ReloadReport
from corpus.dates import format_moment
from corpus.polling.schedule import is_resting
from corpus.problem import SourceLocation, grouped
from corpus.storage.source_states import NEVER_ASKED, ProblemCount, SourceState, SourceStates
from corpus.storage.store_records import Event

Row = dict[str, object]


def report_row(report: ReloadReport) -> Row:
    """The report of a reload."""
    return {
        "dry_run": report.dry_run,
        "seconds": round(report.seconds, 2),
        "embedded": report.embedded,
        "objections": list(report.objections),
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
        "problem_kinds": [
            {
                "reason": group.first.reason,
                "refused": group.first.refused,
                "count": group.count,
                "places": [str(SourceLocation(group.first.where, group.first.line)), *group.others],
            }
            for group in grouped(report.problems)
        ],
    }


def status_row(home: Home) -> Row:
    """What a home serves, its sources, the generations for rollback, and the withdrawn articles."""
    withdrawn = home.withdrawn.all()
    with home.store() as store:
        known = SourceStates(store)
        states, problems = known.all(), known.problems()
        return {
            "home": str(home.root),
            "database": _database_row(home),
            "collections": {
                name: _collection_row(home, name, withdrawn.get(name, frozenset()))
                for name in home.collections()
            },
            "sources": [
                {
                    "collection": one.collection,
                    "location": one.location,
                    "options": dict(one.options),
                    "polling": _polling_row(states.get(one, NEVER_ASKED)),
                    "problems": _problems_row(count),
                }
                for one, count in problems.items()
            ],
        }


def _database_row(home: Home) -> Row | None:
    """The database of a corpus that several processes share; None for a home in a folder."""
    shared = home.shared()
    if shared is None:
        return None
    by = shared.changed_by
    return {
        "name": shared.name,
        "served": dict(shared.served),
        "changed_by": by and {"process": by.name, "since": format_moment(by.since)},
    }


def _polling_row(state: SourceState) -> Row:
    """The polling state of a source."""
    return {
        "succeeded": format_moment(state.succeeded) if state.succeeded else None,
        "due": format_moment(state.due) if state.due else None,
        "failures": state.failures,
        "failing_since": format_moment(state.failing_since) if state.failing_since else None,
        "resting": is_resting(state),
        "error": state.error or None,
    }


def _problems_row(count: ProblemCount) -> Row:
    return {"refused": count.refused, "remarks": count.remarks}


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


def event_row(event: Event) -> Row:
    """One event of a home's history."""
    return {
        "at": format_moment(event.at),
        "act": event.act,
        "collection": event.collection,
        "generation": event.generation,
        "detail": dict(event.detail),
    }
