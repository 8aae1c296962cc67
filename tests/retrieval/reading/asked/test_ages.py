"""Whose age a question asks for, and which sentences give it."""

import pytest

from retrieval.reading.asked.ages import age_told, asks_age_now, tells_other_age


@pytest.mark.parametrize(
    ("question", "sentence", "age"),
    [
        ("How old is Ada Oro?", "Oro, 41, opened the bridge.", "41"),
        ("how old is ada oro", "Ada Oro, who turned 41 in May, opened the bridge.", "turned 41"),
        ("How old is Oro?", "Ada Oro (41) opened the bridge.", "41"),
        ("How old is Ada Oro?", "The 41-year-old Oro opened the bridge.", "41-year-old"),
        ("How old is Ada Oro?", "Ada Oro, a 41-year-old engineer, spoke.", "41-year-old"),
        ("How old is Ada Oro?", "Ada Oro is 41 years old.", "41 years old"),
        ("What is the age of Ada Oro?", "Mayor Ada Oro, 41, spoke.", "41"),
        ("What is Ada Oro's age?", "Ada Oro, aged 41, spoke.", "aged 41"),
        ("Ada Oro's age?", "The party was on Oro's 41st birthday.", "41st birthday"),
        ("How old is Ada Oro?", "Oro was born on 3 May 1985 in Nara.", "3 May 1985"),
        ("How old was Ada Oro when she died?", "Ada Oro died at 90 years old.", "90 years old"),
        ("How old is Beyonce?", "Beyoncé, 41, sang.", "41"),
    ],
)
def test_an_age_beside_the_name_is_told(question: str, sentence: str, age: str) -> None:
    found = age_told(question, sentence)
    assert found is not None
    assert sentence[slice(*found)] == age
    assert not tells_other_age(question, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Bo Ek, 52, opened the bridge for Oro.",
        "Oro came with her 13-year-old daughter.",
        "Oro thanked 24-year-old Ida Holm.",
        "Ida Oro died at 96 years old.",
        "Oro's critics point to the three-year-old war.",
    ],
)
def test_the_age_of_somebody_else_is_none(sentence: str) -> None:
    question = "How old is Ada Oro?"
    assert age_told(question, sentence) is None
    assert tells_other_age(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How old is Ada Oro?", "The 41-year-old opened the bridge."),
        ("How old is Ada Oro?", "She is 41 years old."),
        ("How old is Ada Oro?", "Oro spoke."),
        ("How old was Ada Oro?", "The 15-year-old's mother protested."),
        ("How old was Ada Oro when she died?", "The Nara Band singer, 27, died on Monday."),
        ("How old is the driver?", "Bo Ek, 52, drove the bus."),
        ("How old was the man in custody?", "Bo Ek, 52, is in custody."),
        ("How many ships has Ada Oro?", "Bo Ek, 52, has two ships."),
        ("How old is Ada Oro?", "Holm owns 17 ships, Oro 14."),
    ],
)
def test_of_other_ages_it_is_not_known_whose_they_are(question: str, sentence: str) -> None:
    assert age_told(question, sentence) is None
    assert not tells_other_age(question, sentence)


def test_only_an_age_of_today_changes() -> None:
    assert asks_age_now("How old is Ada Oro?")
    assert asks_age_now("Ada Oro's age?")
    assert not asks_age_now("How old was Ada Oro when she died?")
    assert not asks_age_now("How old is the bridge?")
