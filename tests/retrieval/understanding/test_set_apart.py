import pytest

from retrieval.index.snapshot import Snapshot
from retrieval.question.query import make_query
from retrieval.understanding.query_understanding import is_stable, understand
from retrieval.understanding.set_apart import without_set_apart
from tests.retrieval.snapshots import article, snapshot_of

TEXTS = (
    "The mayor of Nara, Ann Lee, was fined after the alert. It was an alert for Toyota.",
    "An alert was raised, and Gaza was told by NATO. They said NATO would help Nara.",
    "Another alert, said Toyota.",
)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return snapshot_of([article(str(number), text) for number, text in enumerate(TEXTS)])


def is_word(word: str) -> bool:
    return word != "jarvis"


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Jarvis, who fined Ann Lee?", "who fined Ann Lee?"),
        ("jarvis: who fined ann lee?", "who fined ann lee?"),
        ("GRRR who fined Ann Lee?", "who fined Ann Lee?"),
        ("Newsie Bottington - who fined Ann Lee?", "who fined Ann Lee?"),
        ("Who fined Ann Lee? GRRR", "Who fined Ann Lee?"),
        ("ALERT: who fined Ann Lee?", "alert: who fined Ann Lee?"),
        # What articles have, or what the rest needs, stays.
        ("Toyota: who fined Ann Lee?", "Toyota: who fined Ann Lee?"),
        ("NATO, who fined Ann Lee?", "NATO, who fined Ann Lee?"),
        ("Zorblax: why was it fined?", "Zorblax: why was it fined?"),
        ("Zorblax, who is the mayor?", "Zorblax, who is the mayor?"),
        ("Why was ZORBLAX fined?", "Why was ZORBLAX fined?"),
        ("Why did Ann Lee sue ZORBLAX?", "Why did Ann Lee sue ZORBLAX?"),
        ("Was Ann Lee fined in Nara, Zorblaxia?", "Was Ann Lee fined in Nara, Zorblaxia?"),
        ("In Zorblax, who fined Ann Lee?", "In Zorblax, who fined Ann Lee?"),
        ("What did ALERT say of Ann Lee?", "What did ALERT say of Ann Lee?"),
    ],
)
def test_what_no_article_has_beside_a_complete_question_is_no_part_of_it(
    snapshot: Snapshot, question: str, asked: str
) -> None:
    assert without_set_apart(question, [snapshot], is_word) == asked


def test_it_is_not_searched_and_may_be_again_when_articles_have_it(snapshot: Snapshot) -> None:
    query = make_query("Hey! Jarvis, who fined Ann Lee", ("news",))
    understood = understand(query, [snapshot], is_word)
    assert understood.wording == "who fined Ann Lee?"
    assert not is_stable(query, understood, [snapshot], lambda _: True)
