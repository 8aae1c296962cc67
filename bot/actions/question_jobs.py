"""Builds the jobs of questions: from a command, from a message, and after a crash."""

from collections.abc import Callable
from functools import partial

from bot.actions.lookup_replies import looked_up
from bot.actions.message_policy import Response
from bot.answers.small_talk import small_talk
from bot.cards.articles import help_card
from bot.cards.card import Card
from bot.cards.notices import failure, notice
from bot.cards.quote_source_card import quote_source_card
from bot.cards.request import Request
from bot.chat.delivered_answer import DeliveredAnswer
from bot.chat.incoming_message import language_of
from bot.chat.question_message import QuestionMessage
from bot.chat.question_request import QuestionRequest
from bot.chat.refusal import LowConfidence
from bot.dispatch.job import Job
from bot.dispatch.reply import Placement
from bot.service.service import Service
from retrieval.question.remarks.remark import Remark, remark_of, remark_on_list

_OF_THE_ANSWER = frozenset({Remark.MORE, Remark.SOURCE, Remark.DOUBT})
"""The kinds of remarks whose reply depends on the answer before."""


def question_job(service: Service, request: Request, question: QuestionRequest) -> Job:
    """The job of a question by command: counted and validated before others see that it was asked."""
    remark = remark_in(question)

    async def check() -> None:
        if remark:
            await service.access.admit(question.caller)
        else:
            await service.questions.admit(question)

    private = remark is not None or service.access.is_private(question)
    return Job(
        Placement.PRIVATE if private else Placement.PUBLIC,
        partial(replied, service, request, question, admitted=True),
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
) -> Job:
    """The job of a message that is meant for the bot. `place` is the message of the answer to an earlier
    state of it, which the reply replaces."""
    if response is Response.ANSWER:
        reply = partial(replied, service, request, question)
        return Job(Placement.PUBLIC, reply, question=question, asked=asked, place=place)

    async def work() -> Card:
        if response is Response.HELP:
            return await help_for(service, request)
        return failure(request.messages(response.value))

    return Job(Placement.PUBLIC, work, asked=asked, place=place)


def recovered_job(
    service: Service,
    request: Request,
    question: QuestionRequest,
    asked: QuestionMessage | None,
    place: str = "",
) -> Job:
    """The job of a question that a crash left; `asked` is the message with it, if there is one."""
    private = asked is None and (remark_in(question) is not None or service.access.is_private(question))
    placement = Placement.PRIVATE if private else Placement.PUBLIC
    reply = partial(replied, service, request, question)
    return Job(placement, reply, question=question, asked=asked, place=place)


async def replied(
    service: Service, request: Request, question: QuestionRequest, *, admitted: bool = False
) -> Card | DeliveredAnswer:
    """The answer, the result of a lookup, or a reply to small talk, which counts as a question and is not
    stored.

    Raises what `Questions.ask` raises.
    """
    remark = remark_in(question)
    earlier = None
    on_list = None if remark else remark_in(question, remark_on_list)
    if (on_list or remark) in _OF_THE_ANSWER and question.addressed:
        earlier = await service.stored_answers.previous(question)
        if on_list and earlier and earlier.record.subject is not None:
            remark = on_list
        if remark is Remark.MORE and earlier and earlier.record.subject:
            remark = None  # more about the subject of a list is a question about it
    if remark is None:
        if question.addressed and not question.checked:
            if not admitted:
                await service.questions.admit(question)
            admitted = True
            if card := await looked_up(service, request, question):
                return card
        return await service.questions.ask(question, admitted=admitted)
    if admitted:
        service.access.check(question.venue)
    else:
        await service.access.admit(question.caller, addressed=question.addressed)
    if not question.addressed:
        raise LowConfidence("people are talking to one another")
    if not service.access.preferences(question.venue).language:
        request = request.spoken(language_of(question.text))
    if remark is Remark.ABILITY:
        return await help_for(service, request)
    if remark is Remark.MORE and earlier:
        following = await service.questions.go_on(question, earlier.record)
        return following or notice(request.messages("nothing-more"))
    if remark is Remark.SOURCE and earlier and earlier.record.kept:
        shown = service.stored_answers.reopened(earlier.record)
        return quote_source_card(shown, question.text, request.messages, request.canvas)
    if remark is Remark.DOUBT and earlier:
        return notice(request.messages("more-passages"))
    if remark is Remark.WRITE and (answer := await service.stored_answers.again(question)):
        return answer
    sources = await service.browsing.sources(question.venue)
    return notice(small_talk(remark, sources, request.messages, keep_days=service.options.keep.days))


def remark_in(question: QuestionRequest, read: Callable[[str], Remark | None] = remark_of) -> Remark | None:
    """The kind of small talk; None for a question, and for a message that is looked up."""
    narrowed = question.since or question.until or question.sources or question.collections
    return None if question.checked or narrowed else read(question.text)


async def help_for(service: Service, request: Request) -> Card:
    """What the bot can do for the person, with examples of what can be asked in the venue."""
    administers = service.access.administers(request.caller)
    examples = await service.browsing.examples(request.venue, request.messages)
    return help_card(request.messages, examples, administers=administers)
