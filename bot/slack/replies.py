"""The replies to what people use: commands, shortcuts, buttons, menus and forms."""

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
"""Seconds after which what a process had sent when it ended stands where it was to: it was on its way to
Slack, whose busy servers carry things out in another order than they came."""


class ReplyTarget(msgspec.Struct, frozen=True):
    """Where the answer to a question goes: to a channel and the thread there, or through a response address.
    It is kept, so that a question is answered after a crash too."""

    channel: str
    thread: str = ""
    address: str = ""
    command: bool = False
    """It came as a command: its question is not seen by others, and it may be private."""
    message: str = ""
    edited: str = ""
    """The message that asks, where it is one, and when it was last edited."""
    words: str = ""
    """What it says itself, where that is not what is looked up."""
    answer: str = ""
    """The message whose place the answer takes: the one that answered before the question was edited."""

    def asked(self, question: QuestionRequest) -> QuestionMessage | None:
        """The message that asks, as it stood; None for a command."""
        if not self.message:
            return None
        return QuestionMessage(question.venue, self.message, self.words or question.text, self.edited)


class SlackReply:
    """What all replies have in common."""

    def __init__(self, sender: Sender, request: Request) -> None:
        """Nothing is shown yet."""
        self._sender = sender
        self._request = request

    async def find(self, marks: Sequence[str]) -> tuple[str, str] | None:
        """See `bot.dispatch.reply.Reply`, as with all that follows."""
        raise NotImplementedError

    async def show(self, card: Card) -> str | None:
        """In the place that is this reply's."""
        raise NotImplementedError

    async def fail(self, card: Card) -> str | None:
        """Say why there is no reply."""
        raise NotImplementedError

    async def refuse(self, card: Card) -> None:
        """The same at once."""
        await self.fail(card)

    async def conclude(self, card: Card) -> str | None:
        """A message can be changed for as long as it stands."""
        return await self.show(card)

    async def show_progress(self, card: Card) -> None:
        """Shown where the outcome will stand."""
        await self.show(card)

    async def direct(self, card: Card) -> None:
        """In the conversation that the person has with the bot alone."""
        try:
            await self._sender.post(await self._sender.direct(self._request.person.id), card)
        except Exception:  # noqa: BLE001 - there is nobody left to tell but the log
            log_incident("telling somebody that their channel is closed to the bot")

    async def delete(self, room: str, message: str) -> None:
        """Delete a message of the bot's, if it is still there and Slack lets the bot reach it."""
        await self._sender.delete_if_there(room, message)

    def _below(self, channel: str, root: str) -> Venue:
        """The thread below a message, in which people ask on."""
        return replace(self._request.venue, thread=f"{channel}:{root}", own=True)


class InteractionReply(SlackReply):
    """The reply to something that a person used."""

    def __init__(
        self,
        sender: Sender,
        request: Request,
        used: Interaction,
        redraw_home: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        """The interaction was acknowledged. `redraw_home` publishes a person's App Home anew, which has no
        message that could be changed."""
        super().__init__(sender, request)
        self._used = used
        self._redraw_home = redraw_home
        self._placement = Placement.PRIVATE

    @property
    def target(self) -> ReplyTarget:
        """For the answer to a question by command; nothing is kept of others."""
        return ReplyTarget(self._used.channel, address=self._used.address, command=True)

    async def acknowledge(self, placement: Placement) -> bool:
        """Slack has its acknowledgement already."""
        # Without an address nobody can be told in private; that is so where nobody else is there.
        used = self._used
        unaddressed = placement is Placement.PRIVATE and used.channel and not used.address
        self._placement = Placement.PUBLIC if unaddressed else placement
        return True

    async def show(self, card: Card) -> str | None:
        """Where it was promised."""
        match self._placement:
            case Placement.PUBLIC:
                return await self._post(card)
            case Placement.IN_PLACE:
                return await self._replace(card)
            case _:
                return await self.aside(card)

    async def find(self, marks: Sequence[str]) -> tuple[str, str] | None:
        """Among the newest messages of the channel, since answers to a command in it stand in no thread; None
        if the bot may not read them, as where it is no member."""
        if not self._used.channel:
            return None
        await asyncio.sleep(ARRIVED)
        since = f"{time.time() - RECOVERABLE.total_seconds():.6f}"
        return await self._sender.find(self._used.channel, "", since, marks)

    async def aside(self, card: Card) -> str | None:
        """For the person alone: where they are, or directly where nothing can be said there."""
        used = self._used
        await self._sender.whisper(used.address, card, used.user, thread=used.thread)
        return None

    async def fail(self, card: Card) -> str | None:
        """What would have been replaced stays."""
        return await self.aside(card)

    async def open_form(self, form: Form) -> None:
        """As a modal, which keeps where it was opened from."""
        await self._sender.open_form(
            self._used.trigger, draw_form(form, self._request.messages, self._used.note)
        )

    async def remove(self) -> None:
        """Take away the message that was used."""
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
        """A command is not seen by others: its question is said above the answer."""
        return AnswerContext(shareable=private and not self._request.venue.alone)

    def conversation(self, message: str = "") -> Venue | None:
        """The thread below an answer for all, or the one in which it stands."""
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
        # The bot is not in that channel; the address that came with it reaches it all the same.
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
        # Where the bot is no member, the address that came with the press reaches the message.
        await self._sender.respond(used.address, card, public=True, replace=True)
        return used.message


class ReportReply(InteractionReply):
    """The reply to a command that may take long: a direct message tells how far it is and what came of it,
    since one that only its person sees in a channel can't be updated for long enough."""

    def __init__(self, sender: Sender, request: Request, used: Interaction) -> None:
        """Nothing is shown yet."""
        super().__init__(sender, request, used)
        self._channel = self._stamp = ""

    async def show(self, card: Card) -> str | None:
        """In the direct message; where that is new, the person is told where to look."""
        if self._stamp:
            return await self._sender.update(self._channel, self._stamp, card)
        self._channel = await self._sender.direct(self._used.user)
        self._stamp = await self._sender.post(self._channel, card)
        if self._channel != self._used.channel:
            await self._sender.respond(self._used.address, notice(self._request.messages("look-in-direct")))
        return self._stamp

    async def conclude(self, card: Card) -> str | None:
        """What came at once is told at once."""
        return await (self.show(card) if self._stamp or files(card) else self.aside(card))
