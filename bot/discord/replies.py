"""The replies to interactions: to the one at hand, and to one from before a crash."""

import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import cast

import discord
import msgspec

from bot.cards.answer_buttons import AnswerContext
from bot.cards.card import Attached, Card, ParagraphStyle, Tone, markup
from bot.cards.form import Form
from bot.chat.question_request import QuestionRequest
from bot.chat.refusal import Refusal
from bot.chat.venue import Venue
from bot.discord.api.acknowledge import ALREADY_ACKNOWLEDGED, acknowledge
from bot.discord.api.permissions import Rights, rights_at_interaction
from bot.discord.api.send import (
    GONE,
    MODERATED,
    UNREACHABLE,
    copies,
    delete_message,
    persist,
    send_directly,
)
from bot.discord.drawing.forms import draw_form
from bot.discord.drawing.render import draw
from bot.discord.requests import server_of
from bot.dispatch.incidents import log_incident
from bot.dispatch.reply import Placement

TOKEN_LIFE = 14 * 60.0
"""Seconds that an interaction can be answered for: Discord's 15 minutes, less one for clocks that differ."""
VOID = frozenset({10015, 50027})
"""Its codes for an interaction that can't be answered any more: its webhook is gone, or its token invalid."""
UNWRITTEN = frozenset({50007, 50278})
"""Its codes for somebody who takes no direct messages, from anybody or where no server is shared."""
ORIGINAL = cast(int, "@original")
"""The message that an interaction's token stands for: discord.py means a message's id there, and the address
takes this name for it as well."""

_log = logging.getLogger(__name__)


class ReplyTarget(msgspec.Struct, frozen=True):
    """Where an answer goes: in the place of an interaction's, by its token, or under a message."""

    application: int = 0
    token: str = ""
    interaction: int = 0
    channel: int = 0
    message: int = 0
    edited: str = ""
    answer: int = 0
    """The reply whose place it takes: the message was edited since that was given."""


class DiscordReply:
    """What all replies have in common: the connection, the person, and the event that they are about."""

    def __init__(self, client: discord.Client, person: int, about: int) -> None:
        """Nothing is sent yet."""
        self._client = client
        self._person = person
        self._about = about

    @property
    def target(self) -> ReplyTarget | None:
        """What is needed to make the reply again after a crash; None if it was made so."""
        return None

    async def find(self, marks: Sequence[str]) -> tuple[str, str] | None:  # noqa: ARG002
        """None: what is sent again takes the place of the first, by the interaction's token or the nonce."""
        return None

    async def direct(self, card: Card) -> None:
        """Tell the person in a direct message, once for each event. Raises nothing."""
        try:
            await self._directly(card)
        except (*UNREACHABLE, discord.HTTPException) as error:
            if getattr(error, "code", None) not in UNWRITTEN:
                log_incident("telling somebody directly what can't be said where they asked")
                return
            _log.warning("somebody takes no direct messages: nothing tells them that they get no answer")

    async def _directly(self, card: Card) -> None:
        room = await self._client.create_dm(discord.Object(self._person))
        await send_directly(room, card, self._about)

    async def delete(self, room: str, message: str) -> None:
        """Delete a message of the bot's, if it is still there and the bot still sees the channel."""
        await delete_message(self._client, int(room), int(message))

    def conversation(self, message: str = "") -> Venue | None:  # noqa: ARG002 - Discord has none
        """None: people ask on in threads that they open themselves."""
        return None


