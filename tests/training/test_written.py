"""Our own questions: their windows are put together from the sets, and their wording alone earns nothing."""

from pathlib import Path
from random import Random

import pytest

from retrieval.text.sentences import Span
from tests.training import questions
from training.examples import Example
from training.train import parts_of
from training.wording import with_lean
from training.written import WRITTEN, examples_of, written


def test_windows_and_answers_are_found_in_the_sets(tmp_path: Path) -> None:
    questions.write(tmp_path)
    found = written(questions.qamr(), questions.squad(), tmp_path / "written.jsonl")
    assert [one.question for one in found if one.document == "gone"] == []
    told = {one.question: one.window[slice(*one.answer)] for one in found if one.answer}
    assert told == {
        "who got the bridge going": "Ida Holm",
        "how many trains": "300",
        "who cut the ribbon": "Ida Holm",
        "who?": "Olga Berg",
    }


def test_held_questions_are_not_trained_on(tmp_path: Path) -> None:
    questions.write(tmp_path)
    found = examples_of(written(questions.qamr(), questions.squad(), tmp_path / "written.jsonl"), Random(0))
    assert "who?" not in {one.question for one in found}
    elsewhere = [one for one in found if one.kind == "elsewhere"]
    assert all(one.answer is None for one in elsewhere)


def test_a_question_elsewhere_has_another_window_without_the_answer(tmp_path: Path) -> None:
    questions.write(tmp_path)
    ours = written(questions.qamr(), questions.squad(), tmp_path / "written.jsonl")
    for seed in range(20):
        for one in examples_of(ours, Random(seed)):
            if one.kind == "elsewhere":
                assert one.question in {"who got the bridge going", "how many trains"}
                assert one.window in questions.SENTENCES
                assert not ("Ida" in one.window and "bridge" in one.question)


def test_the_second_epoch_has_them_twice(tmp_path: Path) -> None:
    questions.write(tmp_path)
    first, *halves = parts_of(tmp_path, None, 3, tmp_path / "written.jsonl")
    counts = [
        sum(one.question == "how many trains" and one.answer is not None for one in part)
        for part in (first, *halves)
    ]
    assert counts == [0, 1, 1]


def test_wording_that_tells_leans_and_other_wording_does_not() -> None:
    texts: list[tuple[str, Span | None]] = [(f"when did number {at} start", None) for at in range(40)]
    texts += [(f"who's the guy of number {at}", (0, 1)) for at in range(40)]
    texts += [(f"what is thing {at}", (0, 1) if at % 2 else None) for at in range(40)]
    found = with_lean([Example(text, "a b", answer, str(at), "") for at, (text, answer) in enumerate(texts)])
    leans = [one.lean for one in found]
    assert max(leans[:40]) < -1
    assert min(leans[40:80]) > 1
    assert sum(leans[80:]) / 40 == pytest.approx(0, abs=0.5)


def test_the_file_in_the_repository_is_sound() -> None:
    lines = WRITTEN.read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(set(lines))
    assert sum('"held": true' in line for line in lines) < len(lines) / 8
