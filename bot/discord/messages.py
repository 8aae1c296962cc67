"""Handles messages: mentions, direct messages, replies, threads, and channels where everything is
answered."""

from collections.abc import Iterable

import discord

from bot.actions.message_policy import Response, needs_earlier_answer, response_to
from bot.actions.question_jobs import message_job
from bot.chat.incoming_message import IncomingMessage, is_meant, language_of
from bot.chat.question_message import QuestionMessage
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Venue
from bot.discord.api.permissions import permissions_at_message
from bot.discord.api.send import delete_message
from bot.discord.drawing.words import asked_words, own_role, text_to_check
from bot.discord.message_reply import MessageReply
from bot.discord.replies import ReplyTarget
from bot.discord.requests import PLATFORM, person_of_message, venue_of_message
from bot.dispatch.dispatcher import Dispatcher


class MessageHandlers:
    """Passes messages for the bot to the dispatcher, and reports deleted ones."""

    def __init__(self, client: discord.Client, dispatcher: Dispatcher) -> None:
        """`client` is the client that receives the messages."""
        self._client = client
        self._dispatcher = dispatcher

    async def on_message(self, message: discord.Message) -> None:
        """Answer a new or edited message if it is meant for the bot."""
        me, dispatcher = self._client.user, self._dispatcher
        if me is None or message.author.bot or message.author.id == me.id or message.webhook_id:
            return
        if message.type not in (discord.MessageType.default, discord.MessageType.reply):
            return
        venue = venue_of_message(message, dispatcher.threads)
        text = asked_words(message, me.id)
        incoming = _incoming(message, venue, text, me.id)
        answers = dispatcher.service.access.preferences(venue).answers
        if not is_meant(incoming, answers):
            return
        asked = QuestionMessage(venue, str(message.id), text, _edited(message))
        age = discord.utils.utcnow() - message.created_at
        late = needs_earlier_answer(incoming, edited=bool(asked.edited), age=age)
        with dispatcher.gate.under_way():
            async with dispatcher.messages.place_for(asked, answered=late) as place:
                if place is None:
                    return
                checked = text_to_check(message, text, me.id, own=venue.own)
                guild = str(message.guild.preferred_locale) if message.guild else "en"
                person = person_of_message(message, language_of(text or checked or "") or guild)
                request = dispatcher.request(venue, person)
                question = QuestionRequest(
                    venue,
                    person,
                    checked or text,
                    private=False,
                    message=asked.message,
                    replied=_referenced(message) if not checked else None,
                    checked=bool(checked),
                    addressed=incoming.addressed,
                )
                unread = incoming.mentioned and not message.mentions and not dispatcher.profile.reads_messages
                response = response_to(incoming, answers, checked=checked, unread=unread)
                reply = MessageReply(
                    self._client,
                    message.author.id,
                    ReplyTarget(
                        channel=message.channel.id,
                        message=message.id,
                        edited=asked.edited,
                        answer=int(place or 0),
                    ),
                    message.channel,
                    venue.community,
                    permissions_at_message(message),
                    sign=incoming.addressed and response is Response.ANSWER,
                )
                job = message_job(dispatcher.service, request, response, question, asked, place)
                await dispatcher.run(asked.event, request, reply, job)

    async def on_raw_message_edit(self, changed: discord.RawMessageUpdateEvent) -> None:
        """Handle an edit, but not a link preview that Discord added."""
        if changed.message.edited_at is not None:
            await self.on_message(changed.message)

    async def on_raw_message_delete(self, deleted: discord.RawMessageDeleteEvent) -> None:
        """Delete the answer to a deleted message."""
        await self._deleted(deleted, {deleted.message_id})

    async def on_raw_bulk_message_delete(self, deleted: discord.RawBulkMessageDeleteEvent) -> None:
        """Delete the answers to messages that a moderator deleted together."""
        await self._deleted(deleted, deleted.message_ids)

    async def _deleted(
        self,
        where: discord.RawMessageDeleteEvent | discord.RawBulkMessageDeleteEvent,
        messages: Iterable[int],
    ) -> None:
        community = str(where.guild_id) if where.guild_id else None
        tenant = Venue(PLATFORM, community, str(where.channel_id)).tenant
        for message in messages:
            await self._dispatcher.messages.delete(tenant, str(message), self._delete)

    async def _delete(self, room: str, message: str) -> None:
        await delete_message(self._client, int(room), int(message))


def _referenced(message: discord.Message) -> str | None:
    return str(message.reference.message_id) if message.reference else None


def _edited(message: discord.Message) -> str:
    """The time of the writer's last edit in ISO 8601, so that it sorts; empty if there is none. A preview
    that Discord adds is no edit."""
    return message.edited_at.isoformat() if message.edited_at else ""


def _incoming(message: discord.Message, venue: Venue, text: str, me: int) -> IncomingMessage:
    role = own_role(message)
    mentioned = any(user.id == me for user in message.mentions) or role in message.role_mentions
    others = any(user.id != me and not user.bot for user in message.mentions)
    referenced = message.reference.resolved if message.reference else None
    author = referenced.author if isinstance(referenced, discord.Message) else None
    replied = author is not None and author.id == me
    return IncomingMessage(
        text,
        # A reply pings its author by default, so a mention by that alone does not address the bot.
        mentioned=mentioned,
        replied=replied,
        direct=message.guild is None and venue.own,
        own=venue.own,
        to_others=others or (author is not None and not replied),
    )
