"""Which words a follow-up takes over from the question before."""

import pytest

from retrieval.question.followups.followup import follow_up
from retrieval.question.followups.previous_question import PreviousQuestion


def searched(question: str, before: PreviousQuestion) -> str:
    return follow_up(question, before).text


@pytest.mark.parametrize(
    ("before", "phrases", "question", "understood"),
    [
        ("What did Lee ban in March?", ("in March",), "why?", "why? Lee ban in March"),
        ("What did Lee ban in March?", ("in March",), "and in May?", "What did Lee ban in May?"),
        (
            "Who won in Nara according to The Post?",
            ("according to The Post", "The Post", ""),
            "and in Tokyo?",
            "and in Tokyo? won according to The Post",
        ),
        ("지난주 나라에서 누가 만났나?", ("지난주",), "왜?", "왜? 지난주 나라에서 만났나"),
    ],
)
def test_words_that_mean_something_only_together_stay_together(
    before: str, phrases: tuple[str, ...], question: str, understood: str
) -> None:
    assert searched(question, PreviousQuestion(before, phrases=phrases)) == understood


def test_what_a_question_takes_back_is_not_carried() -> None:
    before = PreviousQuestion(
        "why did he fly? Lee drums", ("Lee flew, and has drums.",), own="why did he fly?"
    )
    assert searched("no i meant why did he drive?", before) == "no i meant why did he drive? Lee drums"


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        ("where did she study? Takaichi Japan", "Is she married?", "Is she married? Takaichi Japan"),
        ("how long had he been flying? pilot", "who caught him?", "who caught him? pilot"),
        ("where did she study? Takaichi", "why did she do that?", "why did she do that? study Takaichi"),
        ("where did she study? Takaichi", "and when?", "and when? study Takaichi"),
        (
            "will it be lifted? ban Korea",
            "what does Japan say of it?",
            "what does Japan say of it? ban Korea",
        ),
    ],
)
def test_what_was_asked_of_a_pronoun_is_not_asked_again(before: str, question: str, understood: str) -> None:
    assert searched(question, PreviousQuestion(before)) == understood


def test_who_did_something_that_was_asked_in_between_is_not_asked_again() -> None:
    before = PreviousQuestion("who found the bones? mine", own="who found the bones?")
    assert searched("are they identified yet?", before) == "are they identified yet? bones mine"
    first = PreviousQuestion("who found the bones in the mine?")
    assert searched("are they identified?", first) == "are they identified? found bones mine"


def test_names_in_small_letters_that_stood_apart_are_not_one() -> None:
    before = PreviousQuestion("and moe? tell lee drums")

    def written(text: str) -> str:
        return text.replace("lee", "Lee").replace("moe", "Moe").replace("kim", "Kim")

    assert follow_up("did he sign?", before, written).text == "did he sign? moe, lee drums"
    assert follow_up("why was he with kim", before, written).text == "why was he with kim, moe, lee drums"
