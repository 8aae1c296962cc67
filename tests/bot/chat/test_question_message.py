from dataclasses import replace

import pytest

from bot.chat.question_message import AnsweredState, QuestionMessage, place_for
from tests.bot.service.people import CITY, CITY_OTHER

FIRST = QuestionMessage(CITY, "m1", "Who met in Nara?")
EDITED = replace(FIRST, text="Who met in Seoul?", edited="2")


def standing(written: QuestionMessage, answer: str = "a1") -> AnsweredState:
    """What is remembered once that was answered."""
    return AnsweredState(written.edited, written.words, answer)


def test_what_was_never_answered_gets_an_answer_of_its_own() -> None:
    assert place_for(FIRST, None) == place_for(EDITED, None) == ""


def test_an_edit_takes_the_place_of_the_answer_that_stands() -> None:
    assert place_for(EDITED, standing(FIRST)) == "a1"
    again = replace(FIRST, edited="3")  # back to the first words
    assert place_for(again, standing(EDITED)) == "a1"


@pytest.mark.parametrize(
    ("written", "before"),
    [
        (FIRST, FIRST),
        (EDITED, EDITED),
        (FIRST, EDITED),  # the first comes again, or late
        (replace(FIRST, edited="2"), FIRST),
        (replace(FIRST, text=" Who  met in\nNara? ", edited="2"), FIRST),
    ],
    ids=["again", "edit again", "out of order", "no words changed", "white space"],
)
def test_nothing_is_answered_twice(written: QuestionMessage, before: QuestionMessage) -> None:
    assert place_for(written, standing(before)) is None


def test_a_question_that_was_refused_may_be_asked_again_by_an_edit() -> None:
    assert place_for(EDITED, standing(FIRST, answer="")) == ""


def test_each_state_of_each_message_of_each_channel_is_an_event_of_its_own() -> None:
    states = [FIRST, EDITED, replace(FIRST, message="m2"), replace(FIRST, venue=CITY_OTHER)]
    assert len({one.event for one in states}) == len(states)


def test_words_are_told_apart_without_being_kept() -> None:
    assert "Nara" not in FIRST.words
    assert FIRST.words != EDITED.words
    assert replace(FIRST, text="\ud800").words
