from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import (
    day_in_words,
    format_moment,
    is_day,
    parse_moment,
    parse_period,
    read_moment,
    stored_moment,
)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-01-14", datetime(2026, 1, 14, tzinfo=UTC)),
        (date(2026, 1, 14), datetime(2026, 1, 14, tzinfo=UTC)),
        ("2026-01-14T09:30", datetime(2026, 1, 14, 9, 30, tzinfo=UTC)),
        (datetime(2026, 1, 14, 9, 30), datetime(2026, 1, 14, 9, 30, tzinfo=UTC)),  # noqa: DTZ001 - the case
        ("2026-01-14T09:30:00+09:00", datetime(2026, 1, 14, 0, 30, tzinfo=UTC)),
        ("2026-01-14T09:30:00+0900", datetime(2026, 1, 14, 0, 30, tzinfo=UTC)),
        ("2026-01-14T09:30:15.999Z", datetime(2026, 1, 14, 9, 30, 15, tzinfo=UTC)),
        ("Wed, 14 Jan 2026 09:30:00 GMT", datetime(2026, 1, 14, 9, 30, tzinfo=UTC)),
        (" 2026-01-14 ", datetime(2026, 1, 14, tzinfo=UTC)),
        (1768381200, datetime(2026, 1, 14, 9, tzinfo=UTC)),
        (1768381200.75, datetime(2026, 1, 14, 9, tzinfo=UTC)),
        ("/Date(1768381200000)/", datetime(2026, 1, 14, 9, tzinfo=UTC)),
        ("/Date(1768381200000+0900)/", datetime(2026, 1, 14, 9, tzinfo=UTC)),
        (20260114, datetime(2026, 1, 14, tzinfo=UTC)),
        ("2026-01-14T00:00:00+09:00", datetime(2026, 1, 14, tzinfo=UTC)),
        ("Wed, 14 Jan 2026 00:00:00 EST", datetime(2026, 1, 14, tzinfo=UTC)),
        (datetime(2026, 1, 14, tzinfo=timezone(timedelta(hours=1))), datetime(2026, 1, 14, tzinfo=UTC)),
        ("2026-01-14T00:00:01+09:00", datetime(2026, 1, 13, 15, 0, 1, tzinfo=UTC)),
    ],
)
def test_a_date_is_read_as_utc(value: object, moment: datetime) -> None:
    assert parse_moment(value) == moment
    assert parse_moment(value).tzinfo is UTC


@pytest.mark.parametrize(
    "value",
    [
        "2026-13-45",
        "2026-02-30",
        "0000-01-01",
        "0001-01-01",
        "9999-12-31",
        "0001-01-01T00:00:00+23:59",
        "soon",
        "",
        "9" * 5000,
        True,
        float("nan"),
        None,
        [],
    ],
)
def test_what_is_no_date_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="not a"):
        parse_moment(value)


def test_a_day_of_two_readings_is_none_until_the_order_is_known() -> None:
    with pytest.raises(ValueError, match="'14/1/26' has a year of two figures, which may be the first"):
        parse_moment("14/1/26")
    with pytest.raises(ValueError, match="'03/04/2026' can be read with the day or the month first"):
        parse_moment("03/04/2026")
    assert read_moment("03/04/2026", day_first=True).moment == datetime(2026, 4, 3, tzinfo=UTC)
    assert read_moment("03/04/2026", day_first=False).moment == datetime(2026, 3, 4, tzinfo=UTC)


def test_how_a_doubtful_zone_was_read_is_said() -> None:
    found = read_moment("14 Jan 2026 09:00 IST")
    assert found.moment == datetime(2026, 1, 14, 3, 30, tzinfo=UTC)
    assert found.remark == "its zone IST is read as India Standard Time (UTC+0530)"
    assert read_moment("14 Jan 2026 09:00 JST").remark is None


def test_a_number_of_thousands_of_figures_is_refused_like_any_other() -> None:
    with pytest.raises(ValueError, match="a number is not a possible date"):
        parse_moment(10**5000)


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert parse_moment(text).tzinfo is UTC


