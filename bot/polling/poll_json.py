"""A round of polling as JSON (`docs/json.md`)."""

from bot.corpus_admin.corpus_json import Row, report_row
from bot.polling.poll_report import PollReport
from corpus.dates import format_moment


def poll_row(report: PollReport) -> Row:
    """The report of a round."""
    new, changed, removed = report.counts()
    return {
        "sources": report.sources,
        "asked": report.asked,
        "changed": [source.location for source in report.changed],
        "failures": [
            {
                "collection": one.source.collection,
                "location": one.source.location,
                "reason": one.reason,
                "failures": one.count,
                "since": format_moment(one.since) if one.since else None,
            }
            for one in report.failures
        ],
        "moved": [{"location": source.location, "to": there} for source, there in report.moved],
        "refused": [
            {"collection": source.collection, "location": source.location, "reason": reason}
            for source, reason in report.refused.items()
        ],
        "articles": {"new": new, "changed": changed, "removed": removed},
        "embedded": report.embedded,
        "seconds": round(report.seconds, 2),
        "reloads": [report_row(one) for one in report.reloads],
    }
