"""Numbers of what is asked, and numbers of the same kind that are of something else."""

import pytest

from retrieval.reading.asked.counted_subject import is_of_asked


def of_asked(question: str, sentence: str, number: str, *around: str) -> bool:
    start = sentence.index(number)
    return is_of_asked(question, sentence, (start, start + len(number)), *around)


@pytest.mark.parametrize(
    ("question", "sentence", "number"),
    [
        ("how old is Berg", "Ida Berg is 61 years old and lives in Nara.", "61 years"),
        ("How old is Ida Berg?", "The 61-year-old Berg spoke.", "61-year"),
        ("how old is ida berg", "Nobody, not even Ida Berg, 61, knew.", "61"),
        ("How old was the mayor when Berg resigned?", "Ms. Berg, who was only 44 then.", "44"),
    ],
)
def test_an_age_beside_a_name_that_is_asked_for_is_of_it(question: str, sentence: str, number: str) -> None:
    assert of_asked(question, sentence, number)


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Berg met Moe, then 96 years old, at the harbour.", "96 years"),
        ("Berg ignored all demands to end the 3-year-old strike.", "3-year"),
        ("“I was silent,” the 28-year-old engineer told Berg.", "28-year"),
        ("Moe has doubts about Berg's age until he's 86 years old.", "86 years"),
        ("The attack on Jon Berg landed the 82-year-old in hospital.", "82-year"),
    ],
)
def test_an_age_beside_others_is_not(sentence: str, number: str) -> None:
    assert not of_asked("how old is Berg", sentence, number)


DEATHS = "how many people died in the Tofta fire"


@pytest.mark.parametrize(
    ("question", "sentence", "around", "of_it"),
    [
        (DEATHS, "The fire in Tofta killed 98 people.", (), True),
        (DEATHS, "At least 98 people were found dead.", ("Tofta saw its worst fire.",), True),
        (DEATHS, "At least 98 people were found dead.", ("", "Tofta counts the dead of the fire"), True),
        (DEATHS, "The fire in Nara killed 98 people.", (), False),
        (DEATHS, "The fires in Tofta killed 98 people in ten years.", (), False),
        (DEATHS, "The fire in Tofta made 98 people homeless.", (), False),
        (DEATHS, "The Tofta fire killed 98 people in Lunda, five in Vik and two in Nes.", (), False),
        ("How many tugs did Nara order?", "Nara ordered 98 tugs.", (), True),
        ("How many tugs did Nara order?", "Nara would have to order 98 tugs.", (), False),
        ("How many tugs does Nara need?", "Nara needs 98 tugs.", (), True),
        ("How many tugs did Nara order?", "It has 98 tugs.", ("", "Nara orders tugs"), False),
        ("how much does the Tofta ferry cost", "A ticket for the ferry to Tofta is 98 coins.", (), True),
        ("What is the death toll of the Tofta fire?", "Tofta's fire killed 98 people.", (), True),
    ],
)
def test_a_number_is_of_what_its_sentences_name(
    question: str, sentence: str, around: tuple[str, ...], of_it: bool
) -> None:
    assert of_asked(question, sentence, "98", *around) is of_it
