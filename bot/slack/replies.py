"""The replies to interactions: commands, shortcuts, buttons, menus and forms."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import msgspec
from slack_sdk.errors import SlackApiError

from bot.cards.answer_buttons import AnswerContext
from bot.cards.card import Card
from bot.cards.form import Form
from bot.cards.notices import notice
from bot.cards.request import Request
from bot.chat.question_message import QuestionMessage
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Venue
from bot.dispatch.event_gate import RECOVERABLE
from bot.dispatch.incidents import log_incident
from bot.dispatch.reply import Placement, Unshowable
from bot.slack.api.interaction import Interaction
from bot.slack.api.send import UNREACHED, ResponseUrlError, Sender
from bot.slack.drawing.forms import draw_form
from bot.slack.drawing.render import files

ARRIVED = 2.0
"""Seconds after which a message that a process sent just before it ended is visible: it may still be on its
way to Slack, whose servers may handle calls out of order."""


class ReplyTarget(msgspec.Struct, frozen=True):
    """Where the answer to a question goes: a channel with its thread, or a response URL. It is stored, so
    that a question is also answered after a crash."""

    channel: str
    thread: str = ""
    address: str = ""
    command: bool = False
    """The question came as a command: others do not see it, and it may be private."""
    message: str = ""
    edited: str = ""
    """The timestamp of the message with the question, and of its last edit; empty for a command."""
    words: str = ""
    """The message's own text, if another text is looked up."""
    answer: str = ""
    """The timestamp of the message that the answer replaces: the answer from before the question was
    edited."""

    def asked(self, question: QuestionRequest) -> QuestionMessage | None:
        """The message with the question as it was then; None for a command."""
        if not self.message:
            return None
        return QuestionMessage(question.venue, self.message, self.words or question.text, self.edited)


class SlackReply:
    """The common part of all replies; see `bot.dispatch.reply.Reply`."""

    def __init__(self, sender: Sender, request: Request) -> None:
        """Nothing is shown yet."""
        self._sender = sender
        self._request = request

    async def find(self, marks: Sequence[str]) -> tuple[str, str] | None:
        """See `bot.dispatch.reply.Reply`."""
        raise NotImplementedError

    async def show(self, card: Card) -> str | None:
        """Show the card in the reply's place; returns the timestamp if it is a message."""
        raise NotImplementedError

    async def fail(self, card: Card) -> str | None:
        """Show an error instead of the reply."""
        raise NotImplementedError

    async def refuse(self, card: Card) -> None:
        """Show a refusal; for Slack the same as an error."""
        await self.fail(card)

    async def conclude(self, card: Card) -> str | None:
        """Show the final card; a message can be updated at any time."""
        return await self.show(card)

    async def show_progress(self, card: Card) -> None:
        """Show the progress in the place of the result."""
        await self.show(card)

    async def direct(self, card: Card) -> None:
        """Send a direct message to the person."""
        try:
            await self._sender.post(await self._sender.direct(self._request.person.id), card)
        except Exception:  # noqa: BLE001 - it can only be logged
            log_incident("telling somebody that their channel is closed to the bot")

    async def delete(self, room: str, message: str) -> None:
        """Delete a message of the bot's if it exists and Slack allows it."""
        await self._sender.delete_if_there(room, message)

    def _below(self, channel: str, root: str) -> Venue:
        """The venue of the thread below a message, in which people can follow up."""
        return replace(self._request.venue, thread=f"{channel}:{root}", own=True)


