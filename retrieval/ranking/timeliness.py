"""Features of an article's date, source and title, apart from the words of its text."""

import math
from collections.abc import Callable, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from retrieval.dates.date_filter import Publications, within
from retrieval.dates.mentioned_dates import RECENT
from retrieval.dates.zone import SECONDS_A_DAY, zone_of
from retrieval.holders.asked_role import asks_holder_now
from retrieval.question.hint import TIME_HINTS, Hint, HintKind
from retrieval.question.query import Query

FRESH_DAYS = 7
"""Days in which an article's freshness falls by a factor of e: of RealTimeQA's 258 questions, 246 have their
article in the seven days before."""
OLDEST_DAYS = 30 * 365
"""Age in days from which all articles count as equally old: about as long as newspapers have been on the
web."""
AHEAD_DAYS = 1
"""Days that an article may be dated after the question: one of tomorrow in another time zone is new."""
TIMELINESS = (
    "fresh",  # 1 for an article published now, falling by a factor of e every FRESH_DAYS
    "dated",  # whether it was published at the time that the question is about
    "source",  # whether it is from a source that the question names
    "titled",  # whether its title has what the question has in quotation marks
)


def asks_about_now(query: Query) -> bool:
    """Whether the question asks how something is at this moment ("the latest"), or who holds an office."""
    if query.as_asked:
        return False
    said = any(hint.kind is HintKind.NOW and not hint.since for hint in query.parsed.hints)
    return said or asks_holder_now(query.wording)


def timely(articles: Sequence[Article], published: NDArray[np.float64], query: Query) -> NDArray[np.float32]:
    """A row of TIMELINESS for each article; `published` are their dates in seconds, NaN without one."""
    dates = [article.published for article in articles]
    columns = (
        freshness(published, query.asked_at),
        _any(query, TIME_HINTS, lambda hint: _within(dates, hint, query), len(articles)),
        _any(query, (HintKind.SOURCE,), lambda hint: _of_source(articles, hint), len(articles)),
        _any(query, (HintKind.TITLE,), lambda hint: _titled(articles, hint), len(articles)),
    )
    return np.stack(columns, axis=1).astype(np.float32)


def freshness(published: NDArray[np.float64], asked_at: datetime) -> NDArray[np.float64]:
    """1 for what was published at that moment, falling with age; 0 without a date, or if it is dated more
    than AHEAD_DAYS after the question. `published` is in seconds."""
    days = (asked_at.timestamp() - published) / SECONDS_A_DAY
    fresh = np.exp(-np.maximum(days, 0) / FRESH_DAYS)
    return np.asarray(np.where(np.isnan(days) | (days < -AHEAD_DAYS), 0, fresh), np.float64)


def newness(published: NDArray[np.float64], asked_at: datetime) -> NDArray[np.float64]:
    """1 for what was published at that moment, falling with the logarithm of the age, so that a year counts
    among old articles as much as a day among new ones; 0 from OLDEST_DAYS on, without a date, or if it is
    dated more than AHEAD_DAYS after the question. `published` is in seconds."""
    days = (asked_at.timestamp() - published) / SECONDS_A_DAY
    new = 1 - np.log1p(np.maximum(days, 0)) / math.log1p(OLDEST_DAYS)
    return np.asarray(np.where(np.isnan(days) | (days < -AHEAD_DAYS), 0, np.maximum(new, 0)), np.float64)


def missed(query: Query, published: Sequence[datetime | None]) -> NDArray[np.bool_]:
    """Which passages (by their dates of publication) are not of the recent time that the question asks about;
    none if it asks about no such time, or if that time is already a filter. An undated passage counts as not
    of that time."""
    recent = [
        hint
        for hint in query.parsed.hints
        if hint.kind in TIME_HINTS and hint.boosts and hint.since and query.asked_at - hint.since <= RECENT
    ]
    if not recent:
        return np.zeros(len(published), np.bool_)
    fit = np.logical_or.reduce([_within(published, hint, query) for hint in recent])
    return np.asarray(~fit, np.bool_)


def _any(
    query: Query,
    kinds: tuple[HintKind, ...],
    holds: Callable[[Hint], NDArray[np.bool_]],
    count: int,
) -> NDArray[np.bool_]:
    """Which passages match at least one of the hints of these kinds that boost but do not filter."""
    fitting = [holds(hint) for hint in query.parsed.hints if hint.kind in kinds and hint.boosts]
    return np.asarray(np.logical_or.reduce([np.zeros(count, np.bool_), *fitting]), np.bool_)


def _within(published: Sequence[datetime | None], hint: Hint, query: Query) -> NDArray[np.bool_]:
    if not hint.since and not hint.until:
        return np.zeros(len(published), np.bool_)
    dates = Publications.of(published)
    return within(dates, hint.since, hint.until, zone_of(query.zone), query.asked_at)


def _of_source(articles: Sequence[Article], hint: Hint) -> NDArray[np.bool_]:
    name = hint.name.casefold()
    return np.array([article.source.casefold() == name for article in articles], np.bool_)


def _titled(articles: Sequence[Article], hint: Hint) -> NDArray[np.bool_]:
    name = hint.name.casefold()
    return np.array([name in article.title.casefold() for article in articles], np.bool_)
