import pytest

from retrieval.reading.answer_words import answer_words
from retrieval.reading.asked.lacking import lacks_asked
from retrieval.reading.asked.life_events import tells_no_asked_event
from retrieval.reading.asked.times import asks_when
from tests.retrieval.snapshots import article

ASKING = [
    "When did Ida Berg die?",
    "“When did Ida Berg die?”",
    "when did Ida Berg die",
    "In which year did Ida Berg die?",
    "On what day did Ida Berg die?",
    "Which week did Ida Berg die?",
    "What time did Ida Berg die?",
]


@pytest.mark.parametrize("question", ASKING)
def test_what_asks_for_a_time(question: str) -> None:
    assert asks_when(question)
    sentence = "Ida Berg was a nurse in Nara."
    assert lacks_asked(question, sentence, article("nara", sentence))
    assert tells_no_asked_event(question, sentence)
    assert (
        answer_words(question, sentence, (0, len(sentence)), (sentence.index("Nara"), len(sentence) - 1))
        is None
    )


@pytest.mark.parametrize("question", ["Who was there when Ida Berg died?", "Whenever did it?", "Which days?"])
def test_what_asks_for_none(question: str) -> None:
    assert not asks_when(question)
