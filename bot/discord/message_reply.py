"""The reply to a message."""

import asyncio
import time
from contextlib import suppress
from dataclasses import replace
from typing import Any, ClassVar

import discord

from bot.cards.answer_buttons import AnswerContext
from bot.cards.card import Card
from bot.cards.form import Form
from bot.chat.question_request import QuestionRequest
from bot.discord.api.permissions import ChannelPermissions
from bot.discord.api.send import MESSAGE_LIFE, UNREACHABLE, edit_reply, send_reply
from bot.discord.replies import DiscordReply, ReplyTarget, frame_at
from bot.dispatch.reply import Placement
from bot.runtime.tasks import start_task


class MessageReply(DiscordReply):
    """The reply to a message, which pings nobody."""

    _signs: ClassVar[set["asyncio.Task[Any]"]] = set()
    """Typing indicators that are being sent."""

    def __init__(
        self,
        client: discord.Client,
        person: int,
        target: ReplyTarget,
        channel: "discord.abc.MessageableChannel",
        community: str | None,
        permissions: ChannelPermissions | None = None,
        *,
        sign: bool = False,
    ) -> None:
        """Nothing is sent yet. `permissions` are None after a crash; with `sign`, a typing indicator is
        shown."""
        super().__init__(client, person, target.message)
        self._target = target
        self._channel = channel
        self._guild = int(community) if community else None
        self._permissions = permissions
        self._sign = sign
        self._until = time.monotonic() + MESSAGE_LIFE

    @property
    def target(self) -> ReplyTarget:
        """The target: below the message, or in place of an earlier reply."""
        return self._target

    async def acknowledge(self, placement: Placement) -> bool:  # noqa: ARG002 - a reply is always public
        """Show a typing indicator. It is not awaited, so that a slow Discord does not delay the answer, and
        not cancelled, because discord.py would then wait for ever at a rate limit that it had met."""
        if self._sign:
            start_task(_typing(self._channel), self._signs)
        return True

    async def refuse(self, card: Card) -> None:
        """As `fail`."""
        await self.fail(card)

    async def show(self, card: Card) -> str:
        """Reply to the message, or edit the earlier reply; returns the reply's id."""
        if self._target.answer:
            place = discord.PartialMessage(channel=self._channel, id=self._target.answer)
            return await edit_reply(place, card, self._until)
        reference = discord.MessageReference(
            message_id=self._target.message, channel_id=self._target.channel, guild_id=self._guild
        )
        return await send_reply(self._channel, reference, card, self._until, refers=self._refers)

    async def conclude(self, card: Card) -> str:
        """As `show`."""
        return await self.show(card)

    async def show_progress(self, card: Card) -> None:
        """A message never starts a long task."""
        raise NotImplementedError

    async def show_privately(self, card: Card) -> None:
        """Send a direct message, which nobody else sees."""
        await self.direct(card)

    async def fail(self, card: Card) -> str | None:
        """Show an error in the reply, or in a direct message if it would replace an earlier answer."""
        if not self._target.answer:
            return await self.show(card)
        await self.direct(card)
        return None

    async def open_form(self, form: Form) -> None:
        """A message can't open a form."""
        raise NotImplementedError

    async def remove(self) -> None:
        """There is no pressed message to remove."""
        raise NotImplementedError

    def context(self, question: QuestionRequest | None, *, private: bool) -> AnswerContext:
        """The buttons that the person and the bot may both use. The question is repeated if it can't be seen:
        without a reference, and if another message was looked up."""
        checked = question is not None and question.checked
        if self._permissions is None:
            return AnswerContext(question=checked)
        made = frame_at(self._permissions, private=private, in_server=self._guild is not None)
        return replace(made, question=checked or not self._refers)

    @property
    def _refers(self) -> bool:
        """Whether the bot may reference the message; True if that is not known."""
        return self._permissions is None or self._permissions.may_refer


async def _typing(channel: "discord.abc.MessageableChannel") -> None:
    with suppress(*UNREACHABLE, discord.HTTPException):
        await channel.typing()
