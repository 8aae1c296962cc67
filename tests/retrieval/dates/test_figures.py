"""Days in figures, all read on 18 March 2026."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.dates.figures import ambiguous_days, puts_day_first, the_year
from retrieval.dates.mentioned_dates import mentioned_periods

NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("locale", "day_first"),
    [
        ("en-US", False),
        ("en", False),
        ("en_US.UTF-8", False),
        ("C.UTF-8", False),
        ("", False),
        ("en-GB", True),
        ("en_GB.UTF-8", True),
        ("de", True),
        ("ko", True),
        ("es-419", True),
    ],
)
def test_a_locale_says_what_comes_first(locale: str, day_first: bool) -> None:
    assert puts_day_first(locale) is day_first


@pytest.mark.parametrize(
    ("written", "month_first", "day_first", "ambiguous"),
    [
        ("03/04/2025", "2025-03-04", "2025-04-03", True),
        ("3/4/25", "2025-03-04", "2025-04-03", True),
        ("03-04-2025", "2025-03-04", "2025-04-03", True),
        ("3.4.2025", "2025-04-03", "2025-04-03", False),
        ("13/4/2025", "2025-04-13", "2025-04-13", False),
        ("4/13/2025", "2025-04-13", "2025-04-13", False),
        ("4/4/2025", "2025-04-04", "2025-04-04", False),
    ],
)
def test_the_day_or_the_month_comes_first(
    written: str, month_first: str, day_first: str, *, ambiguous: bool
) -> None:
    for first, day in ((False, month_first), (True, day_first)):
        (found,) = mentioned_periods(f"What happened on {written}?", NOW, day_first=first)
        assert found.since == datetime.fromisoformat(day).replace(tzinfo=UTC)
        told = [(written, found.since)] if ambiguous else []
        assert list(ambiguous_days(f"since {written}", NOW, day_first=first)) == told


@pytest.mark.parametrize(
    ("digits", "year"), [("23", 2023), ("27", 2027), ("28", 1928), ("99", 1999), ("2019", 2019)]
)
def test_two_digits_are_a_year_near_now(digits: str, year: int) -> None:
    assert the_year(digits, NOW) == year


@given(st.text(alphabet="0123456789/.- '", max_size=30), st.booleans())
def test_any_figures_are_read_or_left(text: str, day_first: bool) -> None:
    for found in mentioned_periods(text, NOW, day_first=day_first):
        assert 0 <= found.start < found.end <= len(text)
    list(ambiguous_days(text, NOW, day_first=day_first))
