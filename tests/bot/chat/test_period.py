from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.period import LANGUAGES, offered, read_period
from retrieval.dates.zone import zone_of

NOW = datetime(2026, 3, 18, 15, 30, 12, 345, tzinfo=UTC)
"""A Wednesday."""
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=365 * 200)).map(datetime(1990, 1, 1, tzinfo=UTC).__add__)


def days(first: str, after: str) -> tuple[datetime, datetime]:
    start, end = (datetime.fromisoformat(day).replace(tzinfo=UTC) for day in (first, after))
    return start, end


@pytest.mark.parametrize(
    ("now", "text", "first", "after"),
    [
        ("2026-03-18T15:30", "today", "2026-03-18", "2026-03-19"),
        ("2026-03-18T00:00", "today", "2026-03-18", "2026-03-19"),
        ("2026-03-18T23:59:59", "today", "2026-03-18", "2026-03-19"),
        ("2026-01-01T00:05", "yesterday", "2025-12-31", "2026-01-01"),
        ("2024-03-01T12:00", "yesterday", "2024-02-29", "2024-03-01"),
        ("2026-03-01T12:00", "yesterday", "2026-02-28", "2026-03-01"),
        ("2026-03-16T00:05", "this week", "2026-03-16", "2026-03-23"),  # a Monday
        ("2026-03-22T23:55", "this week", "2026-03-16", "2026-03-23"),  # its Sunday
        ("2026-01-01T12:00", "this week", "2025-12-29", "2026-01-05"),
        ("2026-03-16T00:05", "last week", "2026-03-09", "2026-03-16"),
        ("2026-01-04T12:00", "last week", "2025-12-22", "2025-12-29"),
        ("2024-02-29T12:00", "this month", "2024-02-01", "2024-03-01"),
        ("2026-12-31T23:59", "this month", "2026-12-01", "2027-01-01"),
        ("2026-01-31T12:00", "this month", "2026-01-01", "2026-02-01"),
        ("2026-01-15T12:00", "last month", "2025-12-01", "2026-01-01"),
        ("2024-03-31T12:00", "last month", "2024-02-01", "2024-03-01"),
        ("2026-03-31T12:00", "last month", "2026-02-01", "2026-03-01"),
        ("2024-02-29T12:00", "this year", "2024-01-01", "2025-01-01"),
        ("2024-02-29T12:00", "last year", "2023-01-01", "2024-01-01"),
        ("2026-01-01T00:00", "last year", "2025-01-01", "2026-01-01"),
    ],
)
def test_a_named_period_ends_where_the_calendar_says(now: str, text: str, first: str, after: str) -> None:
    assert read_period(text, datetime.fromisoformat(now).replace(tzinfo=UTC)) == days(first, after)


@pytest.mark.parametrize(
    ("english", "others"),
    [
        ("today", ("오늘", "今日", "TODAY", " Today ")),
        ("yesterday", ("어제", "昨日")),
        ("this week", ("이번 주", "이번주", "今週", "This  Week", "thisweek")),
        ("last week", ("지난주", "지난 주", "先週", "LAST WEEK")),
        ("this month", ("이번 달", "이번달", "今月")),
        ("last month", ("지난달", "지난 달", "先月")),
        ("this year", ("올해", "今年")),
        ("last year", ("작년", "昨年")),
        ("7 days ago", ("past 7 days", "last 7 days", "the last 7 days", "1 week ago", "7일 전", "7日前")),
        ("3 weeks", ("3주 전", "3주", "3週間前", "past 3 weeks", "21 days ago")),
        ("2 months ago", ("2개월 전", "2달 전", "2か月前", "2ヶ月前", "last 2 months")),
        ("1 year ago", ("1년 전", "1年前", "365 days ago")),
        ("March 2026", ("march 2026", "Mar 2026", "Mar. 2026", "2026-03", "2026년 3월", "2026年3月")),
        ("September 2025", ("Sept 2025", "Sep 2025", "sept. 2025", "2025년 9월", "2025年09月")),
        ("14 January 2026", ("January 14, 2026", "Jan 14 2026", "14 Jan. 2026", "2026-01-14")),
        ("2026-01-14", ("2026년 1월 14일", "2026年1月14日", "2026年 1月 14日", "２０２６年１月１４日")),
        ("2026", ("2026년", "2026年")),
        ("2026-01-14", ("14/01/2026", "1/14/26", "14.1.2026", "14 Jan '26")),
        ("2025-03-04", ("03/04/2025", "3/4/25", "4.3.2025")),
        ("Q3 2025", ("the third quarter of 2025", "2025년 3분기", "2025年第3四半期", "3Q25")),
        ("H1 2025", ("first half of 2025", "2025년 상반기", "2025年上半期")),
        ("2026-01-14T09:30Z", ("2026-01-14T18:30+09:00", "Wed, 14 Jan 2026 09:30:00 GMT")),
    ],
)
def test_the_same_period_is_understood_however_it_is_written(english: str, others: tuple[str, ...]) -> None:
    meant = read_period(english, NOW)
    for text in others:
        assert read_period(text, NOW) == meant, text


