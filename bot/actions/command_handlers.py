"""The handlers of the commands that everybody may use."""

from bot.actions.call import CommandCall
from bot.actions.question_jobs import help_for, question_job
from bot.cards.articles import article_card, latest_card, sources_card
from bot.cards.card import Card
from bot.chat.question_request import QuestionRequest
from bot.dispatch.job import Job
from bot.dispatch.reply import Placement


def ask(call: CommandCall) -> Job:
    """Answer a question."""
    arguments = call.arguments
    source, collection = arguments.text("source"), arguments.text("collection")
    question = QuestionRequest(
        call.request.venue,
        call.request.person,
        arguments.text("question"),
        since=arguments.text("since"),
        until=arguments.text("until"),
        sources=(source,) if source else (),
        collections=(collection,) if collection else (),
        private=arguments.flags.get("private"),
    )
    return question_job(call.service, call.request, question)


def check(call: CommandCall) -> Job:
    """Look up the text of a message, for the person alone."""
    request, text = call.request, call.arguments.text("text")
    question = QuestionRequest(
        request.venue, request.person, text, private=True, message=call.message, checked=True
    )
    return question_job(call.service, request, question)


def latest(call: CommandCall) -> Job:
    """The newest articles, also about a topic."""
    request, topic, browsing = call.request, call.arguments.text("topic"), call.service.browsing
    each = call.arguments.flag("all")

    async def admit() -> None:
        await browsing.admit(request.caller, topic)

    async def work() -> Card:
        found = await browsing.latest(request.caller, topic, each=each, admitted=True)
        return latest_card(found, topic, request.messages, request.canvas, each=each)

    private = call.service.access.preferences(request.venue).private
    return Job(Placement.PRIVATE if private else Placement.PUBLIC, work, admit)


async def sources(call: CommandCall) -> Card:
    """The sources that are searched."""
    request = call.request
    found = await call.service.browsing.sources(request.venue)
    return sources_card(found, request.messages, request.canvas)


async def article(call: CommandCall) -> Card:
    """A whole article."""
    request = call.request
    found = await call.service.browsing.article(request.venue, call.arguments.text("article"))
    return article_card(found, 1, request.messages, request.canvas)


async def help_(call: CommandCall) -> Card:
    """What the bot can do for the person."""
    return await help_for(call.service, call.request)