@given(
    st.datetimes(
        min_value=datetime(1601, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
        max_value=datetime(9000, 1, 1),  # noqa: DTZ001
        timezones=st.just(timezone(timedelta(hours=9))),
    )
)
def test_a_moment_is_read_back_as_it_was_written(moment: datetime) -> None:
    kept = parse_moment(moment, exact=True)
    assert parse_moment(format_moment(kept)) == kept
    assert abs(kept - moment) < timedelta(seconds=1)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
        ("2026-12", datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
        ("2024-02", datetime(2024, 2, 1, tzinfo=UTC), datetime(2024, 3, 1, tzinfo=UTC)),
        ("2024-02-29", datetime(2024, 2, 29, tzinfo=UTC), datetime(2024, 3, 1, tzinfo=UTC)),
        (
            "2026-01-14T09:30Z",
            datetime(2026, 1, 14, 9, 30, tzinfo=UTC),
            datetime(2026, 1, 14, 9, 30, 1, tzinfo=UTC),
        ),
    ],
)
def test_a_period_is_as_long_as_it_is_written(text: str, start: datetime, end: datetime) -> None:
    assert parse_period(text) == (start, end)


@pytest.mark.parametrize("text", ["0000", "9999", "2026-13", "2026-00", "2025-02-29", "next week", ""])
def test_an_impossible_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a possible date"):
        parse_period(text)


@given(st.text(max_size=25) | st.dates().map(str) | st.dates().map(lambda day: str(day)[:7]))
def test_a_period_starts_before_it_ends(text: str) -> None:
    try:
        start, end = parse_period(text)
    except ValueError:
        return
    assert start < end


def test_a_day_in_words() -> None:
    assert day_in_words(datetime(2026, 1, 4, tzinfo=UTC)) == "4 January 2026"


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("2024-11-05T22:30-05:00", "2024-11-05T22:30:00-05:00"),
        ("Tue, 05 Nov 2024 22:30:00 -0500", "2024-11-05T22:30:00-05:00"),
        ("November 5, 2024 10:30 p.m. ET", "2024-11-05T22:30:00-05:00"),
        ("2024-11-05T22:30:00[America/New_York]", "2024-11-05T22:30:00-05:00"),
        ("5 July 2024 22:30 PT", "2024-07-05T22:30:00-07:00"),
        ("2024-11-06 07:15 KST", "2024-11-06T07:15:00+09:00"),
        ("2024-11-06T09:00:00+09:00", "2024-11-06T09:00:00+09:00"),  # midnight in UTC, but no day
        ("2024-11-06T00:00:00.7+05:45", "2024-11-06"),
        ("2024-11-06T23:59:60+01:00", "2024-11-06T23:59:59+01:00"),  # a leap second
        ("1880-01-01T12:00[America/New_York]", "1880-01-01T12:00:00-04:56"),  # then 4:56:02
        ("2024-11-06T03:30:00Z", "2024-11-06T03:30:00Z"),
        ("2024-11-06T03:30:00+00:00", "2024-11-06T03:30:00Z"),
        ("2024-11-06T03:30:00-00:00", "2024-11-06T03:30:00Z"),
        ("2024-11-06 03:30 GMT", "2024-11-06T03:30:00Z"),
        ("2024-11-06T03:30:00", "2024-11-06T03:30:00Z"),
        (1730863800, "2024-11-06T03:30:00Z"),
    ],
)
def test_a_moment_is_stored_with_the_offset_that_it_is_written_with(value: object, stored: str) -> None:
    assert stored_moment(value) == stored
    assert stored_moment(stored) == stored


@pytest.mark.parametrize("offset", ["+14:01", "+15:00", "-23:00", "+05:75"])
def test_an_offset_that_no_zone_has_makes_it_no_date(offset: str) -> None:
    with pytest.raises(ValueError, match="not a possible date"):
        stored_moment(f"2024-11-05T22:30:00{offset}")


ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(
    st.datetimes(
        min_value=datetime(1601, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
        max_value=datetime(8999, 1, 1),  # noqa: DTZ001
        timezones=ZONES,
    )
)
def test_what_is_stored_is_read_back_with_its_day_and_offset(moment: datetime) -> None:
    kept = read_moment(moment).moment
    again = read_moment(format_moment(kept)).moment
    assert (again, again.date(), again.utcoffset()) == (kept, kept.date(), kept.utcoffset())
    assert kept.date() == moment.date()
    assert is_day(kept) or kept.utcoffset() == moment.utcoffset()


def test_midnight_of_another_zone_is_a_day_unless_the_moment_is_asked_for() -> None:
    assert parse_moment("2026-01-14T00:00:00+09:00", exact=True) == datetime(2026, 1, 13, 15, tzinfo=UTC)
