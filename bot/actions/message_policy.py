"""Which messages are answered and how, and who may change an answer that stands: decided without a look at
anything else."""

from datetime import timedelta
from enum import StrEnum

from bot.chat.incoming_message import IncomingMessage
from bot.chat.preferences import AnswerPolicy
from bot.chat.question_message import NEW_MENTION


class Response(StrEnum):
    """How a message that is meant for the bot is answered."""

    COMMANDS_ONLY = "commands-only"
    """Questions are asked by command alone there."""
    CHECK_HOW = "check-how"
    """It asks to check something, and does not say what."""
    MENTION_ME = "mention-me"
    """Its words did not reach the bot, which was not named in them."""
    HELP = "help"
    """It says nothing."""
    ANSWER = "answer"
    """It is a question, or names a message that is to be looked up."""


def response_to(
    message: IncomingMessage, answers: AnswerPolicy, *, checked: str | None, unread: bool = False
) -> Response:
    """How a message is answered that `is_meant` (`bot/chat/incoming_message.py`) lets through.

    `checked` are the words of another message that it asks to look up, empty if there are none, None if
    it asks nothing of the kind; `unread` is whether the platform keeps the words of such a message to itself.
    """
    if answers is AnswerPolicy.COMMANDS and not message.direct:
        return Response.COMMANDS_ONLY
    if checked == "":
        return Response.CHECK_HOW
    if checked or message.text:
        return Response.ANSWER
    return Response.MENTION_ME if unread else Response.HELP


def needs_earlier_answer(message: IncomingMessage, *, edited: bool, age: timedelta) -> bool:
    """Whether a message is answered only where an earlier state of it was: what was no question of the bot's,
    or one of long ago, becomes none by being edited."""
    return edited and not (message.mentioned and age < NEW_MENTION)


def replaces_answer(*, hidden: bool, is_asker: bool) -> bool:
    """Whether a search with other filters takes the place of the answer: of one's own, or of one that nobody
    else sees. Others get an answer for themselves."""
    return hidden or is_asker