class InteractionReply(SlackReply):
    """The reply to an interaction."""

    def __init__(
        self,
        sender: Sender,
        request: Request,
        used: Interaction,
        redraw_home: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        """The interaction was acknowledged. `redraw_home` publishes a person's App Home again, since it has
        no message that could be updated."""
        super().__init__(sender, request)
        self._used = used
        self._redraw_home = redraw_home
        self._placement = Placement.PRIVATE

    @property
    def target(self) -> ReplyTarget:
        """The target of the answer to a question by command."""
        return ReplyTarget(self._used.channel, address=self._used.address, command=True)

    async def acknowledge(self, placement: Placement) -> bool:
        """Set the placement; Slack was acknowledged before."""
        # Without a response URL there are no ephemeral messages, but then nobody else is in the channel.
        used = self._used
        unaddressed = placement is Placement.PRIVATE and used.channel and not used.address
        self._placement = Placement.PUBLIC if unaddressed else placement
        return True

    async def show(self, card: Card) -> str | None:
        """Show the card at the acknowledged placement."""
        match self._placement:
            case Placement.PUBLIC:
                return await self._post(card)
            case Placement.IN_PLACE:
                return await self._replace(card)
            case _:
                return await self.show_privately(card)

    async def find(self, marks: Sequence[str]) -> tuple[str, str] | None:
        """Search the newest messages of the channel, since answers to commands are in no thread. None if the
        bot may not read them, because it is not a member."""
        if not self._used.channel:
            return None
        await asyncio.sleep(ARRIVED)
        since = f"{time.time() - RECOVERABLE.total_seconds():.6f}"
        return await self._sender.find(self._used.channel, "", since, marks)

    async def show_privately(self, card: Card) -> str | None:
        """Send an ephemeral message, or a direct message if that is not possible."""
        used = self._used
        await self._sender.whisper(used.address, card, used.user, thread=used.thread)
        return None

    async def fail(self, card: Card) -> str | None:
        """Show an error to the person alone, and leave the message that was used."""
        return await self.show_privately(card)

    async def open_form(self, form: Form) -> None:
        """Open a form as a modal that stores where it was opened."""
        await self._sender.open_form(
            self._used.trigger, draw_form(form, self._request.messages, self._used.note)
        )

    async def remove(self) -> None:
        """Delete the message that was used."""
        used = self._used
        if not used.ephemeral:
            try:
                await self._sender.delete(used.channel, used.message)
            except SlackApiError as error:
                if not used.address or error.response.get("error") not in UNREACHED:
                    raise
            else:
                return
        await self._sender.withdraw(used.address)

    def context(self, question: QuestionRequest | None, *, private: bool) -> AnswerContext:  # noqa: ARG002
        """Let a private answer be shared, unless nobody else is in the channel."""
        return AnswerContext(shareable=private and not self._request.venue.alone)

    def conversation(self, message: str = "") -> Venue | None:
        """The thread of a public answer: the one it is in, or else the one below it. None for a private
        answer."""
        if not message or self._placement is not Placement.PUBLIC:
            return None
        return self._below(self._used.channel, self._used.thread or message)

    async def _post(self, card: Card) -> str | None:
        used = self._used
        try:
            return await self._sender.post(used.channel, card, used.thread or None)
        except Unshowable:
            if not used.address:
                raise
        # The bot is not in that channel, but the response URL works there too.
        try:
            await self._sender.respond(used.address, card, public=True, thread=used.thread)
        except ResponseUrlError as error:
            raise Unshowable from error
        return None

    async def _replace(self, card: Card) -> str | None:
        used = self._used
        if used.in_home:
            if self._redraw_home:
                await self._redraw_home(used.user)
            return None
        if used.ephemeral:
            await self._sender.respond(used.address, card, replace=True)
            return None
        try:
            return await self._sender.update(used.channel, used.message, card)
        except SlackApiError as error:
            if not used.address or error.response.get("error") not in UNREACHED:
                raise
        # Where the bot is not a member, only the response URL can change the message.
        await self._sender.respond(used.address, card, public=True, replace=True)
        return used.message


class ReportReply(InteractionReply):
    """The reply to a command that may take long: a direct message with the progress and then the result,
    because an ephemeral message can't be updated for long enough."""

    def __init__(self, sender: Sender, request: Request, used: Interaction) -> None:
        """Nothing is shown yet."""
        super().__init__(sender, request, used)
        self._channel = self._stamp = ""

    async def show(self, card: Card) -> str | None:
        """Show the card in the direct message; when that is first posted, tell the person in the channel
        where to look."""
        if self._stamp:
            return await self._sender.update(self._channel, self._stamp, card)
        self._channel = await self._sender.direct(self._used.user)
        self._stamp = await self._sender.post(self._channel, card)
        if self._channel != self._used.channel:
            await self._sender.respond(self._used.address, notice(self._request.messages("look-in-direct")))
        return self._stamp

    async def conclude(self, card: Card) -> str | None:
        """Show the final card: in the direct message if there was progress or the card has files, otherwise
        as an ephemeral message."""
        return await (self.show(card) if self._stamp or files(card) else self.show_privately(card))
