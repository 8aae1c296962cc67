"""Replies to questions for a count, a list, the newest articles or one article."""

from bot.actions.call import ButtonPress
from bot.cards.articles import EACH, article_card, latest_card
from bot.cards.card import Card
from bot.cards.listing_card import absent_page_card, listing_card
from bot.cards.request import Request
from bot.chat.question_request import QuestionRequest
from bot.dispatch.job import Job
from bot.dispatch.reply import Placement
from bot.service.lookups import Listed, News
from bot.service.service import Service
from corpus.article import Article


async def looked_up(service: Service, request: Request, question: QuestionRequest) -> Card | None:
    """The card of a lookup; None for a question that has to be searched."""
    found = await service.lookups.find(question)
    messages, canvas = request.messages, request.canvas
    match found:
        case None:
            return None
        case Article():
            return article_card(found, 1, messages, canvas)
        case News():
            return latest_card(found.quotes, found.topic, messages, canvas, switch=not found.narrowed)
        case Listed():
            return listing_card(found.listing, found.answer_id, messages, canvas, found.names)
    administers = service.access.administers(request.caller)
    return absent_page_card(messages, found.answer_id, administers=administers)


async def next_listed(press: ButtonPress) -> Card:
    """The next articles of a list, for the person alone."""
    request, first = press.request, press.press.argument
    listed = await press.service.lookups.more(
        press.press.subject, request.caller, int(first) if first.isdecimal() else 0
    )
    return listing_card(listed.listing, listed.answer_id, request.messages, request.canvas, listed.names)


def reports(press: ButtonPress) -> Job:
    """The newest articles with every report of an event, or with one for each event; it replaces a message
    that only the person sees, and is otherwise a new one. It counts as a question, as the command does."""
    request, topic, browsing = press.request, press.press.argument, press.service.browsing
    each = press.press.subject == EACH

    async def work() -> Card:
        found = await browsing.latest(request.caller, topic, each=each)
        return latest_card(found, topic, request.messages, request.canvas, each=each)

    return Job(Placement.IN_PLACE if press.hidden else Placement.PRIVATE, work)
