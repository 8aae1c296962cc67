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
        """`question` is what the message asks; None where people can't ask on below the reply. With
        `fails_alone` nobody but the writer reads why there is none. `topic` is what the conversation is
        about, in the assistant's pane."""
        super().__init__(sender, request)
        self.target = target
        self._question = question
        self._fails_alone = fails_alone
        self._topic = topic

    async def acknowledge(self, placement: Placement) -> bool:  # noqa: ARG002
        """In the assistant's pane, say that the bot is at work."""
        if self._topic:
            status = self._request.messages("working")
            await self._sender.show_status(self.target.channel, self.target.thread, status, self._topic)
        return True

    async def show(self, card: Card) -> str | None:
        """Under the message; in the place of an earlier reply nothing is shown where that is gone."""
        target = self.target
        if target.answer:
            return await self._sender.update_if_there(target.channel, target.answer, card)
        return await self._sender.post(target.channel, card, target.thread or None)

    async def find(self, marks: Sequence[str]) -> tuple[str, str] | None:
        """Among what stands below the message, by its buttons; what takes an earlier reply's place may be put
        there again."""
        target = self.target
        if target.answer:
            return None
        await asyncio.sleep(ARRIVED)
        return await self._sender.find(target.channel, target.thread, target.message, marks)

    async def aside(self, card: Card) -> str | None:
        """Where the writer is, for them alone."""
        target = self.target
        await self._sender.hint(target.channel, self._request.person.id, card, target.thread or None)
        return None

    async def fail(self, card: Card) -> str | None:
        """With the question for all who read it, or alone."""
        return await (self.aside(card) if self._fails_alone else self.show(card))

    async def open_form(self, form: Form) -> None:
        """A message opens none."""
        raise NotImplementedError

    async def remove(self) -> None:
        """Nothing was pressed."""
        raise NotImplementedError

    def context(self, question: QuestionRequest | None, *, private: bool) -> AnswerContext:  # noqa: ARG002
        """The question stands above, unless it was another message that was looked up."""
        return AnswerContext(question=question is not None and question.checked)

    def conversation(self, message: str = "") -> Venue | None:
        """The thread of the reply: known before it is shown where the question was put to the bot."""
        question, root = self._question, self.target.thread or message
        if not question or not root or not (message or question.addressed):
            return None
        return self._below(self.target.channel, root)
