"""The forms of a topic."""

import pytest

from retrieval.question.listing.topic import Topic, accented, doubled


@pytest.mark.parametrize(
    ("subject", "phrase", "words"),
    [
        ("the mayor's election", "mayor's election", ["mayor", "election"]),
        ("“life in Skarvik”", "life in Skarvik", ["life", "Skarvik"]),
        ("an oil spill", "oil spill", ["oil", "spill"]),
    ],
)
def test_a_topic_is_a_phrase_and_its_words(subject: str, phrase: str, words: list[str]) -> None:
    assert (Topic(subject).phrase, Topic(subject).words) == (phrase, words)


def test_only_capitals_make_several_words_one_name() -> None:
    assert Topic("Mina Berg").is_name
    assert not any(Topic(one).is_name for one in ("mina berg", "Berg", "Berg and Lund", "Storms in Jylland"))


def test_parts_are_needed_together_or_one_of_them_is_enough() -> None:
    assert [one.phrase for one in Topic("oil or the ferry").either] == ["oil", "ferry"]
    assert [one.phrase for one in Topic("Epic v. Google").both] == ["Epic", "Google"]
    assert [one.phrase for one in Topic("oil").both] == [one.phrase for one in Topic("oil").either] == ["oil"]


def test_near_forms_differ_by_accents_or_one_doubled_letter() -> None:
    assert "Beyoncé" in accented("Beyonce")
    assert "Beyonce" in accented("Beyoncé")
    assert "Vasilenkyy" in doubled("Vasilenky")
    assert "vasilenky" in doubled("vasilenkyy")
    assert not [*accented("ski"), *accented("大阪府庁"), *doubled("Anna"), *doubled("2024年の選挙")]
