"""Which articles of a segment pass a query's filters."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from retrieval.dates.date_filter import within
from retrieval.dates.zone import zone_of
from retrieval.question.query import Bounds, Query
from retrieval.segments.article_table import ArticleTable
from retrieval.segments.dense import Mask


def filter_mask(articles: ArticleTable, mask: Mask, bounds: Bounds, query: Query) -> Mask:
    """The mask (one flag per article), restricted to articles within the bounds of the query."""
    found = mask.copy()
    for kept in _flags_of_fields(articles, bounds, query):
        found &= kept
    if bounds.without:
        for left_out in _flags_of_fields(articles, bounds.without, query):
            found &= ~left_out
    return found


def _flags_of_fields(articles: ArticleTable, bounds: Bounds, query: Query) -> Iterator[Mask]:
    """For each field that is not empty, which articles are within it."""
    if bounds.periods:
        zone = zone_of(query.zone)
        periods = [within(articles.dates, *period, zone, query.asked_at) for period in bounds.periods]
        yield np.logical_or.reduce(periods)
    if bounds.sources:
        yield _flags(len(articles), articles.sources, bounds.sources)
    if bounds.authors:
        yield _flags(len(articles), articles.authors, bounds.authors)
    if bounds.articles:
        rows = [row for one in bounds.articles if (row := articles.row(one)) is not None]
        flags = np.zeros(len(articles), np.bool_)
        flags[rows] = True
        yield flags


def _flags(count: int, rows: Mapping[str, NDArray[np.int64]], names: Iterable[str]) -> Mask:
    flags = np.zeros(count, np.bool_)
    for name in names:
        flags[rows.get(name, np.zeros(0, np.int64))] = True
    return flags
