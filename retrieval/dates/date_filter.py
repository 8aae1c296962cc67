"""Which articles are of a period, whatever zone its days are of."""

from datetime import UTC, datetime, tzinfo

import numpy as np
from numpy.typing import NDArray

from retrieval.dates.zone import to_local

DAY = 86_400


def within(
    published: NDArray[np.float64], since: datetime | None, until: datetime | None, zone: tzinfo = UTC
) -> NDArray[np.bool_]:
    """One flag for each publication (seconds since 1970, NaN without a date), whether it is of the period,
    half open.

    Midnight UTC is an article that says a day and no time: it is of a period of that zone where its day is.
    """
    mask = _between(published, since, until)
    if zone is UTC:
        return mask
    days = _between(published, since and to_local(since, zone), until and to_local(until, zone))
    return np.where(published % DAY == 0, days, mask)


def _between(
    published: NDArray[np.float64], since: datetime | None, until: datetime | None
) -> NDArray[np.bool_]:
    mask = np.ones(len(published), np.bool_)
    if since:
        mask &= published >= since.timestamp()
    if until:
        mask &= published < until.timestamp()
    return mask
