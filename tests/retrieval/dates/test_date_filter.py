from datetime import UTC, datetime

import numpy as np
import pytest

from retrieval.dates.date_filter import within
from retrieval.dates.zone import from_local, zone_of

SAID = ("2026-01-13", "2026-01-14", "2026-01-15")
"""Articles that say a day alone."""
TIMED = ("2026-01-13T14:59", "2026-01-13T15:00", "2026-01-14T04:59", "2026-01-14T05:00", "2026-01-15T04:59")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def found(zone: str, since: str | None, until: str | None, texts: tuple[str, ...] = SAID + TIMED) -> set[str]:
    """What of these is found between two days of that zone."""
    published = np.array([utc(text).timestamp() for text in texts] + [np.nan])
    first, after = (from_local(utc(day), zone_of(zone)) if day else None for day in (since, until))
    mask = within(published, first, after, zone_of(zone))
    assert not mask[-1] or not (since or until)  # what has no date is of no period
    return {text for text, fits in zip(texts, mask, strict=False) if fits}


@pytest.mark.parametrize(
    ("zone", "timed"),
    [
        ("UTC", {"2026-01-14T04:59", "2026-01-14T05:00"}),
        ("Asia/Seoul", {"2026-01-13T15:00", "2026-01-14T04:59", "2026-01-14T05:00"}),
        ("America/New_York", {"2026-01-14T05:00", "2026-01-15T04:59"}),
    ],
)
def test_a_day_is_that_of_the_zone_for_what_has_a_time_and_the_same_day_for_what_has_none(
    zone: str, timed: set[str]
) -> None:
    assert found(zone, "2026-01-14", "2026-01-15") == {"2026-01-14", *timed}


@pytest.mark.parametrize("zone", ["UTC", "Asia/Seoul", "America/New_York"])
def test_open_ends(zone: str) -> None:
    assert found(zone, "2026-01-14", None, SAID) == {"2026-01-14", "2026-01-15"}
    assert found(zone, None, "2026-01-14", SAID) == {"2026-01-13"}
    assert found(zone, None, None) == {*SAID, *TIMED}
