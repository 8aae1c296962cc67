"""The reader that is installed: what it says of real questions, and that no other file is taken for it."""

from pathlib import Path

import pytest

import retrieval.reading.packaged_reader
from corpus.errors import ModelUnavailable
from retrieval.reading.chosen_reader import chosen_reader
from retrieval.reading.packaged_reader import packaged_reader
from retrieval.reading.reader import Reader
from tests.retrieval.reading.passages import passage

FERRY = (
    "The old bridge over the Tern closed on Monday. Engineers found cracks in two of its pillars. "
    "Three extra ferries will run until it opens again, and a crossing costs two coins. "
    "Mayor Ida Holm said the repairs would take until May."
)
FESTIVAL = "The lantern festival drew forty thousand visitors. Its organisers want to hold it every year."


@pytest.fixture(scope="module")
def reader() -> Reader:
    found = chosen_reader("packaged")
    assert found
    return found


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("How much does a crossing cost?", "Three extra ferries"),
        ("Who said the repairs would take until May?", "Mayor Ida Holm"),
        ("What did engineers find?", "Engineers found"),
        ("When did the bridge close?", "The old bridge"),
    ],
)
def test_it_knows_the_passage_and_the_sentence_that_answer(
    reader: Reader, question: str, answers: str
) -> None:
    right, wrong = reader.read(question, [passage(FERRY), passage(FESTIVAL)])
    assert right.score > wrong.score
    best = max(right.sentences, key=right.sentences.__getitem__)
    assert FERRY[slice(*best)].startswith(answers)


@pytest.mark.parametrize(
    ("asked", "not_told"),
    [
        ("Who said the repairs would take until May?", "Who designed the old bridge?"),
        ("How much does a crossing cost?", "How much do the repairs cost?"),
        ("When did the bridge close?", "When was the mayor born?"),
    ],
)
def test_it_is_less_sure_where_the_subject_is_right_and_the_answer_is_not_there(
    reader: Reader, asked: str, not_told: str
) -> None:
    (answered,), (missed,) = (reader.read(question, [passage(FERRY)]) for question in (asked, not_told))
    assert answered.score > missed.score


def test_what_it_says_of_a_passage_does_not_depend_on_the_others(reader: Reader) -> None:
    question = "How much does a crossing cost?"
    [alone] = reader.read(question, [passage(FERRY)])
    _, beside = reader.read(question, [passage(FESTIVAL * 8), passage(FERRY)])
    assert beside == alone


def test_nothing_is_read_where_there_is_nothing(reader: Reader) -> None:
    assert reader.read("Who?", []) == []
    assert reader.read("Who?", [passage("", 0, 0)])[0].score == float("-inf")


@pytest.mark.parametrize("question", ["", "?", "who " * 400, "\U0001f600", "\x00"])
def test_any_question_is_read(reader: Reader, question: str) -> None:
    [reading] = reader.read(question, [passage(FERRY)])
    assert reading.score == reading.score  # a number
    assert len(reading.sentences) == 4


def test_another_file_is_not_taken_for_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other = tmp_path / "reader.onnx"
    other.write_bytes(b"something else")
    monkeypatch.setattr(retrieval.reading.packaged_reader, "weights_path", lambda: other)
    with pytest.raises(ModelUnavailable, match=r"not the file .* NEWSDESK_READER=none"):
        packaged_reader()


def test_where_it_is_missing_that_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(retrieval.reading.packaged_reader, "weights_path", lambda: tmp_path / "reader.onnx")
    with pytest.raises(ModelUnavailable, match="is missing: install Newsdesk again"):
        packaged_reader()
