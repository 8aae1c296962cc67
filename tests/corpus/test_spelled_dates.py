import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.spelled_dates import LENGTH_LIMIT, AmbiguousDay, read_spelled

DAY = datetime(2026, 1, 14, tzinfo=UTC)


def at(hour: int, minute: int = 0, second: int = 0, ahead: float = 0) -> datetime:
    """That time of the 14th of January 2026 in a zone so many hours ahead."""
    return DAY.replace(hour=hour, minute=minute, second=second, tzinfo=timezone(timedelta(hours=ahead)))


@pytest.mark.parametrize(
    "text",
    [
        "20260114", "2026-014", "2026-W03-3", "2026W033", "2026/1/14", "2026.01.14",
        "2026. 1. 14.",
        "2026-01-14+09:00", "14.01.2026", "14.1.2026", "14/01/2026", "01/14/2026", "1/14/26", "14-01-2026",
        "14-Jan-2026", "14-Jan-26", "14 Jan 26", "January 14, 2026", "Jan. 14th, 2026",
        "14th of January 2026",
        "Wednesday, 14 January 2026", "Wed 14 Jan, 2026", "2026 January 14", "Published: 14 January 2026",
        "14. Januar 2026", "Mittwoch, den 14. Januar 2026", "14 janvier 2026", "mer. 14 janv. 2026",
        "miércoles, 14 de enero de 2026", "14 de janeiro de 2026", "14 gennaio 2026", "14 januari 2026",
        "14 stycznia 2026", "14. ledna 2026", "14 января 2026 г.", "14 ocak 2026", "2026年1月14日",
        "2026年1月14日(水)", "2026年1月14日 星期三", "2026년 1월 14일", "2026년 1월 14일 수요일",
        "２０２６年１月１４日", "令和8年1月14日", "令和 8 年 1 月 14 日(水)",
    ],
)  # fmt: skip
def test_a_day_in_every_form_is_that_day(text: str) -> None:
    assert read_spelled(text).moment == DAY
    assert read_spelled(text.upper()).moment == DAY


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-14T09:30", at(9, 30)),
        ("2026-01-14 09:30:15,123", at(9, 30, 15)),
        ("2026-01-14T09:30:15.123456789Z", at(9, 30, 15)),
        ("20260114T093015Z", at(9, 30, 15)),
        ("20260114093015", at(9, 30, 15)),
        ("202601140930", at(9, 30)),
        ("2026-01-14T09:30:00 +0900", at(9, 30, 0, 9)),
        ("2026-01-14T09:30+9", at(9, 30, 0, 9)),
        ("2026-01-14T09", at(9)),
        ("2026-014T09:30Z", at(9, 30)),
        ("1768381200", at(9)),
        ("1768381200.5", at(9)),
        ("1768381200000", at(9)),
        ("Wed, 14 Jan 2026 09:30:00 GMT", at(9, 30)),
        ("Wed, 14 Jan 2026 09:30:00 EST", at(9, 30, 0, -5)),
        ("14 Jan 26 09:30 EDT", at(9, 30, 0, -4)),
        ("Wed, 14 Jan 2026 07:00:00 JST", at(7, 0, 0, 9)),
        ("Wed, 14 Jan 2026 07:00:00 KST", at(7, 0, 0, 9)),
        ("Wed, 14 Jan 2026 07:00:00 CET", at(7, 0, 0, 1)),
        ("Wed, 14 Jan 2026 07:00:00 CEST", at(7, 0, 0, 2)),
        ("Wed, 14 Jan 2026 07:00:00 +0900 (JST)", at(7, 0, 0, 9)),
        ("Wed Jan 14 07:00:00 +0900 2026", at(7, 0, 0, 9)),
        ("Wed Jan 14 2026 07:00:00 GMT+0900 (Japan Standard Time)", at(7, 0, 0, 9)),
        ("Wed, 14 Jan 2026 23:59:60 GMT", at(23, 59, 59)),
        ("Wed, Jan 14 2026 08:18:00 PM", at(20, 18)),
        ("January 14, 2026 3:55 pm", at(15, 55)),
        ("Jan. 14, 2026, 9:30 a.m. ET", at(9, 30, 0, -5)),
        ("12:05 AM, 14 Jan 2026", at(0, 5)),
        ("12:05 PM, 14 Jan 2026", at(12, 5)),
        ("15:55 PM 14 Jan 2026", at(15, 55)),
        ("3 pm on 14 January 2026", at(15)),
        ("14. Januar 2026, 09.30 Uhr", at(9, 30)),
        ("14 January 2026, 09.30", at(9, 30)),
        ("14.1.2026 9.30", at(9, 30)),
        ("9.30, 14 January 2026", at(9, 30)),
        ("14 janvier 2026 à 9h30", at(9, 30)),
        ("14 de janeiro de 2026 às 9h30", at(9, 30)),
        ("2026年1月14日 午後3時55分", at(15, 55)),
        ("2026. 1. 14. 오후 3:55", at(15, 55)),
        ("2026年1月14日 下午3:55", at(15, 55)),
        ("14/01/2026 15:55", at(15, 55)),
        ("2026-01-14 Europe/Paris", DAY),
        ("2026-01-14T09:30:00 Europe/Paris", at(9, 30, 0, 1)),
        ("2026-01-14T09:30:00+09:00[Asia/Tokyo]", at(9, 30, 0, 9)),
        ("2026-01-14T09:30:00Z[UTC]", at(9, 30)),
    ],
)
def test_a_moment_in_every_form_is_that_moment(text: str, moment: datetime) -> None:
    assert read_spelled(text).moment == moment