def test_a_number_of_days_ago_reaches_until_tonight() -> None:
    assert read_period("3 days ago", NOW) == days("2026-03-15", "2026-03-19")
    assert read_period("0 days", NOW) == days("2026-03-18", "2026-03-19")
    assert read_period("1 year ago", NOW) == days("2025-03-18", "2026-03-19")


def test_in_figures_the_day_comes_first_where_the_reader_has_it_so() -> None:
    assert read_period("03/04/2025", NOW, day_first=True) == days("2025-04-03", "2025-04-04")


def test_days_are_those_of_utc_wherever_now_is_said() -> None:
    tokyo = datetime(2026, 3, 18, 3, tzinfo=timezone(timedelta(hours=9)))  # in UTC the 17th
    assert read_period("today", tokyo) == days("2026-03-17", "2026-03-18")


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_known_by_its_english_name_long_and_short(month: int) -> None:
    first = datetime(2026, month, 1, tzinfo=UTC)
    expected = read_period(f"2026-{month:02}", NOW)
    assert expected[0] == first
    for name in (f"{first:%B} 2026", f"{first:%b} 2026", f"{first:%b}. 2026", f"{first:%B}, 2026"):
        assert read_period(name, NOW) == expected
    assert read_period(f"28 {first:%B} 2026", NOW)[0] == first.replace(day=28)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "soon",
        "the day",
        "13월",
        "2026년 13월",
        "2026年2月30日",
        "February 30 2026",
        "29 February 2025",
        "Smarch 2026",
        "14 January 14 2026",
        "0000-01",
        "2026-00",
        "2026-1-1-1",
        "1 fortnight ago",
        "1000 days ago",
        "-3 days",
        "last",
        "week",
        "march",
        "99999",
        "today tomorrow",
        "\u0000",
        "２０２６-１３",
        "10000-01-01",
        "今日今日",
        "다음 주",
        "32/13/2025",
        "30.2.2025",
        "Q5 2025",
    ],
)
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        read_period(text, NOW)


WORDS = st.sampled_from(
    "last past this week month year days ago the 3 12 2026 14 March Sept. 2026-01 "
    "일 전 年 月 日 前 か月".split()
)


@given(
    st.text() | st.lists(WORDS, max_size=5).map(" ".join) | st.lists(WORDS, max_size=5).map("".join), MOMENTS
)
def test_whatever_is_typed_gives_a_period_or_a_value_error(text: str, now: datetime) -> None:
    try:
        start, end = read_period(text, now)
    except ValueError:
        return
    assert start < end
    assert start.utcoffset() == end.utcoffset() == timedelta(0)


@given(MOMENTS)
def test_named_periods_join_without_a_gap(now: datetime) -> None:
    for unit in ("week", "month", "year"):
        last, this = read_period(f"last {unit}", now), read_period(f"this {unit}", now)
        assert last[1] == this[0]
        assert this[0] <= now < this[1]
    assert read_period("yesterday", now)[1] == read_period("today", now)[0]


