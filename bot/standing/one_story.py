"""Filters out reports of an event that was already posted."""

from collections.abc import Iterable, Sequence

from bot.chat.standing_question import Found, StandingKind, StandingQuestion
from bot.desk import browse
from bot.desk.desk import Desk
from bot.standing.matching import Match
from corpus.article import ArticleKey

ARTICLES_COMPARED = 20
"""How many of the last articles found for a standing question are compared with new ones: more than those of
a day and a half, within which reports count as of one event (`retrieval.stories.events`)."""


def without_told_events(
    standing: StandingQuestion, desk: Desk, matches: Sequence[Match], told: Iterable[ArticleKey]
) -> tuple[list[Match], list[Found]]:
    """One match for each event that none of the `told` articles (by collection and id) is about, and the
    articles of the other matches, which count as posted.

    Two reports by the same outlet are never joined. A followed story or source is not filtered.
    """
    if standing.kind is not StandingKind.QUESTION or not matches:
        return list(matches), []
    articles = (desk.article(*key) for key in told)
    before = [browse.opening(desk, article) for article in articles if article]
    events = desk.by_event([*before, *(match.quotes[0] for match in matches)])
    first = {quote.article.key for quote in events}
    kept = [match for match in matches if match.quotes[0].article.key in first]
    return kept, [match.found for match in matches if match not in kept]
