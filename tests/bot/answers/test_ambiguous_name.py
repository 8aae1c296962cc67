"""Who is told apart, and who is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.ambiguous_name import LONGEST_NAME, AmbiguousName, ambiguous_name, in_full
from bot.answers.answer import Answer, NoAnswer
from tests.bot.samples.answers import article_of, query_of, quote_of, shown_of
from tests.bot.samples.articles import INES, PAUL


def told(question: str, *texts: str) -> tuple[str, ...]:
    """The people told apart in quotes of articles of these texts."""
    quotes = [quote_of(article_of({**INES, "id": str(at), "text": text})) for at, text in enumerate(texts)]
    found = ambiguous_name(shown_of(quotes, query_of(question)).result)
    return found.people if found else ()


def test_people_of_one_family_name_are_told_apart_by_their_names_in_full() -> None:
    quotes = [quote_of(article_of(INES)), quote_of(article_of(PAUL))]
    result = shown_of(quotes, query_of("What did Varga do?")).result
    assert ambiguous_name(result) == AmbiguousName("Varga", ("Ines Varga", "Paul Varga"))
    assert isinstance(result, Answer)
    assert ambiguous_name(NoAnswer(result.query, result.quotes, 0.1, result.searched)) is None


@pytest.mark.parametrize(
    "question",
    ["Varga", "Varga?", "who is Varga", "what about Varga’s plans", "Did Varga speak to Captain Holm?"],
)
def test_the_name_may_stand_anywhere_in_the_question(question: str) -> None:
    assert told(question, "Ines Varga left.", "The cook Paul Varga came.") == ("Ines Varga", "Paul Varga")


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("What did Ines Varga do?", ("Ines Varga left.", "The cook Paul Varga came.")),
        ("What did Varga do?", ("Ines Varga left.", "Later Ines Varga came back.")),
        ("What did Varga do?", ("Ines Varga left.", "Mayor Varga came.")),
        ("What did Varga do?", ("Ines Varga left.", "It rained. When Varga came, it stopped when he sang.")),
        ("What did Varga do?", ("Ines Varga left.", "He sang. “Hey Varga, come here.”")),
        ("What did Varga do?", ("Ines Varga left.", "On Monday Varga came.")),
        ("What did Varga do?", ("Ines Varga left.", "Everybody was at the pier.")),
        ("What did Varga do?", ("Ines Horvath Varga left.", "The host greeted Ines Varga.")),
        ("What did Varga do?", ("Ines Varga left.", "It was the end for I. Varga that year.")),
        ("Who was hurt in Varga?", ("Ines Varga left.", "The cook Paul Varga came.")),
        ("what is Varga", ("The House Varga was built.", "On that day National Varga Day began.")),
        ("What's the Varga?", ("Ines Varga left.", "The cook Paul Varga came.")),
        ("What did the mayor do?", ("Ines Varga left.", "The cook Paul Varga came.")),
        ("What did Varga do?", ("Ines Varga left.", "Getty Images Varga came.")),
        ("What did Varga do?", ("Ines Varga left.", "It read I'm Varga on the boat.")),
        ("who is the CEO now?", ("Tesla CEO Ines Varga left.", "The cook met HealthCare CEO Paul Varga.")),
        ("Were they Varga?", ("A North Varga team left.", "The cook met South Varga officials.")),
        ("What did Varga do?", ("Ines Varga left.", "The Central Varga bank came.")),
        ("바르가는 무엇을 했나?", ("Ines Varga left.", "The cook Paul Varga came.")),
    ],
)
def test_who_may_be_one_person_is_not_told_apart(question: str, texts: tuple[str, ...]) -> None:
    assert told(question, *texts) == ()


def test_an_article_tells_whom_a_quote_means_that_has_the_family_name_alone() -> None:
    text = "Paul Varga came to Skarvik. It rained. Varga laughed."
    start = text.index("Varga laughed")
    quotes = [
        quote_of(article_of(INES)),
        quote_of(article_of({**PAUL, "text": text}), (start, len(text))),
    ]
    found = ambiguous_name(shown_of(quotes, query_of("What did Varga do?")).result)
    assert found
    assert found.people == ("Ines Varga", "Paul Varga")


def test_initials_and_what_stands_before_them_are_part_of_a_name() -> None:
    people = told("What did Varga do?", "The poet Ana K. Varga left.", "The judge George H.W. Varga came.")
    assert people == ("Ana K. Varga", "George H.W. Varga")


def test_a_name_too_long_for_a_button_is_left_out() -> None:
    long = "A" + "b" * LONGEST_NAME
    assert told("What did Varga do?", "Ines Varga left.", f"The cook {long} Varga came.") == ()


@pytest.mark.parametrize(
    ("text", "person", "expected"),
    [
        ("what did varga do?", "Ines Varga", "what did Ines Varga do?"),
        ("Varga’s plans for Varga", "Paul Varga", "Paul Varga’s plans for Varga"),
        ("What did Ines Varga do?", "Ines Varga", "What did Ines Varga do?"),
        ("Vargas and Varga-Holm", "Paul Varga", "Vargas and Varga-Holm"),
    ],
)
def test_the_name_in_full_takes_the_place_of_the_family_name(text: str, person: str, expected: str) -> None:
    assert in_full(text, person) == expected


@given(st.text(max_size=200), st.text(max_size=200))
def test_of_any_texts_people_are_told_apart_or_not(one: str, other: str) -> None:
    people = told("What did Varga do?", f"{one} Varga {other}".strip(), f"{other} Varga.")
    assert len(people) != 1
    assert len({person.casefold() for person in people}) == len(people)