class TokenReply(DiscordReply):
    """The reply to an interaction by its token, also where the interaction itself is gone with a crash: a
    message that was promised and is filled in by edits, which may be repeated."""

    def __init__(
        self, client: discord.Client, person: int, about: int, webhook: discord.Webhook, life: float
    ) -> None:
        """`life` is how many seconds the token is good for."""
        super().__init__(client, person, about)
        self._webhook = webhook
        self._until = time.monotonic() + life
        self._placement: Placement | None = None

    async def acknowledge(self, placement: Placement) -> bool:
        """Remember where the reply was promised."""
        self._placement = placement
        return True

    async def refuse(self, card: Card) -> None:
        """As `fail`: what a crash left was acknowledged before it."""
        await self.fail(card)

    async def show(self, card: Card) -> str:
        """Fill in or change the message; its id."""
        view, files = draw(card)

        async def edit() -> discord.WebhookMessage:
            return await self._webhook.edit_message(ORIGINAL, view=view, attachments=copies(files))

        try:
            return str((await persist(edit, self._until)).id)
        except discord.HTTPException as error:
            if error.code in MODERATED:
                raise Refusal("moderated") from error
            raise

    async def conclude(self, card: Card) -> str | None:
        """The same; where the token is not good any more, it is a direct message."""
        try:
            return await self.show(card)
        except discord.HTTPException as error:
            if error.code not in VOID:
                raise
            await self._directly(card)
            return None

    async def show_progress(self, card: Card) -> None:
        """Change the message to what is soon out of date: it is tried once, and not missed where it fails."""
        if time.monotonic() > self._until:
            return
        try:
            await self._webhook.edit_message(ORIGINAL, view=draw(card)[0])
        except (*UNREACHABLE, discord.HTTPException) as error:
            _log.warning("progress could not be shown (%s)", type(error).__name__)

    async def aside(self, card: Card) -> str:
        """Say something to the person alone, beside the message; its id. Where Discord does not say whether
        it arrived it is said again: rather twice than never."""
        view, _ = draw(card)
        message = await persist(lambda: self._webhook.send(view=view, ephemeral=True, wait=True), self._until)
        return str(message.id)

    async def fail(self, card: Card) -> str | None:
        """Say why there is no reply, to the person alone; what was promised to everybody is taken away."""
        if self._placement is Placement.IN_PLACE:
            return await self.aside(card)
        if self._placement is not Placement.PUBLIC:
            return await self.show(card)
        # First, because what follows takes the place of a message that is only promised, and is then for all.
        await self.remove()
        try:
            return await self.aside(card)
        except discord.HTTPException as error:
            if error.code not in VOID | {GONE}:
                raise
            await self._directly(card)
            return None

    async def open_form(self, form: Form) -> None:
        """No form can be opened by a token."""
        raise NotImplementedError

    async def remove(self) -> None:
        """Take away the message that was pressed, or the answer that was shown."""
        with suppress(discord.NotFound):  # a try whose answer was lost has done it
            await persist(lambda: self._webhook.delete_message(ORIGINAL), self._until)

    def context(self, question: QuestionRequest | None, *, private: bool) -> AnswerContext:
        """What may be done there by now nobody says; a press is told."""
        return AnswerContext(
            shareable=private and question is not None and question.venue.community is not None
        )


class InteractionReply(TokenReply):
    """The reply to the interaction at hand, which is acknowledged at once."""

    def __init__(self, interaction: discord.Interaction) -> None:
        """Nothing is sent yet."""
        super().__init__(
            interaction.client, interaction.user.id, interaction.id, interaction.followup, TOKEN_LIFE
        )
        self._interaction = interaction

    @property
    def target(self) -> ReplyTarget:
        """By its token, after a crash."""
        used = self._interaction
        return ReplyTarget(application=used.application_id, token=used.token, interaction=used.id)

    async def acknowledge(self, placement: Placement) -> bool:
        """Say that an answer will come in a new message, or that the one which was pressed will change; False
        if it is too late. A form is the first response itself."""
        self._placement = placement
        response = self._interaction.response
        if placement is Placement.FORM:
            return True
        if placement is Placement.IN_PLACE:
            return await acknowledge(lambda: response.defer())
        private = placement is Placement.PRIVATE
        return await acknowledge(lambda: response.defer(ephemeral=private, thinking=True))

    async def refuse(self, card: Card) -> None:
        """Answer at once and to the person alone, so that nobody else sees that anything was asked."""
        view, _ = draw(card)
        await acknowledge(lambda: self._interaction.response.send_message(view=view, ephemeral=True))

    async def show(self, card: Card) -> str:
        """Fill in or change the message; its id. Files that may not be attached there are sent directly."""
        files = [part for part in card.parts if isinstance(part, Attached)]
        if not files or rights_at_interaction(self._interaction).may_attach:
            return await super().show(card)
        words = (
            markup(part.elsewhere, ParagraphStyle.SMALL) if isinstance(part, Attached) else part
            for part in card.parts
        )
        shown = await super().show(replace(card, parts=tuple(words)))
        try:
            await self._directly(Card(Tone.NEUTRAL, tuple(files)))
        except (*UNREACHABLE, discord.HTTPException) as error:
            _log.warning("a file could be sent neither there nor directly: %s", type(error).__name__)
        return shown

    async def fail(self, card: Card) -> str | None:
        """As for a token; where nothing was promised, whatever was said before."""
        if self._placement not in (None, Placement.FORM):
            return await super().fail(card)
        response = self._interaction.response
        if not response.is_done():
            try:
                await response.send_message(view=draw(card)[0], ephemeral=True)
            except discord.HTTPException as refused:
                if refused.code != ALREADY_ACKNOWLEDGED:  # it was, and Discord's word on it was lost
                    raise
            else:
                return None
        with suppress(discord.NotFound):
            if (await self._interaction.original_response()).flags.loading:
                await self.remove()
        return await self.aside(card)

    async def open_form(self, form: Form) -> None:
        """Open it: that is the response."""
        await self._interaction.response.send_modal(draw_form(form))

    def context(self, question: QuestionRequest | None, *, private: bool) -> AnswerContext:  # noqa: ARG002
        """What its person and the bot may both do there."""
        in_server = server_of(self._interaction) is not None
        return frame_at(rights_at_interaction(self._interaction), private=private, in_server=in_server)


def frame_at(rights: Rights, *, private: bool, in_server: bool) -> AnswerContext:
    """What is offered under an answer by the rights of its asker and of the bot."""
    return AnswerContext(
        shareable=private and in_server and rights.may_write, thread=not private and rights.offers_thread
    )
