"""Handles messages with questions, which may be edited or deleted after they were answered."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from bot.chat.question_message import QuestionMessage, place_for
from bot.chat.question_request import QuestionRequest
from bot.dispatch.event_gate import SEEN, EventGate
from bot.dispatch.incidents import log_incident
from bot.service.service import Service
from corpus.errors import NewsdeskError

Delete = Callable[[str, str], Awaitable[None]]
"""Deletes a message of the bot's in a room, if both are still there."""


class AskedMessages:
    """Answers one state of a message at a time, and deletes the answer with the message."""

    def __init__(self, service: Service, gate: EventGate) -> None:
        """The service must be open."""
        self._service = service
        self._gate = gate
        self._deleted: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def place_for(self, asked: QuestionMessage, *, answered: bool = False) -> AsyncIterator[str | None]:
        """Lock a message against other states of it being answered. Yields the message that the answer
        replaces, empty for a new answer, and None if there is nothing to answer; also None if no earlier
        state was answered although `answered` requires it."""
        key = (asked.venue.tenant, asked.message)
        async with self._locks.setdefault(key, asyncio.Lock()):
            try:
                standing = await self._service.db_worker.run(
                    self._service.chat_store.questions.answered, asked.venue, asked.message
                )
            except NewsdeskError:
                log_incident("looking for the answer to a question")
                # An edited message may already be answered, and the old answer is better than a second one.
                yield None if asked.edited else ""
                return
            yield None if answered and standing is None else place_for(asked, standing)

    async def remember(self, asked: QuestionMessage, answer: str) -> None:
        """Store the message that contains the answer to a question; empty if there is none."""
        try:
            await self._service.db_worker.run(self._service.chat_store.questions.set_answered, asked, answer)
        except NewsdeskError:
            log_incident("remembering where an answer stands")

    def is_deleted(self, question: QuestionRequest) -> bool:
        """Whether the message with the question was deleted meanwhile."""
        return (question.venue.tenant, question.message) in self._deleted

    async def delete(self, tenant: str, message: str, delete: Delete) -> None:
        """Delete the answer to a deleted message, also one that is still being prepared."""
        self._deleted[tenant, message] = None
        if len(self._deleted) > SEEN:
            self._deleted.popitem(last=False)
        await self.forget(tenant, message, delete)

    async def forget(self, tenant: str, message: str, delete: Delete) -> None:
        """Delete the answers to a deleted message, on the platform and in the database."""
        chat_store, db_worker = self._service.chat_store, self._service.db_worker
        with self._gate.under_way():
            try:
                answers = await db_worker.run(chat_store.answers.to_question, tenant, message, tenant=tenant)
                if not answers:
                    return
                for room, answer in {
                    (record.venue.room, answer): None
                    for answer, record in answers
                    if answer and not record.private
                }:
                    await withdraw(delete, room, answer)
                await db_worker.run(chat_store.retention.forget_question, tenant, message, tenant=tenant)
            except Exception:  # noqa: BLE001 - nobody waits for it
                log_incident("forgetting the answer to a message that was deleted")


async def withdraw(delete: Delete, room: str, answer: str) -> None:
    """Delete the answer to a deleted message on the platform. Raises nothing."""
    try:
        await delete(room, answer)
    except Exception:  # noqa: BLE001 - nobody waits for it
        log_incident("taking away the answer to a message that was deleted")
