import pytest

from retrieval.dates.named_times import NamedTime, dates_in, named_times, year_parts, years_in


def years(text: str) -> list[int]:
    return [one.year for one in years_in(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in 2008, 2009–2010 and FY2011", [2008, 2009, 2010, 2011]),
        ("2000 troops, 1984 people, 2010%", []),
        ("$2000, 12,000, 2000.5 and the 1990s", []),
        ("the elections of 2008; the 1999 cup", [2008, 1999]),
        ("in 1610, since 1789, of 1865, a 1610 b", [1610, 1789, 1865]),
        ("1865년에, 1868年に, 1960年代", [1865, 1868]),
        ("首相は２０２１年に、平成元年、令和3年", [2021, 1989, 2021]),
    ],
)
def test_years_are_told_from_counts(text: str, found: list[int]) -> None:
    assert years(text) == found


@pytest.mark.parametrize(
    ("text", "year", "quarter", "half"),
    [
        ("Q1 2021", 2021, 1, 0),
        ("2021Q1", 2021, 1, 0),
        ("Q1 of fiscal 2021", 2021, 1, 0),
        ("Q1 ’21", 2021, 1, 0),
        ("1Q21", 2021, 1, 0),
        ("1st quarter of fiscal year 2021", 2021, 1, 0),
        ("2021's first quarter", 2021, 1, 0),
        ("the first quarter", 0, 1, 0),
        ("the last quarter of 2020", 2020, 4, 0),
        ("the second half of 2020", 2020, 0, 2),
        ("H2 2020", 2020, 0, 2),
        ("2021년 1분기", 2021, 1, 0),
        ("제3분기", 0, 3, 0),
        ("2020년 하반기", 2020, 0, 2),
        ("2021年第一四半期", 2021, 1, 0),
        ("2021年度の第３四半期", 2021, 3, 0),
        ("2021年4~6月期", 2021, 2, 0),
        ("2020年上半期", 2020, 0, 1),
    ],
)
def test_a_quarter_and_a_half_are_known_in_each_way_of_writing(
    text: str, year: int, quarter: int, half: int
) -> None:
    (found,) = year_parts(text)
    assert (found.year, found.quarter, found.half) == (year, quarter, half)
    assert found.is_part
    assert named_times(text) == [found]


def test_what_is_no_quarter() -> None:
    assert list(year_parts("IRAQ1, headquarters, a quarter of men, half of 2021 voters, ‘H1N1’")) == []


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("May 2021", 2021, 5, 0),
        ("3 May 2021", 2021, 5, 3),
        ("3rd of May, 2021", 2021, 5, 3),
        ("Sept. 3, 2021", 2021, 9, 3),
        ("May 3", 0, 5, 3),
        ("2021-05-03", 2021, 5, 3),
        ("2021/5", 2021, 5, 0),
        ("2021년 5월 3일", 2021, 5, 3),
        ("2021年5月", 2021, 5, 0),
        ("５月３日", 0, 5, 3),
    ],
)
def test_a_month_and_a_day_are_known_in_each_way_of_writing(
    text: str, year: int, month: int, day: int
) -> None:
    (found,) = dates_in(f"on {text} it was")
    assert (found.year, found.month, found.day) == (year, month, day)


def test_a_verb_is_no_month() -> None:
    assert list(dates_in("it may be, they march on, 2021-13-03")) == []


def test_of_what_overlaps_the_one_that_says_more_is_named() -> None:
    text = "In Q1 2021, on 3 May 2020 and in 2019"
    assert named_times(text) == [
        NamedTime(3, 10, 2021, quarter=1),
        NamedTime(15, 25, 2020, month=5, day=3),
        NamedTime(33, 37, 2019),
    ]
