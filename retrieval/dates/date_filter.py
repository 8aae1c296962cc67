"""Which articles were published within a period, in whatever time zone its days are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

import numpy as np
from numpy.typing import NDArray

from corpus.dates import MIDNIGHT
from retrieval.dates.zone import SECONDS_A_DAY, to_local


@dataclass(frozen=True, slots=True)
class Publications:
    """When articles were published, as two arrays in seconds since 1970.

    `moments` are NaN without a date. `printed` are the date and time in the outlet's own zone as if that were
    UTC; NaN if the article does not state its day (`retrieval.dates.zone.states_day`).
    """

    moments: NDArray[np.float64]
    printed: NDArray[np.float64]

    @classmethod
    def of(cls, dates: Sequence[datetime | None]) -> "Publications":
        """The arrays of these dates."""
        moments = np.array([one.timestamp() if one else np.nan for one in dates], np.float64)
        offsets = np.array([_offset(one) for one in dates], np.float64)
        stated = (offsets != 0) | (moments % SECONDS_A_DAY == 0)
        return cls(moments, np.where(stated, moments + offsets, np.nan))


def within(
    published: Publications,
    since: datetime | None,
    until: datetime | None,
    zone: tzinfo = UTC,
    asked_at: datetime | None = None,
) -> NDArray[np.bool_]:
    """One flag for each publication: whether it is within the half-open period. One without a date is only
    within an unbounded one.

    A bound at midnight in `zone` is the beginning of a day: an article that states its day counts by it, all
    others by their moment. A period that lasts at `asked_at` ("today") also has what was published in it by
    the moment, as elsewhere the next day may have begun or the one before may not be over.
    """
    mask = _between(published, since, until, zone, by_day=True)
    if since and until and asked_at and since <= asked_at < until:
        mask |= _between(published, since, until, zone, by_day=False)
    return mask


def _between(
    published: Publications, since: datetime | None, until: datetime | None, zone: tzinfo, *, by_day: bool
) -> NDArray[np.bool_]:
    mask = np.ones(len(published.moments), np.bool_)
    if since:
        mask &= _has_reached(published, since, zone, by_day=by_day)
    if until:
        mask &= ~_has_reached(published, until, zone, by_day=by_day) & ~np.isnan(published.moments)
    return mask


def _has_reached(
    published: Publications, bound: datetime, zone: tzinfo, *, by_day: bool
) -> NDArray[np.bool_]:
    local = to_local(bound, zone)
    if by_day and local.time() == MIDNIGHT:
        compared = ~np.isnan(published.printed)
    else:
        compared = published.printed == published.moments  # those that have a day and no time
    reached = published.moments >= bound.timestamp()
    return np.where(compared, published.printed >= local.timestamp(), reached)


def _offset(published: datetime | None) -> float:
    if published is None or published.tzinfo is UTC:  # nearly all, and asking each takes most of the time
        return 0.0
    offset = published.utcoffset()
    return offset.total_seconds() if offset else 0.0
