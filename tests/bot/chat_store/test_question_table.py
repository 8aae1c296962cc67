from dataclasses import replace

from bot.chat.question_message import AnsweredState, QuestionMessage
from bot.chat_store.chat_store import ChatStore
from tests.bot.service.people import (
    CITY,
    CITY_OTHER,
    CITY_THREAD,
    DIRECT,
    TOWN,
)


def test_where_the_last_answer_of_a_question_stands_is_its_tenants_and_its_channels_alone(
    chat_store: ChatStore,
) -> None:
    first = QuestionMessage(CITY, "m1", "Who met in Nara?")
    assert chat_store.questions.answered(CITY, "m1") is None
    chat_store.questions.set_answered(first, "a1")
    assert chat_store.questions.answered(CITY, "m1") == AnsweredState("", first.words, "a1")
    for place in (CITY_OTHER, TOWN, DIRECT):
        assert chat_store.questions.answered(place, "m1") is None
    edited = replace(first, text="Who met in Seoul?", edited="2")
    chat_store.questions.set_answered(edited, "a1")
    assert chat_store.questions.answered(CITY_THREAD, "m1") == AnsweredState("2", edited.words, "a1")
