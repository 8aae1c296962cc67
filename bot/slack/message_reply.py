"""The reply under a message, or in the place of an earlier one."""

import asyncio
from collections.abc import Sequence

from bot.cards.answer_buttons import AnswerContext
from bot.cards.card import Card
from bot.cards.form import Form
from bot.cards.request import Request
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Venue
from bot.dispatch.reply import Placement
from bot.slack.api.send import Sender
from bot.slack.replies import ARRIVED, ReplyTarget, SlackReply


class MessageReply(SlackReply):
    """The reply under a message, or in the place of an earlier one."""

    def __init__(
        self,
        sender: Sender,
        request: Request,
        target: ReplyTarget,
        question: QuestionRequest | None,
        *,
        fails_alone: bool,
        topic: str = "",
    ) -> None:
        """`question` is the message's question; None if a reply can't be followed up. If `fails_alone`, only
        the writer sees an error. `topic` is the title of the conversation in the assistant's pane; empty
        outside it."""
        super().__init__(sender, request)
        self.target = target
        self._question = question
        self._fails_alone = fails_alone
        self._topic = topic

    async def acknowledge(self, placement: Placement) -> bool:  # noqa: ARG002
        """Show in the assistant's pane that the bot is working. Slack was acknowledged before."""
        if self._topic:
            status = self._request.messages("working")
            await self._sender.show_status(self.target.channel, self.target.thread, status, self._topic)
        return True

    async def show(self, card: Card) -> str | None:
        """Post the card under the message, or replace the earlier reply; None if that is gone."""
        target = self.target
        if target.answer:
            return await self._sender.update_if_there(target.channel, target.answer, card)
        return await self._sender.post(target.channel, card, target.thread or None)

    async def find(self, marks: Sequence[str]) -> tuple[str, str] | None:
        """Search below the message. A reply that replaces an earlier one is not searched, since it can be
        repeated."""
        target = self.target
        if target.answer:
            return None
        await asyncio.sleep(ARRIVED)
        return await self._sender.find(target.channel, target.thread, target.message, marks)

    async def show_privately(self, card: Card) -> str | None:
        """Send an ephemeral message to the writer."""
        target = self.target
        await self._sender.hint(target.channel, self._request.person.id, card, target.thread or None)
        return None

    async def fail(self, card: Card) -> str | None:
        """Show an error to everybody, or only to the writer."""
        return await (self.show_privately(card) if self._fails_alone else self.show(card))

    async def open_form(self, form: Form) -> None:
        """A message can't open a form."""
        raise NotImplementedError

    async def remove(self) -> None:
        """There is no pressed message to remove."""
        raise NotImplementedError

    def context(self, question: QuestionRequest | None, *, private: bool) -> AnswerContext:  # noqa: ARG002
        """Repeat the question if another message was looked up; otherwise it stands above the reply."""
        return AnswerContext(question=question is not None and question.checked)

    def conversation(self, message: str = "") -> Venue | None:
        """The thread of the reply, in which people can follow up; None if they can't. If the bot was
        addressed, it is known before the reply is shown."""
        question, root = self._question, self.target.thread or message
        if not question or not root or not (message or question.addressed):
            return None
        return self._below(self.target.channel, root)
