"""Which questions ask for the holder of a role, and of what body."""

import pytest

from retrieval.holders.asked_role import asked_role, asks_holder, asks_holder_now


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("who leads Harbour Lines", "Harbour Lines"),
        ("who runs the port these days?", "the port"),
        ("who's in charge of the Harbour Bank?", "the Harbour Bank"),
        ("which company owns the Nara Herald?", "the Nara Herald"),
        ("who coaches Nara", "Nara"),
        ("Who founded Harbour Lines?", "Harbour Lines"),
        ("Who is the founder of Harbour Lines?", "Harbour Lines"),
        ("Harbour Lines' boss?", "Harbour Lines'"),
        ("current Nara captain", "Nara"),
        ("Nara coach", "Nara"),
        ("the owner of Nara", "Nara"),
    ],
)
def test_a_role_is_asked_for_by_nouns_and_by_verbs(question: str, body: str) -> None:
    asked = asked_role(question)
    assert asked
    assert asked.body == body


@pytest.mark.parametrize(
    "question",
    [
        "Who leads the polls?",
        "Who leads the Premier League?",
        "Who leads the league in goals?",
        "Who runs for mayor?",
        "Who heads to the final?",
        "Who owns a ship in the harbour?",
        "Who manages to sleep?",
        "Who runs it?",
        "Who is leading the inquiry?",
        "who is leading the inquiry",
        "Who manages stress best?",
        "Who bought Harbour Lines?",
        "Who met the head of the port?",
        "When did the port's boss resign?",
        "former Nara captain",
        "company president",
        "Stephen King",
        "football coach",
        "Harbour Lines strike",
    ],
)
def test_other_questions_ask_for_no_role(question: str) -> None:
    assert asked_role(question) is None


def test_a_founder_is_not_asked_for_as_of_now() -> None:
    assert asks_holder_now("Who runs the port?")
    assert asks_holder_now("Who owns it?")
    assert not asks_holder_now("Who founded Harbour Lines?")
    assert asks_holder("Who founded Harbour Lines?")
    assert not asked_role("Who founded the port?")
    assert not asks_holder("Who closed the port?")
