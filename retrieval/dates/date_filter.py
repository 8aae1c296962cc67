"""Which articles were published within a period, in whatever time zone its days are."""

from datetime import UTC, datetime, tzinfo

import numpy as np
from numpy.typing import NDArray

from retrieval.dates.zone import SECONDS_A_DAY, to_local


def within(
    published: NDArray[np.float64], since: datetime | None, until: datetime | None, zone: tzinfo = UTC
) -> NDArray[np.bool_]:
    """One flag for each publication (seconds since 1970, NaN without a date): whether it is within the
    half-open period. NaN is only within an unbounded one.

    An article with a day but no time is stored as midnight UTC. It counts by its day in `zone`.
    """
    mask = _between(published, since, until)
    if zone is UTC:
        return mask
    days = _between(published, since and to_local(since, zone), until and to_local(until, zone))
    return np.where(published % SECONDS_A_DAY == 0, days, mask)


def _between(
    published: NDArray[np.float64], since: datetime | None, until: datetime | None
) -> NDArray[np.bool_]:
    mask = np.ones(len(published), np.bool_)
    if since:
        mask &= published >= since.timestamp()
    if until:
        mask &= published < until.timestamp()
    return mask
