"""One-line replies to messages that are not about the news, with examples of what can be asked."""

from collections.abc import Sequence

from bot.answers.wording import newest_words
from bot.messages.catalogue import Messages
from retrieval.collection.source_counts import SourceCount
from retrieval.question.remarks.remark import Remark

NAMED = 3
"""The most sources that are named; the others are counted."""
NAME_SHOWN = 40
"""The most characters of a source's name: a source with a longer one is only counted."""


def small_talk(remark: Remark, sources: Sequence[SourceCount], messages: Messages) -> str:
    """One line in reply. `sources` are those that are searched for this person."""
    articles = sum(source.articles for source in sources)
    dates = [source.newest for source in sources if source.newest]
    names = [source.name for source in sources if len(source.name) <= NAME_SHOWN][:NAMED]
    if not articles or not names:
        none = messages("latest-none")
        return none if remark is Remark.COUNT else messages(f"talk-{remark}", here=none)
    more = len(sources) - len(names)
    listed = ", ".join(names)
    by = messages("talk-sources", names=listed, count=more) if more else listed
    if remark is Remark.COUNT:
        counted = newest_words(articles, max(dates, default=None), messages)
        return messages("talk-count", articles=counted, sources=by)
    counted = messages("count-articles", count=articles)
    return messages(f"talk-{remark}", here=messages("talk-here", articles=counted, sources=by))
