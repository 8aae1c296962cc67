from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import is_day
from retrieval.dates.zone import as_printed, day_in, from_local, states_day, to_local, zone_of

NAMES = ("UTC", "Asia/Seoul", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago")
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=365 * 200)).map(datetime(1980, 1, 1, tzinfo=UTC).__add__)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "America", "a\0b"]
)
def test_a_zone_that_nobody_knows_is_utc(name: str) -> None:
    assert zone_of(name) is UTC


@given(MOMENTS, st.sampled_from(NAMES))
def test_a_moment_is_the_same_after_a_look_at_the_wall_but_for_the_hour_that_comes_twice(
    moment: datetime, name: str
) -> None:
    again = from_local(to_local(moment, zone_of(name)), zone_of(name))
    assert moment - again in (timedelta(0), timedelta(hours=1))


@pytest.mark.parametrize(
    ("name", "wall", "moment"),
    [
        ("Asia/Seoul", "2026-01-14T00:00", "2026-01-13T15:00"),
        ("America/New_York", "2026-03-08T00:00", "2026-03-08T05:00"),
        ("America/New_York", "2026-03-09T00:00", "2026-03-09T04:00"),  # a day of 23 hours lies between
        ("America/New_York", "2026-11-01T00:00", "2026-11-01T04:00"),
        ("America/New_York", "2026-11-02T00:00", "2026-11-02T05:00"),  # and one of 25
        (
            "Africa/Cairo",
            "2026-04-24T00:00",
            "2026-04-23T22:00",
        ),  # midnight is skipped: the day begins at one
        ("America/Havana", "2026-11-01T00:00", "2026-11-01T04:00"),  # midnight comes twice: the first counts
    ],
)
def test_a_day_begins_at_the_first_moment_of_it_on_the_wall(name: str, wall: str, moment: str) -> None:
    assert from_local(utc(wall), zone_of(name)) == utc(moment)


def test_the_last_of_all_days_has_no_end_in_any_zone() -> None:
    last = datetime.max.replace(tzinfo=UTC)
    assert from_local(last, zone_of("America/New_York")) == last


def test_an_article_that_says_a_day_is_of_that_day_in_every_zone() -> None:
    article = utc("2026-01-14T00:00")
    assert {day_in(article, zone_of(name)) for name in NAMES} == {date(2026, 1, 14)}


def test_an_article_that_says_a_time_is_of_the_day_that_the_wall_has_then() -> None:
    article = utc("2026-01-13T15:30")
    assert day_in(article, zone_of("Asia/Seoul")) == date(2026, 1, 14)
    assert day_in(article, zone_of("America/New_York")) == date(2026, 1, 13)


def test_an_article_that_says_a_time_with_an_offset_is_of_its_day_in_every_zone() -> None:
    evening = datetime.fromisoformat("2024-11-05T22:30-05:00")
    assert {day_in(evening, zone_of(name)) for name in NAMES} == {date(2024, 11, 5)}
    assert states_day(evening)
    assert not states_day(evening.astimezone(UTC))
    assert as_printed(evening) == utc("2024-11-05T22:30")


def test_nine_o_clock_in_japan_is_no_day_though_it_is_midnight_in_utc() -> None:
    nine = datetime.fromisoformat("2024-11-05T09:00+09:00")
    assert states_day(nine)
    assert not is_day(nine)
    assert is_day(nine.astimezone(UTC))
