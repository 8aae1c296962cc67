"""Near misses that a search finds: of other documents, nearest first, and without the answer's words."""

from random import Random

from retrieval.models.packaged import packaged_folder
from tests.training import questions
from training.examples import Example
from training.searched import NEAREST, SearchedWindows, windows_of

WINDOWS = [
    ("tern", "Ida Holm opened the northern bridge over the Tern."),
    ("skarv", "Olga Berg opened the southern bridge over the Skarv."),
    ("moss", "Ida Holm was born in Moss."),
    *((f"ships-{number}", f"Ship {number} was late.") for number in range(40)),
]
ASKED = Example("Who opened the bridge?", WINDOWS[0][1], (0, 8), "tern", "question")


def test_the_nearest_windows_of_other_documents_without_the_answer() -> None:
    search = SearchedWindows(WINDOWS, packaged_folder())
    found = [one for seed in range(40) for one in search.near_misses([(ASKED, "tern")], Random(seed))]
    assert {one.question for one in found} == {ASKED.question}
    assert {one.answer for one in found} == {None}
    windows = {one.window for one in found}
    assert WINDOWS[1][1] in windows
    assert not windows & {WINDOWS[0][1], WINDOWS[2][1]}
    assert len(windows) == NEAREST


def test_a_question_without_an_answer_gets_none() -> None:
    search = SearchedWindows(WINDOWS, packaged_folder())
    unanswered = Example("Who closed the bridge?", WINDOWS[0][1], None, "tern", "near miss")
    assert not list(search.near_misses([(unanswered, "tern")], Random(0)))
    assert not list(search.near_misses([], Random(0)))


def test_all_windows_are_searched() -> None:
    found = windows_of(questions.qamr(), questions.squad(), Random(0))
    assert {document for document, _ in found} == {"doc:one", "doc:two", "Tern"}
    told = " ".join(text for _, text in found)
    assert all(sentence in told for sentence in (*questions.SENTENCES, *questions.OTHER, "Ship 59 was late."))
