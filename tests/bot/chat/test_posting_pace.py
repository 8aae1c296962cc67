from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.posting_pace import DIGEST_HOUR, PostingPace, quiet_words, read_quiet, read_zone

NOON = datetime(2026, 3, 18, 12, tzinfo=UTC)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
minutes = st.integers(0, 24 * 60 - 1)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("22-7", (22 * 60, 7 * 60)),
        ("22:30 – 07:00", (22 * 60 + 30, 7 * 60)),
        (" 0 to 6 ", (0, 6 * 60)),
        ("18-24", (18 * 60, 0)),
        ("", None),
        ("OFF", None),
    ],
)
def test_quiet_hours_are_read_as_people_type_them(typed: str, read: tuple[int, int] | None) -> None:
    assert read_quiet(typed) == read


@pytest.mark.parametrize("typed", ["at night", "25-3", "7-7", "0-24", "22", "22:70-3", "-", "1-2-3"])
def test_what_are_no_hours_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(ValueError, match=r"no hours|whole day"):
        read_quiet(typed)


@given(minutes, minutes)
def test_what_is_shown_of_quiet_hours_is_read_as_the_same(start: int, end: int) -> None:
    if start != end:
        assert read_quiet(quiet_words((start, end))) == (start, end)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(typed: str) -> None:
    try:
        read = read_quiet(typed)
    except ValueError:
        return
    assert read is None or read[0] != read[1]


@given(moments, minutes, minutes)
def test_it_is_quiet_within_its_hours_and_not_otherwise(now: datetime, start: int, end: int) -> None:
    if start == end:
        return
    inside = {(start + more) % (24 * 60) for more in range((end - start) % (24 * 60))}
    pace = PostingPace(quiet=(start, end))
    assert pace.is_quiet(now) == (now.hour * 60 + now.minute in inside)
    assert not pace.is_due(now, (), now) or not pace.is_quiet(now)


def test_quiet_hours_are_those_of_the_zone() -> None:
    seoul = PostingPace(quiet=(22 * 60, 7 * 60), zone="Asia/Seoul")
    assert seoul.is_quiet(datetime(2026, 3, 18, 13, tzinfo=UTC))  # 22:00 there
    assert not seoul.is_quiet(datetime(2026, 3, 18, 22, tzinfo=UTC))  # 07:00 there


def test_so_many_posts_a_day_and_the_day_is_the_zones() -> None:
    pace = PostingPace(daily=2, zone="Asia/Seoul")
    posted = (NOON - timedelta(hours=1), NOON)
    assert pace.is_due(NOON, posted[:1], NOON)
    assert not pace.is_due(NOON, posted, NOON)
    assert not pace.is_due(datetime(2026, 3, 18, 14, 59, tzinfo=UTC), posted, NOON)
    assert pace.is_due(datetime(2026, 3, 18, 15, tzinfo=UTC), posted, NOON)  # the next day there


def test_a_digest_comes_once_a_day_at_its_hour_with_what_was_found_before_it() -> None:
    pace = PostingPace(digest=True)
    nine = NOON.replace(hour=DIGEST_HOUR)
    early = nine - timedelta(minutes=1)
    assert not pace.is_due(early, (), early)
    assert pace.is_due(nine, (), early)
    assert pace.is_due(NOON, (), early)  # the bot was away at nine
    assert not pace.is_due(NOON, (nine,), early)
    assert not pace.is_due(NOON, (), NOON)  # found after nine: tomorrow
    assert pace.is_due(nine + timedelta(days=1), (nine,), NOON)


@given(moments, st.sampled_from(["UTC", "Asia/Seoul", "America/New_York", "Pacific/Kiritimati"]))
def test_what_waits_for_a_digest_is_posted_within_a_day(found: datetime, zone: str) -> None:
    pace = PostingPace(digest=True, zone=zone)
    due = [hour for hour in range(27) if pace.is_due(found + timedelta(hours=hour), (), found)]
    assert due


def test_zones_are_those_that_are_known() -> None:
    assert read_zone(" Asia/Seoul ") == "Asia/Seoul"
    assert read_zone("utc") == "UTC"
    for name in ("Seoul", "", "../etc/passwd", "Asia"):
        with pytest.raises(ValueError, match="no time zone"):
            read_zone(name)
