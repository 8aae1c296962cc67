"""Sending to Discord so that it arrives once, also where Discord is away for a while."""

import asyncio
import io
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import TypeVar

import aiohttp
import discord

from bot.cards.card import Card
from bot.discord.drawing.render import draw
from bot.dispatch.reply import Unshowable, Unsure

MESSAGE_LIFE = 5 * 60.0
"""Seconds after which a reply to a message is not worth sending any more; Discord knows a nonce for about as
long."""
FIRST_PAUSE = 1.0
"""Seconds from a try that failed to the next one; doubled each time."""
LONGEST_PAUSE = 15.0
"""Seconds between tries, at most: an outage of a minute is over within a quarter of it."""
CLOSED = frozenset({10003, 50001, 50013, 50083, 160005})
"""Its codes where nothing can be written: the channel is gone, can't be seen, can't be written in, or is a
thread that is archived or locked; not all of them come with the status for what is forbidden."""
GONE_PLACES = frozenset({10003})
"""Its codes where there is no such channel any more."""
NO_HISTORY = 160002
"""Its code where a reply may not refer to a message, since the bot may not read the channel's history."""
BAD_FORM = 50035
"""Its code for a request that it can't carry out as it is."""
GONE = 10008
"""Its code for a message that is not there any more."""
MODERATED = frozenset({200000, 240000})
"""Its codes where a server's moderation, or its filter of harmful links, does not take a message."""
UNCHANGEABLE = frozenset({GONE, 30046, *CLOSED})
"""Its codes where a message can't be edited any more: it is gone, was edited too often in the last hour, or
stands where the bot may do nothing."""
TOO_MANY = 429
BROKEN = 500
"""HTTP statuses: too many requests, and the first of those for which the server is to blame."""
UNREACHABLE = (aiohttp.ClientError, OSError, TimeoutError)
"""What is raised where Discord can't be reached."""

T = TypeVar("T")
_log = logging.getLogger(__name__)


async def persist(send: Callable[[], Awaitable[T]], until: float, pause: float = FIRST_PAUSE) -> T:
    """What `send` gives, tried again while Discord can't be reached or takes no more, up to the moment
    `until` (monotonic); the first pause is of that many seconds.

    Give it only what may be done twice: discord.py tries again by itself too.
    """
    while True:
        try:
            return await send()
        except (*UNREACHABLE, discord.HTTPException) as error:
            if (
                isinstance(error, discord.HTTPException)
                and error.status < BROKEN
                and error.status != TOO_MANY
            ):
                raise
            wait = max(pause, _wait_asked(error))
            if time.monotonic() + wait > until:
                raise
            _log.warning("Discord can't be reached (%s), trying again in %.1f s", type(error).__name__, wait)
            await asyncio.sleep(wait)
            pause = min(2 * pause, LONGEST_PAUSE)


def _wait_asked(error: Exception) -> float:
    """The seconds that a refusal asks to wait; discord.py itself obeys those that come from Discord's API,
    and not those of the guard before it."""
    headers = error.response.headers if isinstance(error, discord.HTTPException) else {}
    asked = headers.get("Retry-After", "")
    return float(asked) if asked.isascii() and asked.isdecimal() else 0.0


async def send_reply(
    channel: discord.abc.Messageable,
    reference: discord.MessageReference,
    card: Card,
    until: float,
    *,
    refers: bool = True,
) -> str:
    """Reply to a message, once; the reply's id, empty if the message was deleted meanwhile. Where the bot
    may not refer to it, the reply stands by itself. Raises Unshowable if the bot may not write there."""
    view, _ = draw(card)
    # The nonce makes Discord take a second try for the first one, and discord.py resends on its own.
    nonce = str(reference.message_id)

    async def send() -> discord.Message:
        if refers:
            return await channel.send(view=view, reference=reference, mention_author=False, nonce=nonce)
        return await channel.send(view=view, nonce=nonce)

    try:
        return str((await persist(send, until)).id)
    except discord.HTTPException as error:
        if refers and error.code == NO_HISTORY:
            return await send_reply(channel, reference, card, until, refers=False)
        if refers and error.code == BAD_FORM and "message_reference" in error.text:
            return ""
        if error.code in MODERATED:
            raise Unshowable("moderated") from error
        if isinstance(error, discord.Forbidden) or error.code in CLOSED:
            raise Unshowable from error
        raise


async def post_marked(
    channel: discord.abc.Messageable, card: Card, mark: str, until: float, pause: float = FIRST_PAUSE
) -> str:
    """Write in a channel, once for each mark; the message's id. Raises Unshowable if the bot may not write
    there, or not these words, and Unsure where Discord could not be reached: it may have arrived."""
    view, _ = draw(card)
    try:
        return str((await persist(lambda: channel.send(view=view, nonce=mark), until, pause)).id)
    except UNREACHABLE as error:
        raise Unsure from error
    except discord.HTTPException as error:
        if error.code in MODERATED:
            raise Unshowable("moderated") from error
        if error.code in GONE_PLACES:
            raise
        if isinstance(error, discord.Forbidden) or error.code in CLOSED:
            raise Unshowable from error
        if error.status >= BROKEN or error.status == TOO_MANY:
            raise Unsure from error
        raise


async def edit_reply(place: discord.PartialMessage, card: Card, until: float) -> str:
    """Put a card into the place of a reply of the bot's; its id, empty if it can't be changed any more.
    Raises Unshowable if these words are not taken."""
    view, _ = draw(card)
    try:
        return str((await persist(lambda: place.edit(view=view), until)).id)
    except discord.HTTPException as error:
        if error.code in MODERATED:
            raise Unshowable("moderated") from error
        if error.code not in UNCHANGEABLE:
            raise
        _log.info("an answer can't be changed any more (%d)", error.code)
        return ""


async def delete_message(client: discord.Client, channel: int, message: int) -> None:
    """Delete a message of the bot's, if it is still there and the bot still sees the channel."""
    with suppress(discord.NotFound, discord.Forbidden):
        place = client.get_partial_messageable(channel).get_partial_message(message)
        await persist(place.delete, time.monotonic() + MESSAGE_LIFE)


async def send_directly(person: discord.abc.Messageable, card: Card, about: int) -> None:
    """Send a person a direct message, once for each interaction or message that it is `about`."""
    view, files = draw(card)

    async def send() -> None:
        await person.send(view=view, files=copies(files), nonce=str(about))

    await persist(send, time.monotonic() + MESSAGE_LIFE)


def copies(files: Sequence[discord.File]) -> list[discord.File]:
    """The same files for one try: sending reads them to their end, and closes them."""
    copies = []
    for file in files:
        file.fp.seek(0)
        copies.append(discord.File(io.BytesIO(file.fp.read()), file.filename))
    return copies
