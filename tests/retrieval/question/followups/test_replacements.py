import re
from collections.abc import Sequence

import pytest

from retrieval.question.context import Dependence
from retrieval.question.followups.followup import FollowUp, follow_up
from retrieval.question.followups.previous_question import PreviousQuestion

OUTLETS = re.compile("(?:The |the )?(?:Verge|Engadget|Independent|TechCrunch)")


def outlets(text: str) -> Sequence[tuple[int, int]]:
    return [found.span() for found in OUTLETS.finditer(text)]


def followed(before: PreviousQuestion, question: str) -> FollowUp:
    return follow_up(question, before, outlets=outlets)


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        ("and Engadget?", "What did Engadget say about the Steam Deck?"),
        ("and the Independent?", "What did the Independent say about the Steam Deck?"),
        ("what about Engadget?", "What did Engadget say about the Steam Deck?"),
        ("according to TechCrunch?", "What did TechCrunch say about the Steam Deck?"),
        ("cool, and what did Engadget say about it?", "What did Engadget say about the Steam Deck?"),
    ],
)
def test_an_outlet_takes_the_place_of_the_one_before(question: str, understood: str) -> None:
    before = PreviousQuestion("What did The Verge say about the Steam Deck?", phrases=("The Verge",))
    assert followed(before, question) == FollowUp(understood, Dependence.CERTAIN)


@pytest.mark.parametrize(
    ("before", "phrases", "question"),
    [
        ("What did The Verge say about the Steam Deck?", (), "and Engadget?"),
        ("What did The Verge say about the Steam Deck?", ("The Verge",), "Engadget?"),
        ("What did The Verge say about the Steam Deck?", ("The Verge",), "Who founded Engadget?"),
        ("What did The Verge and TechCrunch say of it?", ("The Verge", "TechCrunch"), "and Engadget?"),
        ("What did The Verge say about the Steam Deck?", ("The Verge",), "new topic: and Engadget?"),
    ],
)
def test_an_outlet_takes_no_place_where_it_may_not_be_cited(
    before: str, phrases: tuple[str, ...], question: str
) -> None:
    assert not followed(PreviousQuestion(before, phrases=phrases), question).text.startswith("What did Eng")


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        ("Who is Caroline Ellison?", "I mean Gary Wang", "Who is Gary Wang?"),
        ("Who is Caroline Ellison?", "no i meant gary Wang", "Who is gary Wang?"),
        ("Did Ellison testify?", "no, Gary Wang", "Did Gary Wang testify?"),
        ("What did Ada Oro say of Paul Holm?", "not Oro, Ida Berg", "What did Ida Berg say of Paul Holm?"),
        ("What did Ada Oro say of Paul Holm?", "Ida Berg, not Holm", "What did Ada Oro say of Ida Berg?"),
        ("Is it Oro’s lamp?", "sorry i meant not Oro but Berg", "Is it Berg’s lamp?"),
        ("투탕카멘은 누구야?", "아니 투탕카멘 말고 람세스", "람세스는 누구야?"),
        ("람세스가 뭘 했어?", "람세스 말고 투탕카멘요", "투탕카멘이 뭘 했어?"),
        ("ツタンカーメンとは誰？", "ツタンカーメンじゃなくてラムセス", "ラムセスとは誰？"),
    ],
)
def test_a_name_takes_the_place_of_the_one_that_it_corrects(
    before: str, question: str, understood: str
) -> None:
    assert followed(PreviousQuestion(before), question) == FollowUp(understood, Dependence.CERTAIN)


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("What did Ada Oro say of Paul Holm?", "I meant Ida Berg"),
        ("Who is Ada Oro?", "not Holm, Berg"),
        ("Who is Ada Oro?", "No Country for Old Men"),
        ("Who is Ada Oro?", "no, in Berg"),
        ("Who is Ada Oro?", "no, her brother"),
        ("투탕카멘은 누구야?", "클레오파트라 말고 람세스"),
    ],
)
def test_a_correction_that_may_mean_another_name_takes_no_place(before: str, question: str) -> None:
    assert not followed(PreviousQuestion(before), question).text.endswith(before[-5:])


def test_a_correction_of_a_follow_up_is_read_as_its_own_words_were() -> None:
    before = PreviousQuestion("is Ada Oro in it? lamp Nara", own="is Ada Oro in it?")
    after = followed(before, "no, I meant Ida Berg")
    assert (after.text, after.asked) == ("is Ida Berg in it? lamp Nara", "is Ida Berg in it?")
