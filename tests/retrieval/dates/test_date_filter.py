from datetime import UTC, datetime

import pytest

from retrieval.dates.date_filter import Publications, within
from retrieval.dates.zone import from_local, zone_of

SAID = ("2026-01-13", "2026-01-14", "2026-01-15")
"""Articles that say a day alone."""
TIMED = ("2026-01-13T14:59", "2026-01-13T15:00", "2026-01-14T04:59", "2026-01-14T05:00", "2026-01-15T04:59")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def dated(text: str) -> datetime:
    """With the offset that the text has, or UTC."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def found(zone: str, since: str | None, until: str | None, texts: tuple[str, ...] = SAID + TIMED) -> set[str]:
    """What of these is found between two days of that zone."""
    published = Publications.of([*map(dated, texts), None])
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


EVENING = "2026-01-13T22:30-05:00"
"""The fourteenth in UTC, in London and in Seoul."""
MORNING = "2026-01-14T07:30+09:00"
"""The thirteenth in UTC, in London and in New York."""


@pytest.mark.parametrize("zone", ["UTC", "Asia/Seoul", "America/New_York", "Europe/London"])
def test_what_has_an_offset_is_of_the_day_that_was_printed_wherever_is_asked(zone: str) -> None:
    assert found(zone, "2026-01-13", "2026-01-14", (EVENING, MORNING)) == {EVENING}
    assert found(zone, "2026-01-14", "2026-01-15", (EVENING, MORNING)) == {MORNING}
    assert found(zone, "2026-01-14", None, (EVENING, MORNING)) == {MORNING}
    assert found(zone, None, "2026-01-14", (EVENING, MORNING)) == {EVENING}


@pytest.mark.parametrize("zone", ["UTC", "Asia/Seoul"])
def test_a_bound_with_a_time_compares_moments(zone: str) -> None:
    published = Publications.of([dated(EVENING), dated(MORNING), dated("2026-01-14")])
    before, after = utc("2026-01-13T23:00"), utc("2026-01-14T03:29")
    assert list(within(published, before, None, zone_of(zone)))[:2] == [True, False]
    assert list(within(published, after, None, zone_of(zone)))[:2] == [True, False]
    assert list(within(published, utc("2026-01-14T03:31"), None, zone_of(zone)))[:2] == [False, False]
    assert list(within(published, None, before, zone_of(zone)))[:2] == [False, True]


def test_a_day_that_lasts_also_has_what_was_published_in_it_where_it_is_another_day() -> None:
    last_evening, next_morning = "2026-01-13T22:30-05:00", "2026-01-15T07:30+09:00"
    texts = (last_evening, "2026-01-14T01:00-05:00", next_morning, "2026-01-15", "2026-01-15T00:30+00:00")
    published = Publications.of([*map(dated, texts), None])
    day = utc("2026-01-14T00:00"), utc("2026-01-15T00:00")
    assert list(within(published, *day)) == [False, True, False, False, False, False]
    assert list(within(published, *day, asked_at=day[0])) == [True, True, True, False, False, False]
    assert list(within(published, *day, asked_at=day[1])) == [False, True, False, False, False, False]
    assert list(within(published, day[0], None, asked_at=day[0]))[:2] == [False, True]


def test_a_time_in_utc_is_of_the_day_of_who_asks() -> None:
    assert found("Asia/Seoul", "2026-01-15", "2026-01-16", ("2026-01-14T15:30+00:00",))
    assert not found("UTC", "2026-01-15", "2026-01-16", ("2026-01-14T15:30+00:00",))
