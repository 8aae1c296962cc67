"""The replies to interactions, also to one from before a crash."""

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
from bot.discord.api.permissions import ChannelPermissions, permissions_at_interaction
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
"""Seconds for which an interaction can be answered: Discord's 15 minutes, less one for differing clocks."""
VOID = frozenset({10015, 50027})
"""Discord's error codes for an interaction that can't be answered any more: its webhook is gone, or its token
invalid."""
UNWRITTEN = frozenset({50007, 50278})
"""Discord's error codes for somebody who accepts no direct messages, or not from this bot."""
ORIGINAL = cast(int, "@original")
"""The first response of an interaction: discord.py's type is a message id, but the API accepts this name
too."""

_log = logging.getLogger(__name__)


class ReplyTarget(msgspec.Struct, frozen=True):
    """Where an answer goes: an interaction's response, by its token, or a reply to a message."""

    application: int = 0
    token: str = ""
    interaction: int = 0
    channel: int = 0
    message: int = 0
    edited: str = ""
    answer: int = 0
    """The id of the earlier reply that it replaces, if the message was edited since."""


class DiscordReply:
    """The common part of all replies: the connection, the person, and the id of the event."""

    def __init__(self, client: discord.Client, person: int, about: int) -> None:
        """Nothing is sent yet."""
        self._client = client
        self._person = person
        self._about = about

    @property
    def target(self) -> ReplyTarget | None:
        """What is needed to create the reply again after a crash; None if it was created so."""
        return None

    async def find(self, marks: Sequence[str]) -> tuple[str, str] | None:  # noqa: ARG002
        """None: sending again replaces the first attempt, by the interaction's token or the nonce."""
        return None

    async def direct(self, card: Card) -> None:
        """Send a direct message, once for each event. Raises nothing."""
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
        """Delete a message of the bot's if it exists and the bot still sees the channel."""
        await delete_message(self._client, int(room), int(message))

    def conversation(self, message: str = "") -> Venue | None:  # noqa: ARG002 - there is no thread on Discord
        """None: people follow up in threads that they open themselves."""
        return None


class TokenReply(DiscordReply):
    """The reply to an interaction by its token: a promised message that is filled in by edits, which are
    idempotent."""

    def __init__(
        self, client: discord.Client, person: int, about: int, webhook: discord.Webhook, life: float
    ) -> None:
        """`life` is for how many seconds the token is valid."""
        super().__init__(client, person, about)
        self._webhook = webhook
        self._until = time.monotonic() + life
        self._placement: Placement | None = None

    async def acknowledge(self, placement: Placement) -> bool:
        """Store the placement."""
        self._placement = placement
        return True

    async def refuse(self, card: Card) -> None:
        """As `fail`, since the interaction was acknowledged before the crash."""
        await self.fail(card)

    async def show(self, card: Card) -> str:
        """Edit the message; returns its id."""
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
        """Show the final card; if the token is no longer valid, send a direct message."""
        try:
            return await self.show(card)
        except discord.HTTPException as error:
            if error.code not in VOID:
                raise
            await self._directly(card)
            return None

    async def show_progress(self, card: Card) -> None:
        """Show the progress; it is soon out of date, so it is tried once, and failures are only logged."""
        if time.monotonic() > self._until:
            return
        try:
            await self._webhook.edit_message(ORIGINAL, view=draw(card)[0])
        except (*UNREACHABLE, discord.HTTPException) as error:
            _log.warning("progress could not be shown (%s)", type(error).__name__)

    async def show_privately(self, card: Card) -> str:
        """Send an ephemeral message; returns its id. It is retried if it may have arrived, as twice is better
        than never."""
        view, _ = draw(card)
        message = await persist(lambda: self._webhook.send(view=view, ephemeral=True, wait=True), self._until)
        return str(message.id)

    async def fail(self, card: Card) -> str | None:
        """Show an error as an ephemeral message; a promised public message is deleted."""
        if self._placement is Placement.IN_PLACE:
            return await self.show_privately(card)
        if self._placement is not Placement.PUBLIC:
            return await self.show(card)
        # Deleted first, because the next message replaces a promised one and would be public.
        await self.remove()
        try:
            return await self.show_privately(card)
        except discord.HTTPException as error:
            if error.code not in VOID | {GONE}:
                raise
            await self._directly(card)
            return None

    async def open_form(self, form: Form) -> None:
        """A token can't open a form."""
        raise NotImplementedError

    async def remove(self) -> None:
        """Delete the message that was pressed, or the answer that was shown."""
        with suppress(discord.NotFound):  # an attempt whose response was lost has deleted it
            await persist(lambda: self._webhook.delete_message(ORIGINAL), self._until)

    def context(self, question: QuestionRequest | None, *, private: bool) -> AnswerContext:
        """Offer sharing in a server, as current permissions are unknown; a press checks them."""
        return AnswerContext(
            shareable=private and question is not None and question.venue.community is not None
        )


