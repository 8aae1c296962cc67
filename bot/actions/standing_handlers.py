"""The commands and buttons of standing questions."""

import re

from bot.actions.call import ButtonPress, Call, CommandCall
from bot.cards.card import Card
from bot.cards.notices import notice
from bot.chat.posting_pace import DAILY, MOST_DAILY, PostingPace, read_quiet, read_zone
from bot.chat.refusal import Refusal
from bot.standing.standing_cards import standing_card, standing_list_card
from bot.standing.standing_questions import StandingQuestions
from corpus.lazy_pattern import lazy_pattern

_MANAGING = lazy_pattern(
    r"\W*(?:list|show|mine|remove|delete|cancel|pause|resume|stop|목록|삭제|취소|중지|一覧|削除|停止|解除)"
    r"(?: (?:all|mine|it|#?\d+))?\W*",
    re.IGNORECASE,
)
"""What people type behind the command to see or change what they watch."""
TYPED = 60
"""The most characters of invalid input that are repeated in a message."""


async def watch(call: CommandCall) -> Card:
    """Set a standing question, or list them, with buttons to change them, if none is given or a word like
    "list" or "remove"."""
    arguments, request = call.arguments, call.request
    question, source = arguments.text("question"), arguments.text("source")
    if not source and (not question or _MANAGING.fullmatch(question)):
        return await _list(call)
    standing = await StandingQuestions(call.service).ask(
        request.caller,
        question,
        source=source,
        collection=arguments.text("collection"),
        private=arguments.flag("private"),
        pace=_pace(call),
    )
    return standing_card(standing, request.messages, request.venue, said="standing-set")


def _pace(call: CommandCall) -> PostingPace:
    """When the standing question may post. Raises Refusal for invalid input."""
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
    # A followed source gives a list of titles, so it is a daily digest unless something else is chosen.
    digest = arguments.flags.get("digest", not arguments.text("question") and not typed)
    return PostingPace(int(typed) if typed else DAILY, digest, quiet, zone)


async def _list(call: Call) -> Card:
    request = call.request
    found = await StandingQuestions(call.service).listed(request.caller)
    return standing_list_card(found, request.messages, request.canvas, request.venue)


async def follow(press: ButtonPress) -> Card:
    """Follow the story of an answer in its channel, or for the person alone if only they see the answer."""
    request = press.request
    standing = await StandingQuestions(press.service).follow(
        press.press.subject, request.caller, private=press.hidden
    )
    return standing_card(standing, request.messages, request.venue, said="standing-followed")


async def manage(press: ButtonPress) -> Card:
    """Show the standing question of a posting with its buttons, to those who may manage it."""
    return await _shown(press, press.press.subject)


async def choose(press: ButtonPress) -> Card:
    """Show the standing question that was chosen from the list."""
    if len(press.values) != 1:
        raise Refusal("bad-choice")
    return await _shown(press, press.values[0], listed=True)


async def _shown(press: ButtonPress, standing_id: str, *, listed: bool = False) -> Card:
    request = press.request
    standing = await StandingQuestions(press.service).managed(standing_id, request.caller)
    return standing_card(standing, request.messages, request.venue, listed=listed)


async def list_again(press: ButtonPress) -> Card:
    """Show the list instead of one standing question."""
    return await _list(press)


async def pause(press: ButtonPress) -> Card:
    """Pause a standing question."""
    request = press.request
    standing = await StandingQuestions(press.service).pause(press.press.subject, request.caller)
    return standing_card(standing, request.messages, request.venue, said="standing-is-paused", listed=True)


async def resume(press: ButtonPress) -> Card:
    """Resume a standing question."""
    request = press.request
    standing = await StandingQuestions(press.service).resume(press.press.subject, request.caller)
    return standing_card(standing, request.messages, request.venue, said="standing-is-resumed", listed=True)


async def remove(press: ButtonPress) -> Card:
    """Delete a standing question."""
    request = press.request
    await StandingQuestions(press.service).remove(press.press.subject, request.caller)
    return notice(request.messages("standing-removed"))
