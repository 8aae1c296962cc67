"""What is learned from: windows with answers in their places, and windows of the same paragraph without."""

from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.sentences import sentence_spans
from tests.training import questions
from training.sources import qamr, rows, squad
from training.windows import WINDOW, overlapping


def test_a_file_gives_its_questions(tmp_path: Path) -> None:
    questions.write(tmp_path)
    assert list(rows(tmp_path / "qamr.jsonl.gz")) == questions.qamr()
    assert list(rows(tmp_path / "squad2.jsonl.gz")) == questions.squad()


@given(st.integers(0, 10_000))
def test_an_answer_stands_in_its_window(seed: int) -> None:
    rng = Random(seed)
    found = list(qamr(questions.qamr(), rng))
    assert len(found) == len(questions.qamr())
    for row, window, (start, end) in found:
        assert row.answer
        assert window[start:end] == row.context[slice(*row.answer)]
        assert row.context in window


@given(st.integers(0, 10_000))
def test_a_paragraphs_windows_answer_or_do_not(seed: int) -> None:
    found = list(squad(questions.squad(), Random(seed)))
    kinds = [one.kind for one in found]
    assert kinds.count("near miss") == 2
    assert kinds.count("elsewhere") == 1
    for one in found:
        if one.kind == "question":
            assert one.answer
            assert one.window[slice(*one.answer)] == "Jens Moe"
        elif one.kind == "elsewhere":
            assert "Jens Moe" not in one.window


@given(st.lists(st.integers(1, 300), max_size=20))
def test_windows_overlap_and_hold_every_sentence(lengths: list[int]) -> None:
    text = " ".join("a" * length + "." for length in lengths)
    sentences = sentence_spans(text, "en")
    cut = overlapping(sentences)
    assert all(any(start <= one[0] and one[1] <= end for start, end in cut) for one in sentences)
    assert all(end - start <= max(WINDOW, 302) for start, end in cut)
