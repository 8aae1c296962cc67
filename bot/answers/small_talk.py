"""One-line replies to messages that are not about the news, most with examples of what can be asked."""

from collections.abc import Sequence

from bot.messages.catalogue import Messages
from retrieval.collection.source_counts import SourceCount
from retrieval.question.remarks.remark import Remark

SOURCES_NAMED = 3
"""The most sources that are named; the others are counted."""
NAME_SHOWN = 40
"""The most characters of a source's name: a source with a longer one is only counted."""


def small_talk(
    remark: Remark, sources: Sequence[SourceCount], messages: Messages, *, keep_days: int = 0
) -> str:
    """One line in reply. `sources` are those that are searched for this person, and `keep_days` is for how
    many days questions are stored, 0 where they are not."""
    if remark is Remark.PRIVACY:
        return messages("talk-privacy", days=keep_days) if keep_days else messages("talk-privacy-unstored")
    articles = sum(source.articles for source in sources)
    names = [source.name for source in sources if len(source.name) <= NAME_SHOWN][:SOURCES_NAMED]
    if not articles or not names:
        none = messages("latest-none")
        return none if remark is Remark.COUNT else messages(f"talk-{remark}", here=none)
    more = len(sources) - len(names)
    listed = ", ".join(names)
    by = messages("talk-sources", names=listed, count=more) if more else listed
    counted = messages("count-articles", count=articles)
    if remark is Remark.COUNT:
        newest = max((source.newest for source in sources if source.newest), default=None)
        if newest is None:
            return messages("talk-count-undated", articles=counted, sources=by)
        return messages("talk-count", articles=counted, date=messages.date(newest), sources=by)
    return messages(f"talk-{remark}", here=messages("talk-here", articles=counted, sources=by))
