"""A question's windows: each answer stands in its place, each rival has another anchor, and none is lost."""

import re
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.models.onnx_embedder import OnnxEmbedder
from tests.training import questions
from training.groups import Group, batches, kinds, qamr_groups, squad_groups
from training.nearest import Nearest
from training.rivals import anchored_question, anchors_of, replace_word, rival, rival_windows


@pytest.fixture(scope="module")
def made() -> list[Group]:
    """The groups of many draws."""
    model = OnnxEmbedder()
    known: dict[tuple[str, ...], Nearest] = {}

    def find(windows: Sequence[str]) -> Nearest:
        key = tuple(windows)
        if key not in known:
            known[key] = Nearest(windows, model)
        return known[key]

    found: list[Group] = []
    for seed in range(12):
        found += qamr_groups(questions.qamr(), 3, find, Random(seed))
        found += squad_groups(questions.squad(), find, Random(seed))
    return found


def test_an_answer_stands_in_its_place_and_only_there(made: list[Group]) -> None:
    answers = {questions.answer_of(row) for row in (*questions.qamr(), *questions.squad()) if row.answer}
    for group in made:
        for one in group:
            if one.answer:
                assert one.window[slice(*one.answer)] in answers
            elif one.kind == "nearest":
                right = next(other for other in group if other.answer)
                assert right.answer
                assert right.window[slice(*right.answer)].casefold() not in one.window.casefold()


def test_all_kinds_are_made(made: list[Group]) -> None:
    assert {"question", "rival", "beside its rival", "nearest", "near miss"} <= set(kinds(made))


def test_a_title_stands_before_some_windows(made: list[Group]) -> None:
    assert {one.window.startswith("Tern. ") for group in made for one in group} == {True, False}


@given(st.lists(st.integers(1, 5), max_size=40), st.integers(1, 9), st.integers(0, 99))
def test_batches_have_each_group_once(sizes: list[int], size: int, seed: int) -> None:
    example = questions.example("Who?", "Ida.")
    groups = [[example] * count for count in sizes]
    cut = list(batches(groups, size, 3, Random(seed)))
    assert sorted(len(group) for batch in cut for group in batch) == sorted(sizes)
    assert all(sum(map(len, batch[:-1])) < size for batch in cut if batch)


WINDOW = "Ida Holm opened the northern bridge over the Tern in 1961. It has two lanes."
SENTENCE = 0, 58


def test_a_question_that_hangs_on_nothing_gets_the_time_of_its_sentence() -> None:
    anchored = anchored_question("Who opened the northern bridge?", WINDOW, SENTENCE, (0, 8), Random(1))
    assert anchored
    assert anchored.question == "Who opened the northern bridge in 1961?"
    assert anchored.anchors == ["1961"]


def test_what_is_asked_for_is_not_given_away() -> None:
    assert anchored_question("When was it opened?", WINDOW, SENTENCE, (53, 57), Random(1)) is None


def test_a_rival_window_is_of_another_year_and_one_beside_it_still_answers() -> None:
    anchored = anchored_question(
        "Who opened the northern bridge in 1961?", WINDOW, SENTENCE, (0, 8), Random(1)
    )
    assert anchored
    for seed in range(8):
        other, *beside = rival_windows(
            anchored, WINDOW, (0, 8), SENTENCE, ["Ida Holm", "Jens Moe"], Random(seed)
        )
        assert other[1] is None
        assert "1961" not in other[0]
        [(window, span)] = beside
        assert span
        assert window[slice(*span)] == "Ida Holm"
        assert "Jens Moe opened the northern bridge" in window


@pytest.mark.parametrize(
    ("anchor", "kind"),
    [
        ("1961", r"19[57]\d|196\d"),
        ("300", r"\d+"),
        ("May", "[A-Z][a-z]+"),
        ("third", "[a-z]+"),
        ("Oslo", "Bergen"),
    ],
)
def test_a_rival_is_of_its_kind_and_not_in_the_text(anchor: str, kind: str) -> None:
    found = {
        rival(anchor, ["Oslo", "Bergen", "Ida Holm"], f"in {anchor}", Random(seed)) for seed in range(20)
    }
    assert all(one is not None and one != anchor for one in found)
    assert all(one is not None and re.fullmatch(kind, one) for one in found)


def test_without_another_one_there_is_no_rival() -> None:
    assert rival("Oslo", ["Oslo"], "in Oslo", Random(1)) is None


def test_words_are_replaced_whole() -> None:
    assert replace_word("In 1961 and 19610.", "1961", "1962") == "In 1962 and 19610."
    assert anchors_of("What did Ida Holm open in May 1961?") == ["May", "1961", "Ida Holm"]


def test_the_nearest_windows_are_of_the_subject_and_have_no_answer() -> None:
    near = Nearest(["A bridge was opened.", "The bridge was opened by Ida.", "Fish is sold."], OnnxEmbedder())
    assert near.of("Who opened the bridge?", without="ida", count=2) == [
        "A bridge was opened.",
        "Fish is sold.",
    ]
