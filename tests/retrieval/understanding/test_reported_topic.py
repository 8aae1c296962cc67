"""A topic of which an outlet's or a time's word is wanted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.understanding.reported_topic import LONGEST_REPORTED_TOPIC, reported_topic


def hint(kind: HintKind, words: str) -> Hint:
    return Hint(kind, words, HintUse.BOOST, name=words)


POST, MAY = hint(HintKind.SOURCE, "the Post"), hint(HintKind.DATES, "May 2024")
AGE = hint(HintKind.SOURCE, "the Age")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("What did the Post say about the Elbe bridge?", "the Elbe bridge"),
        ("what has the Post written in May 2024 about ferries", "ferries"),
        ("Anything in the Post on ferries?", "ferries"),
        ("the Post about ferries", "ferries"),
        ("What was reported in May 2024 about ferries?", "ferries"),
        ("What did they say about ferries in May 2024?", "ferries"),
        ("What happened to the ferry in May 2024?", "the ferry"),
        ("ferry news in late May 2024", "ferry"),
        ("May 2024 ferry", "ferry"),
        ("ferry May 2024", "ferry"),
        ("Compare the Post and the Age on ferries", "ferries"),
        ("the Post vs the Age on ferries", "ferries"),
        ("How many ferries did the Post say were late?", ""),
        ("What did the Post say about who was hurt on the ferry?", ""),
        ("Who sank in May 2024?", ""),
        ("What did the mayor of Nara promise in May 2024?", ""),
        ("What did the Post say about May 2024 and the Post?", ""),
        ("What was said about ferries?", ""),
        (f"What did the Post say about ferries{' ' * LONGEST_REPORTED_TOPIC}now?", ""),
    ],
)
def test_the_topic_is_found_where_nothing_else_is_asked(text: str, topic: str) -> None:
    assert reported_topic(text, (POST, AGE, MAY)) == topic


@given(st.text(max_size=2 * LONGEST_REPORTED_TOPIC))
def test_of_any_text_a_topic_is_a_piece(text: str) -> None:
    assert reported_topic(text, (POST, MAY)) in text
