"""Questions with abbreviations that no article has, and what is searched for instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.snapshot import Snapshot
from retrieval.question.query import make_query
from retrieval.understanding.query_understanding import understand
from tests.retrieval.snapshots import article, snapshot_of

TEXTS = [
    "The United Kingdom joined the pact in December, after Britain had asked for years.",
    "The United Kingdom and the U.S. signed it, and so did Egypt.",
    "The Harbour and Ferry Safety Agency concluded that the pier was safe.",
    "The United Nations sent a ferry to the islands.",
    "A Ferry Trust of the islands (FTI) paid for it, said Prime Minister Ida Berg.",
]


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return snapshot_of([article(str(number), text) for number, text in enumerate(TEXTS)])


def wording(snapshot: Snapshot, question: str) -> str:
    return understand(make_query(question, ("news",)), [snapshot], lambda _: True).wording


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        ("When did the UK join the pact?", "When did the United Kingdom join the pact?"),
        ("What is the UK's pact?", "What is the United Kingdom's pact?"),
        ("Who is the PM?", "Who is the prime minister?"),
        (
            "What did the HFSA conclude of the pier?",
            "What did the Harbour and Ferry Safety Agency conclude of the pier?",
        ),
        ("What did the HFSB conclude of the pier?", "What did the HFSB conclude of the pier?"),
        ("Did the US sign the pact?", "Did the US sign the pact?"),  # an article has U.S.
        ("Who paid the FTI for it?", "Who paid the FTI for it?"),
        ("Did the EU sign the pact?", "Did the EU sign the pact?"),
        ("What happened at 5 PM?", "What happened at 5 PM?"),
        ("Did the pact help un, us and pm?", "Did the pact help un, us and pm?"),
        ("Did the UN send a ferry?", "Did the United Nations send a ferry?"),
        ("Did Kim Jong Un send a ferry?", "Did Kim Jong Un send a ferry?"),
        ("DID KIM JONG UN SEND A FERRY?", "DID KIM JONG UN SEND A FERRY?"),
        ("Uk pact", "United Kingdom pact"),
        ("DID THE UK JOIN?", "DID THE United Kingdom JOIN?"),
    ],
)
def test_an_abbreviation_is_searched_as_the_articles_write_it(
    snapshot: Snapshot, question: str, searched: str
) -> None:
    assert wording(snapshot, question) == searched


def test_small_letters_are_enough_where_they_are_no_word(snapshot: Snapshot) -> None:
    assert "United Kingdom" in wording(snapshot, "when did the uk join the pact?")
    assert "prime minister" in wording(snapshot, "who is the pm?")


def test_it_is_said_and_taken_back(snapshot: Snapshot) -> None:
    query = understand(make_query("Did the UK sign?", ("news",)), [snapshot], lambda _: True)
    assert [(hint.words, hint.name) for hint in query.parsed.hints] == [("UK", "United Kingdom")]
    assert understand(query.unparsed(), [snapshot], lambda _: True).wording == "Did the UK sign?"


@given(st.text(alphabet="UK PMthe.'()", min_size=1, max_size=30))
def test_any_letters_can_be_asked(snapshot: Snapshot, text: str) -> None:
    assert wording(snapshot, f"a {text}")
