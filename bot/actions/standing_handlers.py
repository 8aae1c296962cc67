"""The commands and buttons of standing questions."""

from bot.actions.call import ButtonPress, Call, CommandCall
from bot.cards.card import Card
from bot.cards.notices import notice
from bot.chat.posting_pace import DAILY, MOST_DAILY, PostingPace, read_quiet, read_zone
from bot.chat.refusal import Refusal
from bot.standing.standing_cards import standing_card, standing_list_card
from bot.standing.standing_questions import StandingQuestions

TYPED = 60
"""Characters of what could not be read that are said."""


async def watch(call: CommandCall) -> Card:
    """Set a standing question, or list them where none is given."""
    arguments, request = call.arguments, call.request
    question, source = arguments.text("question"), arguments.text("source")
    if not question and not source:
        return await _list(call)
    standing = await StandingQuestions(call.service).ask(
        request.venue,
        request.person,
        question,
        source=source,
        collection=arguments.text("collection"),
        private=arguments.flag("private"),
        pace=_pace(call),
    )
    return standing_card(standing, request.messages, request.venue, said="standing-set")


def _pace(call: CommandCall) -> PostingPace:
    """When it may post. Raises Refusal if what was typed can't be read."""
    arguments = call.arguments
    typed = arguments.text("quiet")
    try:
        quiet = read_quiet(typed)
    except ValueError as error:
        raise Refusal("standing-bad-quiet", text=typed[:TYPED]) from error
    typed = arguments.text("zone")
    try:
        zone = read_zone(typed) if typed else call.request.person.zone
    except ValueError as error:
        raise Refusal("standing-bad-zone", text=typed[:TYPED]) from error
    typed = arguments.text("daily").strip()
    if typed and not (typed.isascii() and typed.isdecimal() and 1 <= int(typed) <= MOST_DAILY):
        raise Refusal("standing-bad-daily", text=typed[:TYPED], most=MOST_DAILY)
    # Titles of a source are a list: once a day, unless somebody wants it otherwise.
    digest = arguments.flags.get("digest", not arguments.text("question") and not typed)
    return PostingPace(int(typed) if typed else DAILY, digest, quiet, zone)


async def _list(call: Call) -> Card:
    request = call.request
    found = await StandingQuestions(call.service).listed(request.venue, request.person)
    return standing_list_card(found, request.messages, request.canvas, request.venue)


async def follow(press: ButtonPress) -> Card:
    """Follow the story of an answer, where it stands; for the person alone where they alone see it."""
    request = press.request
    standing = await StandingQuestions(press.service).follow(
        press.press.subject, request.venue, request.person, private=press.hidden
    )
    return standing_card(standing, request.messages, request.venue, said="standing-followed")


async def manage(press: ButtonPress) -> Card:
    """Show the one that posted a message, with its buttons, to who may use them."""
    return await _shown(press, press.press.subject)


async def choose(press: ButtonPress) -> Card:
    """Show the one that was chosen from the list."""
    if len(press.values) != 1:
        raise Refusal("bad-choice")
    return await _shown(press, press.values[0], listed=True)


async def _shown(press: ButtonPress, standing_id: str, *, listed: bool = False) -> Card:
    request = press.request
    standing = await StandingQuestions(press.service).managed(standing_id, request.venue, request.person)
    return standing_card(standing, request.messages, request.venue, listed=listed)


async def list_again(press: ButtonPress) -> Card:
    """All again, in the place of one."""
    return await _list(press)


async def pause(press: ButtonPress) -> Card:
    """Let it rest."""
    request = press.request
    standing = await StandingQuestions(press.service).pause(
        press.press.subject, request.venue, request.person
    )
    return standing_card(standing, request.messages, request.venue, said="standing-is-paused", listed=True)


async def resume(press: ButtonPress) -> Card:
    """Go on with it."""
    request = press.request
    standing = await StandingQuestions(press.service).resume(
        press.press.subject, request.venue, request.person
    )
    return standing_card(standing, request.messages, request.venue, said="standing-is-resumed", listed=True)


async def remove(press: ButtonPress) -> Card:
    """Forget it."""
    request = press.request
    await StandingQuestions(press.service).remove(press.press.subject, request.venue, request.person)
    return notice(request.messages("standing-removed"))
