"""Which messages are answered and how, and who may change an answer that stands."""

from datetime import timedelta

import pytest

from bot.actions.message_policy import Response, needs_earlier_answer, replaces_answer, response_to
from bot.chat.incoming_message import IncomingMessage
from bot.chat.preferences import AnswerPolicy

NAMED = IncomingMessage("Who met?", mentioned=True)
SILENT = IncomingMessage("", mentioned=True)
DIRECT = IncomingMessage("Who met?", direct=True)


@pytest.mark.parametrize(
    ("message", "answers", "checked", "unread", "response"),
    [
        (NAMED, AnswerPolicy.MENTIONS, None, False, Response.ANSWER),
        (NAMED, AnswerPolicy.COMMANDS, None, False, Response.COMMANDS_ONLY),
        (DIRECT, AnswerPolicy.COMMANDS, None, False, Response.ANSWER),
        (NAMED, AnswerPolicy.MENTIONS, "", False, Response.CHECK_HOW),
        (SILENT, AnswerPolicy.MENTIONS, "They met.", False, Response.ANSWER),
        (SILENT, AnswerPolicy.MENTIONS, None, False, Response.HELP),
        (SILENT, AnswerPolicy.MENTIONS, None, True, Response.MENTION_ME),
    ],
)
def test_a_message_that_is_meant_for_the_bot_gets_the_response_of_its_place(
    message: IncomingMessage, answers: AnswerPolicy, checked: str | None, unread: bool, response: Response
) -> None:
    assert response_to(message, answers, checked=checked, unread=unread) is response


@pytest.mark.parametrize(
    ("message", "edited", "days", "needs"),
    [
        (NAMED, False, 9, False),
        (NAMED, True, 0, False),
        (NAMED, True, 9, True),
        (DIRECT, True, 0, True),
    ],
)
def test_only_a_new_mention_becomes_a_question_by_being_edited(
    message: IncomingMessage, edited: bool, days: int, needs: bool
) -> None:
    assert needs_earlier_answer(message, edited=edited, age=timedelta(days=days)) is needs


def test_an_answer_is_replaced_for_its_asker_and_where_nobody_else_sees_it() -> None:
    assert replaces_answer(hidden=True, is_asker=False)
    assert replaces_answer(hidden=False, is_asker=True)
    assert not replaces_answer(hidden=False, is_asker=False)
