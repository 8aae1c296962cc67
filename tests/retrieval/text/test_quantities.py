import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.quantities import quantities


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,200 jobs", "1200", "job"),
        ("1200 job cuts", "1200", "job"),
        ("１２００人", "1200", "人"),
        ("12명이", "12", "명"),
        ("$3 billion", "3000000000", "$"),
        ("$3bn", "3000000000", "$"),
        ("30억 원", "3000000000", "원"),
        ("3억円", "300000000", "円"),
        ("5 %", "5", "%"),
        ("5 per cent", "5", "%"),
        ("2.5 percent", "2.5", "%"),
        ("5-year-old", "5", "year"),
        ("100km", "100", "km"),
        ("12 of them", "12", ""),
        ("Two men", "2", "men"),
        ("seventy classes", "70", "classe"),
    ],
)
def test_a_number_is_known_with_what_it_counts(text: str, value: str, unit: str) -> None:
    (found,) = quantities(text)
    assert (found.value, found.unit) == (value, unit)


def test_what_is_a_name_a_time_a_score_or_an_ordinal_is_no_number() -> None:
    assert list(quantities("5G F-16 COVID-19 7:30 3-2 24/7 4th 737-800 v1.2.3 x12")) == []


def test_words_are_numbers_only_where_they_are_wanted() -> None:
    assert [one.value for one in quantities("12 men and nine men", spelt=False)] == ["12"]
    assert list(quantities("one man, someone, tonight or tenmen")) == []


@given(st.text(max_size=100))
def test_each_stands_where_it_says(text: str) -> None:
    for one in quantities(text):
        assert 0 <= one.start < one.end <= len(text)
        assert float(one.value) >= 0
