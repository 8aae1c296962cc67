"""Messages: mentions, direct messages, replies, threads, and channels where everything is answered."""

import asyncio
from contextlib import suppress
from dataclasses import replace

import discord

from bot.cards.notices import failure
from bot.cards.reading import help_card
from bot.discord.front import Front, Where, frame_at
from bot.discord.people import person_of_message, venue_of_message
from bot.discord.reply import UNREACHABLE, MessageReply
from bot.discord.rights import rights_at_message
from bot.discord.words import asked_words, own_role, pointed
from bot.service.asking import Asking
from bot.service.listening import Heard, is_meant, language_of
from bot.service.people import Venue
from bot.service.preferences import Answers
from bot.service.turns import Pending, Unshowable


class Hearing:
    """Decides which messages are questions for the bot, and answers those."""

    def __init__(self, front: Front) -> None:
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
        if not is_meant(heard, preferences.answers) or not self._front.is_new(str(message.id)):
            return
        checked = pointed(message, text, me.id, own=venue.own)
        guild = str(message.guild.preferred_locale) if message.guild else "en"
        person = person_of_message(message, language_of(text or checked or "") or guild)
        rights = rights_at_message(message)
        reply = MessageReply(message, refers=rights.may_refer)
        say = self._front.say_in(venue, person.locale)
        replied = str(message.reference.message_id) if message.reference else None
        asking = Asking(
            venue,
            person,
            checked or text,
            private=False,
            message=str(message.id),
            replied=None if checked else replied,
            checked=bool(checked),
            addressed=heard.addressed,
        )
        where = Where(channel=message.channel.id, message=message.id)
        if not await self._front.claim(str(message.id), Pending(asking, where)):
            return
        try:
            if preferences.answers is Answers.COMMANDS and not heard.direct:
                await reply.show(failure(say("commands-only")))
            elif checked == "":
                await reply.show(failure(say("check-how")))
            elif not asking.text:
                unread = heard.mentioned and not message.mentions and not self._front.reads_messages
                await reply.show(failure(say("mention-me")) if unread else help_card(say, administers=False))
            else:
                if heard.addressed:
                    self._show_typing(message)
                # Without a reference the question is not shown with the answer: it stands above it. So do the
                # words of another message that were looked up.
                shown = asking.checked or not rights.may_refer
                frame = replace(frame_at(venue, rights, private=False), question=shown)
                await self._front.answer(reply.show, asking, frame)
        except Unshowable:
            await self._front.tell(client, asking, message.id)
        except Exception:  # noqa: BLE001 - a message must not end the bot
            self._front.broke("answering a message")
        await self._front.settle(str(message.id))

    def _show_typing(self, message: discord.Message) -> None:
        """A sign that an answer is coming. It must not hold that up where Discord is slow; nor be broken off,
        for then discord.py would wait for ever for the end of a limit that it had met."""
        task = asyncio.create_task(_typing(message))
        self._signs.add(task)
        task.add_done_callback(self._signs.discard)


async def _typing(message: discord.Message) -> None:
    with suppress(*UNREACHABLE, discord.HTTPException):
        await message.channel.typing()


def _heard(message: discord.Message, venue: Venue, text: str, me: int) -> Heard:
    role = own_role(message)
    mentioned = any(user.id == me for user in message.mentions) or role in message.role_mentions
    others = any(user.id != me and not user.bot for user in message.mentions)
    referenced = message.reference.resolved if message.reference else None
    author = referenced.author if isinstance(referenced, discord.Message) else None
    replied = author is not None and author.id == me
    return Heard(
        text,
        # A reply pings its author unless that was switched off, so that alone is no address by name.
        mentioned=mentioned,
        replied=replied,
        direct=message.guild is None and venue.own,
        own=venue.own,
        to_others=others or (author is not None and not replied),
    )