def test_american_zones_without_a_season_follow_it() -> None:
    assert read_spelled("9:30 am ET, July 14, 2026").moment.utcoffset() == timedelta(hours=-4)
    assert read_spelled("9:30 am ET, January 14, 2026").moment.utcoffset() == timedelta(hours=-5)


@pytest.mark.parametrize("zone", ["BST", "IST", "CST", "AST", "GST"])
def test_a_zone_of_several_meanings_says_how_it_was_read(zone: str) -> None:
    found = read_spelled(f"14 Jan 2026 09:30 {zone}")
    assert found.remark
    assert found.remark.startswith(f"its zone {zone} is read as ")
    assert read_spelled(f"14 Jan 2026 09:30 +0100 ({zone})").remark is None


@pytest.mark.parametrize(
    "text", ["03/04/2026", "3/4/2026 9:30", "03-04-2026", "14/1/26", "14.1.26", "1/2/26", "1-14-26"]
)
def test_a_day_that_may_be_two_is_none_until_its_order_is_said(text: str) -> None:
    with pytest.raises(AmbiguousDay):
        read_spelled(text)
    assert read_spelled(text, day_first=True).moment.month in (1, 2, 4)


def test_an_order_that_the_day_itself_contradicts_gives_way() -> None:
    assert read_spelled("14/01/2026", day_first=False).moment == DAY
    assert read_spelled("01/14/2026", day_first=True).moment == DAY
    assert read_spelled("02/02/2026").moment == datetime(2026, 2, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "Thursday", "May", "May 5", "5 May", "10", "2026", "2026-01", "January 2026", "2026-W03",
        "2 hours ago", "yesterday", "14 Jan 2026 09:30 XYZ", "14 Jan 2026 and 15 Jan 2026", "14 Jan 2026!",
        "Jan 14 26", "14 Jan Feb 2026", "2026-02-30", "2026-13-45", "2026-366", "2026-000", "31/02/2026",
        "2026-01-14T25:00", "2026-01-14T09:61", "2026-01-14T09:30+99", "2026-01-14T09:30+0975",
        "15:00 AM 14 Jan 2026", "14 Jan 2026 09:30 EST PST", "2026-01-14/2026-01-16", "12345", "99999999999",
        "9:30", "9:30 EST", "2026-01-14 09:30 Etc/Nowhere", "2026-01-14 09:30 Europe/../x",
        "2026-01-14 09:30 Europe", "令和8年",
        "14 January 2026, 25.30", "January 2026, 14.30", "14.30", "14.01", "14 January 26.10",
        "14 1 2026", "#14 Jan 2026", "version 14.1.2026.3",
        "14 Jan 20261",
    ],
)  # fmt: skip
def test_what_is_not_understood_to_the_last_sign_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_spelled(text)


@given(st.text("0123456789-/.:,+ TZapmJanFebUhr年月日()月", max_size=60) | st.text(max_size=60))
def test_any_text_is_a_moment_with_a_zone_or_refused(text: str) -> None:
    with suppress(ValueError, OverflowError):
        assert read_spelled(text).moment.tzinfo is not None


@pytest.mark.parametrize("text", ["1" * LENGTH_LIMIT, "1:" * 60, "( " * 60, "9 h " * 30, ", " * 60 + "!"])
def test_a_text_made_to_be_slow_is_not(text: str) -> None:
    start = time.monotonic()
    for day_first in (None, True):
        with suppress(ValueError):
            read_spelled(text, day_first)
    assert time.monotonic() - start < 1
