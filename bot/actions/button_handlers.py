"""The handlers of the buttons under an answer. Each checks permissions again, since buttons work for
weeks."""

from dataclasses import replace
from functools import partial

from bot.actions.call import ButtonPress
from bot.actions.corpus_changes import run_change
from bot.actions.message_policy import replaces_answer
from bot.cards.answers import why_card
from bot.cards.articles import article_card
from bot.cards.card import Card
from bot.cards.form import Field, Form
from bot.cards.notices import notice
from bot.cards.press import Press
from bot.cards.recheck_card import recheck_card
from bot.chat.delivered_answer import DeliveredAnswer
from bot.chat.refusal import Refusal
from bot.dispatch.job import Job, PrivateAnswer
from bot.dispatch.reply import Placement

REASONS = ("wrong", "old", "source", "missing", "other")
"""The kinds of faults that a person can report."""
REASON_LIMIT = 500
"""The most characters of a person's description of the fault."""


async def more(press: ButtonPress) -> Card | DeliveredAnswer:
    """The next quotes."""
    request = press.request
    found = await press.service.questions.more(press.press.subject, request.caller)
    return found or notice(request.messages("nothing-more"))


async def context(press: ButtonPress) -> DeliveredAnswer | PrivateAnswer:
    """The answer with the whole passage of one quote instead of its line, or with none for 0."""
    number = press.press.argument
    opened = await press.service.stored_answers.opened(
        press.press.subject, press.request.venue, int(number) if number.isdecimal() else 1
    )
    is_asker = press.request.person.id == opened.record.person
    return opened if replaces_answer(hidden=press.hidden, is_asker=is_asker) else PrivateAnswer(opened)


async def actions(press: ButtonPress) -> DeliveredAnswer:
    """The answer with all its buttons, or with one row of them; it always replaces the message, since some
    buttons only work there."""
    answer = await press.service.stored_answers.open(press.press.subject, press.request.venue)
    return replace(answer, all_buttons=press.press.act == "actions")


async def why(press: ButtonPress) -> Card:
    """Why each quote was chosen."""
    request = press.request
    answer = await press.service.stored_answers.open(press.press.subject, request.venue)
    if not answer.quotes:
        raise Refusal("quotes-gone")
    return why_card(answer, request.messages, request.canvas)


async def check_again(press: ButtonPress) -> Card:
    """Whether the quoted words are still in their articles."""
    request = press.request
    found = await press.service.rechecks.check(press.press.subject, request.venue)
    return recheck_card(found.checks, found.first, request.messages, request.canvas)


async def article(press: ButtonPress) -> Card:
    """A page of an article."""
    request, number = press.request, press.press.argument.partition("-")[0]
    found = await press.service.browsing.article_of_key(request.venue, press.press.subject)
    page = int(number) if number.isdecimal() else 1
    return article_card(found, page, request.messages, request.canvas)


async def vote_up(press: ButtonPress) -> Card:
    """Store a vote that an answer was helpful."""
    request = press.request
    await press.service.stored_answers.vote(press.press.subject, request.caller, helpful=True)
    return notice(request.messages("vote-thanks"))


async def reason_form(press: ButtonPress) -> Form:
    """The form to report what was wrong with an answer."""
    messages = press.request.messages
    kinds = tuple((kind, messages(f"reason-{kind}")) for kind in REASONS)
    return Form(
        messages("reason-title"),
        Press("reason", press.press.subject),
        (
            Field("kind", messages("reason-kind"), options=kinds),
            Field("words", messages("reason-text"), limit=REASON_LIMIT),
        ),
    )


async def vote_down(press: ButtonPress) -> Card:
    """Store a vote that an answer was wrong, with the reason."""
    request = press.request
    reason = ": ".join(part for part in press.values if part)[: 2 * REASON_LIMIT]
    await press.service.stored_answers.vote(press.press.subject, request.caller, helpful=False, reason=reason)
    return notice(request.messages("vote-thanks"))


async def cancel(press: ButtonPress) -> Card:
    """Confirm that nothing was done."""
    return notice(press.request.messages("cancelled"))


async def dismiss(press: ButtonPress) -> None:
    """Delete an answer, for its asker and moderators."""
    request = press.request
    await press.service.stored_answers.check_dismiss(press.press.subject, request.caller)
    await press.reply.remove()


async def widen(press: ButtonPress) -> DeliveredAnswer | PrivateAnswer:
    """The same question without one of its filters."""
    request, subject, questions = press.request, press.press.subject, press.service.questions
    is_asker = await press.service.stored_answers.is_asker(subject, request.caller)
    replaces = replaces_answer(hidden=press.hidden, is_asker=is_asker)
    answer = await questions.widen(
        subject,
        request.caller,
        press.press.argument,
        private=press.hidden or not replaces,
    )
    return answer if replaces else PrivateAnswer(answer)


def share(press: ButtonPress) -> Job:
    """Show a private answer to everybody."""
    request, subject, stored_answers = press.request, press.press.subject, press.service.stored_answers

    async def check() -> None:
        if not press.may_write:
            raise Refusal("cannot-write")
        await stored_answers.check_share(subject, request.caller)

    return Job(
        Placement.PUBLIC,
        partial(stored_answers.share, subject, request.caller),
        check,
        undo=partial(stored_answers.unshare, subject, request.venue),
        public=True,
        shared=request.person.name,
    )


async def add(press: ButtonPress) -> Card:
    """Add a page whose address was pasted, as the command does."""
    request, service = press.request, press.service
    address = await service.lookups.absent_address(press.press.subject, request.venue)
    collection = service.admin_rights.collection_for(request.venue)
    return await run_change(
        press,
        lambda progress: service.corpus_editor.add_address(request.caller, collection, address, progress),
    )


async def reload(press: ButtonPress) -> Card:
    """Reload the corpus, after the plan was shown."""
    request, force = press.request, press.press.argument == "force"
    corpus_editor = press.service.corpus_editor
    return await run_change(
        press,
        lambda progress: corpus_editor.reload(request.caller, progress, force=force),
        reloads=True,
    )
