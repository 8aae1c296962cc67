"""Decides which messages are answered and how, and who may change an answer, without any lookup."""

from datetime import timedelta
from enum import StrEnum

from bot.chat.incoming_message import IncomingMessage
from bot.chat.preferences import AnswerPolicy
from bot.chat.question_message import NEW_MENTION


class Response(StrEnum):
    """How a message that is meant for the bot is answered."""

    COMMANDS_ONLY = "commands-only"
    """Only questions by command are answered there."""
    CHECK_HOW = "check-how"
    """It asks to check something, but not what."""
    MENTION_ME = "mention-me"
    """The platform did not send its text, because it does not mention the bot."""
    HELP = "help"
    """It is empty."""
    ANSWER = "answer"
    """It is a question, or refers to a message that is to be looked up."""


def response_to(
    message: IncomingMessage, answers: AnswerPolicy, *, checked: str | None, unread: bool = False
) -> Response:
    """How a message is answered that is meant for the bot (`is_meant` in `bot/chat/incoming_message.py`).

    `checked` is the text of another message that it asks to look up, empty if that can't be read, None if it
    does not ask for that; `unread` is whether the platform withholds its text.
    """
    if answers is AnswerPolicy.COMMANDS and not message.direct:
        return Response.COMMANDS_ONLY
    if checked == "":
        return Response.CHECK_HOW
    if checked or message.text:
        return Response.ANSWER
    return Response.MENTION_ME if unread else Response.HELP


def needs_earlier_answer(message: IncomingMessage, *, edited: bool, age: timedelta) -> bool:
    """Whether a message is only answered if an earlier state of it was: an edit does not turn a message into
    a question, unless it adds a mention and the message is recent."""
    return edited and not (message.mentioned and age < NEW_MENTION)


def replaces_answer(*, hidden: bool, is_asker: bool) -> bool:
    """Whether a search with other filters replaces the answer: for the asker, or if nobody else sees it.
    Others get a private answer."""
    return hidden or is_asker
