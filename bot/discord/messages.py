"""Messages: mentions, direct messages, replies, threads, and channels where everything is answered."""

import asyncio
from contextlib import suppress
from dataclasses import replace

import discord

from bot.cards.articles import help_card
from bot.cards.card import Card
from bot.cards.notices import failure
from bot.chat.addressing import IncomingMessage, is_meant, language_of
from bot.chat.preferences import Answers
from bot.chat.question_message import NEW_MENTION, QuestionMessage
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Venue
from bot.discord.api.permissions import rights_at_message
from bot.discord.api.send import UNREACHABLE, MessageReply
from bot.discord.dispatch import Dispatch, ReplyTarget, frame_at
from bot.discord.drawing.words import asked_words, own_role, pointed
from bot.discord.people import person_of_message, venue_of_message
from bot.service.dispatcher import Pending, Unshowable


class MessageHandlers:
    """Decides which messages are questions for the bot, and answers those."""

    def __init__(self, front: Dispatch) -> None:
        """The front has what it works with."""
        self._front = front
        self._signs: set[asyncio.Task[None]] = set()

    async def hear(self, client: discord.Client, message: discord.Message) -> None:
        """Answer a message, if it is meant for the bot."""
        me = client.user
        if me is None or message.author.bot or message.author.id == me.id or message.webhook_id:
            return
        if message.type not in (discord.MessageType.default, discord.MessageType.reply):
            return
        venue = venue_of_message(message, self._front.opened)
        text = asked_words(message, me.id)
        heard = _heard(message, venue, text, me.id)
        preferences = self._front.service.scope.preferences(venue)
        if not is_meant(heard, preferences.answers):
            return
        written = QuestionMessage(venue, str(message.id), text, _edited(message))
        # What was no question of the bot's, or one of long ago, becomes none by being edited.
        new = heard.mentioned and discord.utils.utcnow() - message.created_at < NEW_MENTION
        late = bool(written.edited) and not new
        async with self._front.place_for(written, answered=late) as place:
            if place is not None:
                await self._answer(client, message, heard, written, place)

    async def _answer(
        self,
        client: discord.Client,
        message: discord.Message,
        heard: IncomingMessage,
        written: QuestionMessage,
        place: str,
    ) -> None:
        """Answer a message that is meant for the bot, in the place of an earlier answer if there is one."""
        me = client.user
        if me is None:
            return
        venue, text = written.venue, written.text
        preferences = self._front.service.scope.preferences(venue)
        checked = pointed(message, text, me.id, own=venue.own)
        guild = str(message.guild.preferred_locale) if message.guild else "en"
        person = person_of_message(message, language_of(text or checked or "") or guild)
        rights = rights_at_message(message)
        reply = MessageReply(message, place, refers=rights.may_refer)
        messages = self._front.say_in(venue, person.locale)
        replied = str(message.reference.message_id) if message.reference else None
        asking = QuestionRequest(
            venue,
            person,
            checked or text,
            private=False,
            message=str(message.id),
            replied=None if checked else replied,
            checked=bool(checked),
            addressed=heard.addressed,
        )
        where = ReplyTarget(
            channel=message.channel.id, message=message.id, edited=written.edited, answer=int(place or 0)
        )
        if not await self._front.take(written.event, Pending(asking, where)):
            return
        card: Card | None = None
        if preferences.answers is Answers.COMMANDS and not heard.direct:
            card = failure(messages("commands-only"))
        elif checked == "":
            card = failure(messages("check-how"))
        elif not asking.text:
            unread = heard.mentioned and not message.mentions and not self._front.reads_messages
            card = failure(messages("mention-me")) if unread else help_card(messages, administers=False)
        try:
            if card:
                await self._front.stood(written, await reply.show(card) or place)
            else:
                if heard.addressed:
                    self._show_typing(message)
                # Without a reference the question is not shown with the answer: it stands above it. So do the
                # words of another message that were looked up.
                shown = asking.checked or not rights.may_refer
                frame = replace(frame_at(venue, rights, private=False), question=shown)
                await self._front.answer_message(client, reply.show, asking, where, frame)
        except Unshowable as error:
            await self._front.tell(client, asking, failure(messages(error.key)), message.id)
        except Exception:  # noqa: BLE001 - a message must not end the bot
            self._front.broke("answering a message")
        await self._front.settle(written.event)

    def _show_typing(self, message: discord.Message) -> None:
        """A sign that an answer is coming. It must not hold that up where Discord is slow; nor be broken off,
        for then discord.py would wait for ever for the end of a limit that it had met."""
        task = asyncio.create_task(_typing(message))
        self._signs.add(task)
        task.add_done_callback(self._signs.discard)


def _edited(message: discord.Message) -> str:
    """When a message was last edited by who wrote it, so that later sorts after earlier; empty where it never
    was. A preview that Discord adds is no edit."""
    return message.edited_at.isoformat() if message.edited_at else ""


async def _typing(message: discord.Message) -> None:
    with suppress(*UNREACHABLE, discord.HTTPException):
        await message.channel.typing()


def _heard(message: discord.Message, venue: Venue, text: str, me: int) -> IncomingMessage:
    role = own_role(message)
    mentioned = any(user.id == me for user in message.mentions) or role in message.role_mentions
    others = any(user.id != me and not user.bot for user in message.mentions)
    referenced = message.reference.resolved if message.reference else None
    author = referenced.author if isinstance(referenced, discord.Message) else None
    replied = author is not None and author.id == me
    return IncomingMessage(
        text,
        # A reply pings its author unless that was switched off, so that alone is no address by name.
        mentioned=mentioned,
        replied=replied,
        direct=message.guild is None and venue.own,
        own=venue.own,
        to_others=others or (author is not None and not replied),
    )
