"""Sends messages to Discord exactly once, also during short outages."""

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
from bot.dispatch.reply import OutcomeUnknown, Unshowable
from bot.runtime.backoff import is_temporary

MESSAGE_LIFE = 5 * 60.0
"""Seconds for which sending a reply to a message is retried; Discord remembers a nonce for about as long."""
FIRST_PAUSE = 1.0
"""Seconds between the first two attempts; doubled each time."""
LONGEST_PAUSE = 15.0
"""The most seconds between attempts, so that after an outage of a minute at most a quarter of it is lost."""
CLOSED = frozenset({10003, 50001, 50013, 50083, 160005})
"""Discord's error codes for a channel in which the bot can't write: it is deleted, hidden, read-only, or an
archived or locked thread. Not all of them have status 403."""
GONE_PLACES = frozenset({10003})
"""Discord's error codes for a channel that no longer exists."""
NO_HISTORY = 160002
"""Discord's error code for a reply that references a message without the permission to read the history."""
BAD_FORM = 50035
"""Discord's error code for an invalid request."""
GONE = 10008
"""Discord's error code for a message that no longer exists."""
MODERATED = frozenset({200000, 240000})
"""Discord's error codes for a message that the server's moderation, or Discord's filter of harmful links,
refuses."""
UNCHANGEABLE = frozenset({GONE, 30046, *CLOSED})
"""Discord's error codes for a message that can't be edited any more: it is gone, was edited too often in the
last hour, or is where the bot can't write."""
UNREACHABLE = (aiohttp.ClientError, OSError, TimeoutError)
"""The exceptions that mean that Discord can't be reached."""

T = TypeVar("T")
_log = logging.getLogger(__name__)


async def persist(send: Callable[[], Awaitable[T]], until: float, pause: float = FIRST_PAUSE) -> T:
    """The result of `send`, retried while Discord can't be reached or limits the rate, until the time `until`
    (monotonic); `pause` is the first pause in seconds.

    `send` must be idempotent; discord.py retries too.
    """
    while True:
        try:
            return await send()
        except (*UNREACHABLE, discord.HTTPException) as error:
            if isinstance(error, discord.HTTPException) and not is_temporary(error.status):
                raise
            wait = max(pause, _wait_asked(error))
            if time.monotonic() + wait > until:
                raise
            _log.warning("Discord can't be reached (%s), trying again in %.1f s", type(error).__name__, wait)
            await asyncio.sleep(wait)
            pause = min(2 * pause, LONGEST_PAUSE)


def _wait_asked(error: Exception) -> float:
    """The seconds in `Retry-After`; 0 without it. discord.py obeys that of Discord's API, but not that of the
    proxy in front of it."""
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
    """Reply to a message, once; returns the reply's id, empty if the message was deleted. If the bot may not
    reference the message, the reply is sent without a reference. Raises Unshowable if the bot may not write
    there."""
    view, _ = draw(card)
    # With the nonce Discord recognises a retry, whether it is ours or discord.py's.
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
    """Post to a channel, once for each mark; returns the message's id. Raises Unshowable if the bot may not
    write there, or not these words, and OutcomeUnknown if the message may have been posted."""
    view, _ = draw(card)
    try:
        return str((await persist(lambda: channel.send(view=view, nonce=mark), until, pause)).id)
    except UNREACHABLE as error:
        raise OutcomeUnknown from error
    except discord.HTTPException as error:
        if error.code in MODERATED:
            raise Unshowable("moderated") from error
        if error.code in GONE_PLACES:
            raise
        if isinstance(error, discord.Forbidden) or error.code in CLOSED:
            raise Unshowable from error
        if is_temporary(error.status):
            raise OutcomeUnknown from error
        raise


async def edit_reply(place: discord.PartialMessage, card: Card, until: float) -> str:
    """Replace the content of a reply of the bot's; returns its id, empty if it can't be edited any more.
    Raises Unshowable if these words are refused."""
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
    """Delete a message of the bot's if it exists and the bot still sees the channel."""
    with suppress(discord.NotFound, discord.Forbidden):
        place = client.get_partial_messageable(channel).get_partial_message(message)
        await persist(place.delete, time.monotonic() + MESSAGE_LIFE)


async def send_directly(person: discord.abc.Messageable, card: Card, about: int) -> None:
    """Send a direct message, once for each interaction or message that it is `about`."""
    view, files = draw(card)

    async def send() -> None:
        await person.send(view=view, files=copies(files), nonce=str(about))

    await persist(send, time.monotonic() + MESSAGE_LIFE)


def copies(files: Sequence[discord.File]) -> list[discord.File]:
    """Copies of the files for one attempt, since sending reads and closes them."""
    copies = []
    for file in files:
        file.fp.seek(0)
        copies.append(discord.File(io.BytesIO(file.fp.read()), file.filename))
    return copies
