from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.understanding.citations import without_citation

POST = Hint(HintKind.SOURCE, "The Post", HintUse.FILTER, name="The Post")


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("According to The Post, who won?", "who won?"),
        ("As per The Post: who won?", "who won?"),
        ("according to the post who won", "who won"),
        ("According to The Post's latest report, who won?", "who won?"),
        ("According to “The Post”, who won?", "who won?"),
        ("Who won, according to The Post?", "Who won?"),
        ("Why, according to The Post, did Ana win?", "Why did Ana win?"),
        ("The Post에 따르면, 누가 이겼어?", "누가 이겼어?"),
        ("The Postによると、誰が勝った？", "誰が勝った？"),
        ("Who won at The Post?", "Who won at The Post?"),
        ("According to The Posted, who won?", "According to The Posted, who won?"),
        ("According to The Post", "According to The Post"),
    ],
)
def test_only_the_words_that_cite_the_outlet_go(question: str, left: str) -> None:
    assert without_citation(question, [POST]) == left


@pytest.mark.parametrize(
    "hint",
    [replace(POST, use=HintUse.BOOST), replace(POST, kind=HintKind.AUTHOR), replace(POST, words="Ana")],
)
def test_an_outlet_that_does_not_limit_the_search_stays(hint: Hint) -> None:
    question = "According to The Post, who won?"
    assert without_citation(question, [hint]) == question


@given(st.text(), st.text(min_size=1))
def test_any_text_keeps_its_words(question: str, name: str) -> None:
    left = without_citation(question, [replace(POST, words=name)])
    assert bool(left.strip()) == bool(question.strip())
