"""The jobs of questions: by command, in a message, and again after a crash."""

from functools import partial

from bot.actions.message_policy import Response
from bot.cards.articles import help_card
from bot.cards.card import Card
from bot.cards.notices import failure
from bot.cards.request import Request
from bot.chat.question_message import QuestionMessage
from bot.chat.question_request import QuestionRequest
from bot.dispatch.job import Job
from bot.dispatch.reply import Placement
from bot.service.service import Service


def command_job(service: Service, question: QuestionRequest) -> Job:
    """A question by command: counted and looked at before anybody else sees that it was asked."""

    async def check() -> None:
        service.questions.admit(question)

    private = service.access.is_private(question)
    return Job(
        Placement.PRIVATE if private else Placement.PUBLIC,
        partial(service.questions.ask, question, admitted=True),
        check,
        question=question,
    )


def message_job(
    service: Service,
    request: Request,
    response: Response,
    question: QuestionRequest,
    asked: QuestionMessage,
    place: str = "",
    *,
    administers: bool = False,
) -> Job:
    """What a message gets that is meant for the bot. `place` is the message of the answer to an earlier state
    of it, whose place the reply takes."""
    if response is Response.ANSWER:
        ask = partial(service.questions.ask, question)
        return Job(Placement.PUBLIC, ask, question=question, asked=asked, place=place)

    async def work() -> Card:
        if response is Response.HELP:
            return help_card(request.messages, administers=administers)
        return failure(request.messages(response.value))

    return Job(Placement.PUBLIC, work, asked=asked, place=place)


def recovered_job(
    service: Service, question: QuestionRequest, asked: QuestionMessage | None, place: str = ""
) -> Job:
    """A question that a crash had left; `asked` is the message that asks it, where it stands in one."""
    private = asked is None and service.access.is_private(question)
    placement = Placement.PRIVATE if private else Placement.PUBLIC
    ask = partial(service.questions.ask, question)
    return Job(placement, ask, question=question, asked=asked, place=place)
