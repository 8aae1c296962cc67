"""Sending to Discord so that it arrives once, also where Discord is away for a while."""

import asyncio
import io
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar, cast

import aiohttp
import discord

from bot.cards.card import Attached, Card, Shape, Tone, markup
from bot.chat.refusal import Refusal
from bot.discord.api.permissions import rights_at_interaction
from bot.discord.drawing.render import draw
from bot.service.dispatcher import Unshowable

TOKEN_LIFE = 14 * 60.0
"""Seconds that an interaction can be answered for: Discord's 15 minutes, less one for clocks that differ."""
MESSAGE_LIFE = 5 * 60.0
"""Seconds after which a reply to a message is not worth sending any more; Discord knows a nonce for about as
long."""
FIRST_PAUSE = 1.0
"""Seconds from a try that failed to the next one; doubled each time."""
LONGEST_PAUSE = 15.0
"""Seconds between tries, at most: an outage of a minute is over within a quarter of it."""
ACK_LIFE = 2.5
"""Seconds after which an interaction is not worth acknowledging any more: it is void after 3."""
ACK_TRY = 1.2
"""Seconds that one try at it may take, so that there is time for two. On a busy machine 200 at once take one
each, and trying again too soon would make it busier."""
ACK_PAUSE = 0.2
"""Seconds between the two; where they fail at once there is time for more."""
ALREADY_ACKNOWLEDGED = 40060
"""The code of Discord for an interaction that was acknowledged before."""
CLOSED = frozenset({10003, 50001, 50013, 50083, 160005})
"""Its codes where nothing can be written: the channel is gone, can't be seen, can't be written in, or is a
thread that is archived or locked; not all of them come with the status for what is forbidden."""
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
VOID = frozenset({10015, 50027})
"""Its codes for an interaction that can't be answered any more: its webhook is gone, or its token invalid."""
TOO_MANY = 429
BROKEN = 500
"""HTTP statuses: too many requests, and the first of those for which the server is to blame."""
UNREACHABLE = (aiohttp.ClientError, OSError, TimeoutError)
"""What is raised where Discord can't be reached."""

ORIGINAL = cast(int, "@original")
"""The message that an interaction's token stands for: discord.py means a message's id there, and the address
takes this name for it as well."""

Tell = Callable[[Card], Awaitable[None]]
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


class TokenReply:
    """The answer to an interaction by its token, also where the interaction itself is gone with a crash: a
    message that was promised and is filled in by edits, which may be repeated."""

    def __init__(self, webhook: discord.Webhook, life: float = TOKEN_LIFE, tell: Tell | None = None) -> None:
        """`life` is how many seconds are left; `tell` says a card to the person where the token does not."""
        self._webhook = webhook
        self._tell = tell
        self._until = time.monotonic() + life

    async def show(self, card: Card) -> str:
        """Fill in or change the message; its id."""
        view, files = draw(card)

        async def edit() -> discord.WebhookMessage:
            return await self._webhook.edit_message(ORIGINAL, view=view, attachments=_copies(files))

        try:
            return str((await persist(edit, self._until)).id)
        except discord.HTTPException as error:
            if error.code in MODERATED:
                raise Refusal("moderated") from error
            raise

    async def aside(self, card: Card) -> str:
        """Say something to the person alone, beside the message; its id. Where Discord does not say whether
        it arrived it is said again: rather twice than never."""
        view, _ = draw(card)
        message = await persist(lambda: self._webhook.send(view=view, ephemeral=True, wait=True), self._until)
        return str(message.id)

    async def instead(self, card: Card) -> None:
        """Say it to the person alone, and take away the message for all that was promised in its place."""
        # First, because what follows takes the place of a message that is only promised, and is then for all.
        await self.delete()
        try:
            await self.aside(card)
        except discord.HTTPException as error:
            if error.code not in VOID | {GONE} or self._tell is None:
                raise
            await self._tell(card)

    async def delete(self) -> None:
        """Take away the message that was pressed, or the answer that was shown."""
        with suppress(discord.NotFound):  # a try whose answer was lost has done it
            await persist(lambda: self._webhook.delete_message(ORIGINAL), self._until)


