"""Near misses: each of its kind, none answered by its window, and none the same question again."""

from collections import defaultdict
from random import Random

import pytest

from tests.training.questions import SENTENCES, qamr
from training.examples import Example
from training.near_misses import NearMisses, names
from training.sources import sentences

WINDOW = " ".join(SENTENCES)


def made(draws: int = 60) -> dict[str, list[Example]]:
    """Near misses by kind, over many draws."""
    rows = qamr()
    found: dict[str, list[Example]] = defaultdict(list)
    for seed in range(draws):
        misses = NearMisses(sentences(rows), Random(seed))
        for row in rows:
            for one in misses.of(row, row.context):
                found[one.kind].append(one)
    return found


FOUND = made()
KINDS = ("number", "name", "opposite", "asks another", "elsewhere", "alike")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_made_and_none_is_answered(kind: str) -> None:
    assert FOUND[kind]
    assert all(one.answer is None for one in FOUND[kind])


@pytest.mark.parametrize("kind", ["number", "name", "opposite", "asks another"])
def test_it_is_another_question_about_the_same_window(kind: str) -> None:
    asked = {row.question: row.context for row in qamr()}
    for one in FOUND[kind]:
        assert one.question not in asked
        assert one.window in asked.values()


@pytest.mark.parametrize("kind", ["elsewhere", "alike"])
def test_it_is_the_same_question_about_another_window(kind: str) -> None:
    rows = {row.question: row for row in qamr()}
    for one in FOUND[kind]:
        row = rows[one.question]
        assert row.answer
        assert row.context[slice(*row.answer)].casefold() not in one.window.casefold()


def test_another_number_is_not_in_the_window() -> None:
    for one in FOUND["number"]:
        assert "1961" in one.window
        assert "1961" not in one.question


def test_another_name_is_not_in_the_window_and_shares_no_word() -> None:
    for one in FOUND["name"]:
        for name in names(one.question):
            assert name not in one.window


def test_an_opposite_turns_one_word() -> None:
    assert {one.question for one in FOUND["opposite"]} >= {"Who opened the southern bridge?"}
    assert "Who closed the northern bridge?" in {one.question for one in FOUND["opposite"]}


def test_another_thing_is_asked_only_of_what_the_window_does_not_tell() -> None:
    for one in FOUND["asks another"]:
        assert one.question.split()[0] in {"When", "Where", "Why"}
        if "1961" in one.window:
            assert not one.question.startswith("When")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Who won a medal in Oslo?", ["Oslo"]),
        ("What did Ida Holm open?", ["Ida Holm"]),
        ("Bridges are long.", []),
        ("", []),
    ],
)
def test_names_are_capitals_that_no_sentence_begins_with(text: str, found: list[str]) -> None:
    assert names(text) == found