class InteractionReply(TokenReply):
    """The reply to the current interaction, which is acknowledged at once."""

    def __init__(self, interaction: discord.Interaction) -> None:
        """Nothing is sent yet."""
        super().__init__(
            interaction.client, interaction.user.id, interaction.id, interaction.followup, TOKEN_LIFE
        )
        self._interaction = interaction

    @property
    def target(self) -> ReplyTarget:
        """The interaction's token, with which it can be answered after a crash."""
        used = self._interaction
        return ReplyTarget(application=used.application_id, token=used.token, interaction=used.id)

    async def acknowledge(self, placement: Placement) -> bool:
        """Promise a new message, or an edit of the pressed one; False if it is too late. A form is itself the
        first response."""
        self._placement = placement
        response = self._interaction.response
        if placement is Placement.FORM:
            return True
        if placement is Placement.IN_PLACE:
            return await acknowledge(lambda: response.defer())
        private = placement is Placement.PRIVATE
        return await acknowledge(lambda: response.defer(ephemeral=private, thinking=True))

    async def refuse(self, card: Card) -> None:
        """Respond at once with an ephemeral message, so that nobody else sees that anything was asked."""
        view, _ = draw(card)
        await acknowledge(lambda: self._interaction.response.send_message(view=view, ephemeral=True))

    async def show(self, card: Card) -> str:
        """Edit the message; returns its id. Files that may not be attached there are sent as a direct
        message."""
        files = [part for part in card.parts if isinstance(part, Attached)]
        if not files or permissions_at_interaction(self._interaction).may_attach:
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
        """As `TokenReply.fail`; if nothing was promised, respond with an ephemeral message, whatever was sent
        before."""
        if self._placement not in (None, Placement.FORM):
            return await super().fail(card)
        response = self._interaction.response
        if not response.is_done():
            try:
                await response.send_message(view=draw(card)[0], ephemeral=True)
            except discord.HTTPException as refused:
                if refused.code != ALREADY_ACKNOWLEDGED:  # an attempt whose response was lost
                    raise
            else:
                return None
        with suppress(discord.NotFound):
            if (await self._interaction.original_response()).flags.loading:
                await self.remove()
        return await self.show_privately(card)

    async def open_form(self, form: Form) -> None:
        """Open the form, which is the first response."""
        await self._interaction.response.send_modal(draw_form(form))

    def context(self, question: QuestionRequest | None, *, private: bool) -> AnswerContext:  # noqa: ARG002
        """The buttons that the person and the bot may both use there."""
        in_server = server_of(self._interaction) is not None
        return frame_at(permissions_at_interaction(self._interaction), private=private, in_server=in_server)


def frame_at(permissions: ChannelPermissions, *, private: bool, in_server: bool) -> AnswerContext:
    """The buttons under an answer that the permissions of the person and the bot allow."""
    return AnswerContext(
        shareable=private and in_server and permissions.may_write,
        thread=not private and permissions.offers_thread,
    )