class InteractionReply(TokenReply):
    """The same, with the interaction at hand: it is acknowledged at once."""

    def __init__(self, interaction: discord.Interaction) -> None:
        """Nothing is sent yet."""
        super().__init__(interaction.followup, tell=self._directly)
        self.interaction = interaction

    async def acknowledge(self, *, private: bool) -> bool:
        """Say that an answer will come in a new message; False where it is too late to say anything."""
        response = self.interaction.response
        return await self._acknowledged(lambda: response.defer(ephemeral=private, thinking=True))

    async def acknowledge_change(self) -> bool:
        """Say that the message which was pressed will change, or nothing to be seen."""
        return await self._acknowledged(lambda: self.interaction.response.defer())

    async def refuse(self, card: Card) -> bool:
        """Answer at once and to the person alone, so that nobody else sees that anything was asked; False
        where it is too late to say anything."""
        view, _ = draw(card)
        response = self.interaction.response
        return await self._acknowledged(lambda: response.send_message(view=view, ephemeral=True))

    async def _acknowledged(self, respond: Callable[[], Awaitable[object]]) -> bool:
        tries = 0

        async def soon() -> None:
            nonlocal tries
            tries += 1
            await asyncio.wait_for(respond(), ACK_TRY)

        try:
            await persist(soon, time.monotonic() + ACK_LIFE, ACK_PAUSE)
        except TimeoutError:
            # It may have arrived, and then somebody waits for more; if not, the answer finds no place.
            return True
        except discord.HTTPException as error:
            if error.code == ALREADY_ACKNOWLEDGED:
                # Either our first try arrived and its answer was lost, or another connection has it: the one
                # that was first to claim the event goes on.
                if tries == 1:
                    _log.warning(
                        "an interaction was acknowledged before: does another process use this token? Then "
                        "stop one of the two, or people get what they ask for twice"
                    )
                return True
            _log.warning("an interaction could not be acknowledged: %s (%s)", error.code, error.status)
            return False
        except UNREACHABLE as error:
            _log.warning("an interaction could not be acknowledged: %s", type(error).__name__)
            return False
        return True

    async def show(self, card: Card) -> str:
        """Fill in or change the message; its id. Files that may not be attached there are sent directly."""
        files = [part for part in card.parts if isinstance(part, Attached)]
        if not files or rights_at_interaction(self.interaction).may_attach:
            return await super().show(card)
        words = (
            markup(part.elsewhere, Shape.SMALL) if isinstance(part, Attached) else part for part in card.parts
        )
        shown = await super().show(replace(card, parts=tuple(words)))
        try:
            await send_directly(self.interaction.user, Card(Tone.NEUTRAL, tuple(files)), self.interaction.id)
        except (*UNREACHABLE, discord.HTTPException) as error:
            _log.warning("a file could be sent neither there nor directly: %s", type(error).__name__)
        return shown

    async def show_progress(self, card: Card) -> None:
        """Change the message to what is soon out of date: it is tried once, and not missed where it fails."""
        if time.monotonic() > self._until:
            return
        try:
            await self.interaction.edit_original_response(view=draw(card)[0])
        except (*UNREACHABLE, discord.HTTPException) as error:
            _log.warning("progress could not be shown (%s)", type(error).__name__)

    async def conclude(self, card: Card) -> None:
        """What came of something that may have lasted longer than Discord lets the message be changed; then
        it is a direct message."""
        try:
            await self.show(card)
        except discord.HTTPException as error:
            if error.code not in VOID:
                raise
            await self._directly(card)

    async def _directly(self, card: Card) -> None:
        await send_directly(self.interaction.user, card, self.interaction.id)

    async def apologise(self, card: Card) -> None:
        """Say it to the person alone, whatever was said or promised before."""
        response = self.interaction.response
        if not response.is_done():
            try:
                await response.send_message(view=draw(card)[0], ephemeral=True)
            except discord.HTTPException as refused:
                if refused.code != ALREADY_ACKNOWLEDGED:  # it was, and Discord's word on it was lost
                    raise
            else:
                return
        with suppress(discord.NotFound):
            if (await self.interaction.original_response()).flags.loading:
                await self.delete()
        await self.aside(card)


class MessageReply:
    """The answer to a message: a reply that pings nobody."""

    def __init__(self, message: discord.Message, place: str = "", *, refers: bool = True) -> None:
        """Nothing is sent yet; `place` is the reply whose place it takes, and `refers` is whether the bot may
        refer to the message."""
        self._message = message
        self._place = place
        self._refers = refers
        self._until = time.monotonic() + MESSAGE_LIFE

    async def show(self, card: Card) -> str:
        """As `send_reply`, or `edit_reply`."""
        if self._place:
            place = discord.PartialMessage(channel=self._message.channel, id=int(self._place))
            return await edit_reply(place, card, self._until)
        reference = discord.MessageReference.from_message(self._message)
        return await send_reply(self._message.channel, reference, card, self._until, refers=self._refers)


async def send_reply(
    channel: discord.abc.Messageable,
    reference: discord.MessageReference,
    card: Card,
    until: float,
    *,
    refers: bool = True,
) -> str:
    """Reply to a message, once; the reply's id, empty where the message was deleted meanwhile. Where the bot
    may not refer to it, the reply stands by itself. Raises Unshowable where the bot may not write there."""
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


async def edit_reply(place: discord.PartialMessage, card: Card, until: float) -> str:
    """Put a card into the place of a reply of the bot's; its id, empty where it can't be changed any more.
    Raises Unshowable where these words are not taken."""
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
        await person.send(view=view, files=_copies(files), nonce=str(about))

    await persist(send, time.monotonic() + MESSAGE_LIFE)


def _copies(files: Sequence[discord.File]) -> list[discord.File]:
    """The same files for one try: sending reads them to their end, and closes them."""
    copies = []
    for file in files:
        file.fp.seek(0)
        copies.append(discord.File(io.BytesIO(file.fp.read()), file.filename))
    return copies
