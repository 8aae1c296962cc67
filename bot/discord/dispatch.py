"""What every way of asking on Discord has in common."""

import logging
import time
from dataclasses import replace

import discord
import msgspec

from bot.cards.answers import Frame
from bot.cards.card import Card
from bot.cards.notices import failure
from bot.chat.question_message import QuestionMessage
from bot.chat.question_request import DeliveredAnswer, QuestionRequest
from bot.chat.venue import Person, Venue
from bot.discord.api.permissions import Rights, rights_at_interaction
from bot.discord.api.send import (
    MESSAGE_LIFE,
    UNREACHABLE,
    InteractionReply,
    TokenReply,
    delete_message,
    edit_reply,
    send_directly,
    send_reply,
)
from bot.discord.drawing.render import CANVAS
from bot.discord.people import PLATFORM, person_of_interaction, venue_of_interaction
from bot.messages.catalogue import Messages
from bot.service.dispatcher import Dispatcher, Pending, Show, Unshowable
from bot.service.service import Service

UNWRITTEN = frozenset({50007, 50278})
"""Discord's codes for somebody who takes no direct messages, from anybody or where no server is shared."""

_log = logging.getLogger(__name__)


class ReplyTarget(msgspec.Struct, frozen=True):
    """Where an answer goes: in the place of an interaction's, by its token, or under a message."""

    application: int = 0
    token: str = ""
    channel: int = 0
    message: int = 0
    edited: str = ""
    answer: int = 0
    """The reply whose place it takes: the message was edited since that was given."""


class Dispatch(Dispatcher):
    """Carries out what people ask of the bot on Discord, through the service that all platforms share."""

    def __init__(self, service: Service, *, reads_messages: bool) -> None:
        """The service must be open; `reads_messages` is whether the bot sees messages that do not name it."""
        super().__init__(service, PLATFORM, CANVAS)
        self.reads_messages = reads_messages
        self.client: discord.Client | None = None
        """The connection in use; each is made after its front."""

    # Who and where

    def venue(self, interaction: discord.Interaction) -> Venue:
        """Where an interaction comes from."""
        return venue_of_interaction(interaction, self.opened)

    def person(self, interaction: discord.Interaction) -> Person:
        """Who acts, with what Discord says of them now."""
        return person_of_interaction(interaction)

    def say(self, interaction: discord.Interaction) -> Messages:
        """The words for the reader of what an interaction gets."""
        return self.say_in(self.venue(interaction), str(interaction.locale))

    def offers(self, interaction: discord.Interaction) -> bool:
        """Whether anything is offered while somebody types: not where they ask for it without end."""
        return self.service.scope.offers(self.venue(interaction), self.person(interaction))

    # Answering

    async def ask(self, interaction: discord.Interaction, asking: QuestionRequest) -> None:
        """Answer a question that came as a command."""
        private = self.service.scope.is_private(asking)
        reply = InteractionReply(interaction)
        if refused := self.admit(asking):
            await reply.refuse(refused)
            return
        if not await reply.acknowledge(private=private):
            return
        event = str(interaction.id)
        where = ReplyTarget(application=interaction.application_id, token=interaction.token)
        if not await self.claim(event, Pending(asking, where)):
            return
        frame = frame_at(asking.venue, rights_at_interaction(interaction), private=private)
        aside = None if private else reply.instead
        await self.answer(reply.show, asking, frame, admitted=True, aside=aside)
        await self.settle(event)

    async def open_thread(self, shown: DeliveredAnswer, thread: int) -> None:
        """Remember a thread as ours, in which people ask on from that answer."""
        await self.service.questions.carry(shown, replace(shown.record.venue, thread=str(thread), own=True))
        await self.load()

    async def again(self, client: discord.Client, pending: Pending[ReplyTarget]) -> None:
        """Answer a question that a crash had left, where Discord still takes an answer to it."""
        asking, where = pending.asking, pending.where
        private = bool(where.token) and self.service.scope.is_private(asking)
        if where.token:
            webhook = discord.Webhook.partial(where.application, where.token, client=client)
            webhook.type = discord.WebhookType.application  # or discord.py takes no message for one alone
            reply = TokenReply(webhook, MESSAGE_LIFE)
            # What may be done there by now nobody says; a press is told.
            frame = Frame(shareable=private and asking.venue.community is not None)
            await self.answer(reply.show, asking, frame, aside=None if private else reply.instead)
            return
        until = time.monotonic() + MESSAGE_LIFE
        channel = client.get_partial_messageable(where.channel)
        reference = discord.MessageReference(message_id=where.message, channel_id=where.channel)

        async def show(card: Card) -> str:
            if where.answer:
                return await edit_reply(channel.get_partial_message(where.answer), card, until)
            return await send_reply(channel, reference, card, until)

        await self.answer_message(client, show, asking, where, Frame(question=asking.checked))

    async def answer_message(
        self, client: discord.Client, show: Show, asking: QuestionRequest, where: ReplyTarget, frame: Frame
    ) -> None:
        """Answer a message, and remember where its answer stands, for when it is edited. Where nothing can be
        shown there, its asker is told directly, and so they are where an earlier answer stays."""
        sent: list[str] = []

        async def shown(card: Card) -> str | None:
            message = await show(card)
            sent.extend([message] if message else ())
            return message

        async def aside(card: Card) -> None:
            await self.tell(client, asking, card, where.message)

        try:
            await self.answer(shown, asking, frame, aside=aside if where.answer else None)
        except Unshowable as error:
            messages = self.say_in(asking.venue, asking.person.locale)
            await self.tell(client, asking, failure(messages(error.key)), where.message)
        if self.is_deleted(asking):
            return
        stands = sent[0] if sent else str(where.answer or "")
        if stands or asking.addressed:
            written = QuestionMessage(asking.venue, str(where.message), asking.text, where.edited)
            await self.stood(written, stands)

    async def tell(self, client: discord.Client, asking: QuestionRequest, card: Card, about: int) -> None:
        """Tell the asker directly what can't be said where they asked; once for each message."""
        try:
            room = await client.create_dm(discord.Object(int(asking.person.id)))
            await send_directly(room, card, about)
        except (*UNREACHABLE, discord.HTTPException) as error:
            if getattr(error, "code", None) not in UNWRITTEN:
                self.broke("telling somebody directly what can't be said where they asked")
                return
            _log.warning("somebody takes no direct messages: nothing tells them that they get no answer")

    async def delete_answer(self, room: str, message: str) -> None:
        """Delete a message of the bot's, if it is still there and the bot still sees the channel."""
        if self.client:
            await delete_message(self.client, int(room), int(message))


def frame_at(venue: Venue, rights: Rights, *, private: bool) -> Frame:
    """What is offered under an answer: what its asker and the bot may both do there."""
    return Frame(
        shareable=private and venue.community is not None and rights.may_write,
        thread=not private and rights.offers_thread,
    )