@given(MOMENTS, st.sampled_from(LANGUAGES), st.text(max_size=8) | WORDS)
def test_nothing_is_offered_that_is_not_understood(now: datetime, language: str, typed: str) -> None:
    for text in offered(typed, language, now):
        read_period(text, now)


@pytest.mark.parametrize(
    ("language", "first", "typed", "found"),
    [
        ("en", "today", "mar", "March 2026"),
        ("ko", "오늘", "지난", "지난주"),
        ("ja", "今日", "先", "先週"),
        ("fr", "today", "week", "this week"),
    ],
)
def test_offers_are_in_the_readers_language(language: str, first: str, typed: str, found: str) -> None:
    everything = offered("", language, NOW)
    assert everything[0] == first
    assert len(everything) == 8 + 13
    assert len(set(everything)) == len(everything)
    narrowed = offered(typed, language, NOW)
    assert found in narrowed
    assert all(typed in text.lower() for text in narrowed)


def test_months_are_offered_backwards_over_the_turn_of_the_year() -> None:
    assert offered("2025", "en", NOW) == ["2025", *(f"{m} 2025" for m in MONTHS_BACK)]


MONTHS_BACK = "December November October September August July June May April March".split()


def test_what_was_typed_is_offered_where_it_can_be_read() -> None:
    assert offered(" 2019-05 ", "en", NOW) == ["2019-05"]
    assert offered("nonsense", "en", NOW) == []
    assert offered("today", "en", NOW) == ["today"]


@pytest.mark.parametrize(
    ("now", "zone", "text", "since", "until"),
    [
        # Half an hour before and after midnight in Seoul.
        ("2026-03-18T14:30", "Asia/Seoul", "today", "2026-03-17T15:00", "2026-03-18T15:00"),
        ("2026-03-18T15:30", "Asia/Seoul", "today", "2026-03-18T15:00", "2026-03-19T15:00"),
        ("2026-03-18T15:30", "Asia/Seoul", "어제", "2026-03-17T15:00", "2026-03-18T15:00"),
        ("2026-03-19T03:59", "America/New_York", "yesterday", "2026-03-17T04:00", "2026-03-18T04:00"),
        # The days before and after the clock is put forward, and back.
        ("2026-03-09T12:00", "America/New_York", "yesterday", "2026-03-08T05:00", "2026-03-09T04:00"),
        ("2026-11-02T12:00", "America/New_York", "yesterday", "2026-11-01T04:00", "2026-11-02T05:00"),
        ("2026-03-10T12:00", "America/New_York", "last week", "2026-03-02T05:00", "2026-03-09T04:00"),
        ("2026-03-10T12:00", "America/New_York", "3 days ago", "2026-03-07T05:00", "2026-03-11T04:00"),
        ("2026-01-01T02:00", "America/New_York", "this year", "2025-01-01T05:00", "2026-01-01T05:00"),
        # A day that is named is one of the zone too; a moment is that moment.
        ("2026-03-18T12:00", "Asia/Seoul", "2026-01-14", "2026-01-13T15:00", "2026-01-14T15:00"),
        ("2026-03-18T12:00", "Asia/Tokyo", "2026年1月14日", "2026-01-13T15:00", "2026-01-14T15:00"),
        ("2026-03-18T12:00", "Asia/Seoul", "January 2026", "2025-12-31T15:00", "2026-01-31T15:00"),
        ("2026-03-18T12:00", "Asia/Seoul", "2026-01-14T09:30Z", "2026-01-14T09:30", "2026-01-14T09:30:01"),
    ],
)
def test_days_are_those_of_the_askers_zone(now: str, zone: str, text: str, since: str, until: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert read_period(text, moment, zone_of(zone)) == days(since, until)


@given(MOMENTS, st.sampled_from(("Asia/Seoul", "America/New_York", "Africa/Cairo", "Asia/Kathmandu")))
def test_in_every_zone_today_holds_now_and_begins_where_yesterday_ends(now: datetime, name: str) -> None:
    zone = zone_of(name)
    (begun, today), (since, until) = (read_period(text, now, zone) for text in ("yesterday", "today"))
    assert begun < today == since <= now < until
    assert timedelta(hours=23) <= until - since <= timedelta(hours=25)
