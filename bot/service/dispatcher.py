"""What every way of asking has in common on every platform: once, answered, and never silent."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar
from weakref import WeakValueDictionary

import msgspec

from bot.cards.answers import Frame, answer_card
from bot.cards.card import Canvas, Card
from bot.cards.failures import OPERATORS, explained
from bot.cards.notices import failure
from bot.chat.question_message import QuestionMessage, place_for
from bot.chat.question_request import DeliveredAnswer, QuestionRequest
from bot.chat.refusal import Refusal
from bot.chat.venue import Person, Venue, counted_for
from bot.desk import browse
from bot.messages.catalogue import Messages, messages_for
from bot.runtime.logs import incident
from bot.service.service import Service
from corpus.errors import NewsdeskError, PlatformRefused

SEEN = 10_000
"""Events known in memory; the ledger knows those of the last day."""
DRAIN = 10.0
"""Seconds that answers under way have to be finished when the bot is stopped."""
RECOVERABLE = timedelta(minutes=14)
"""How long after a crash a question is still answered: Discord takes an answer for 15 minutes."""

Show = Callable[[Card], Awaitable[str | None]] | Callable[[Card], Awaitable[None]]
"""Shows a card where it belongs; gives the message's id, where the platform tells it."""
Work = Callable[[], Awaitable[Card | DeliveredAnswer | None]]
"""What is shown: a card, an answer, or nothing."""

Where = TypeVar("Where")
_log = logging.getLogger(__name__)


class Pending(msgspec.Struct, Generic[Where], frozen=True):
    """A question under way, and `where` its answer goes: what is needed to give it after a crash."""

    asking: QuestionRequest
    where: Where


class Unshowable(Exception):
    """The platform does not let the bot show anything there, or not these words."""

    def __init__(self, key: str = "cannot-write-there") -> None:
        super().__init__(key)
        self.key = key
        """The message that says why, to who asked, elsewhere."""


class Unsure(Exception):
    """The platform did not say whether it took what was sent; sent again, it might stand there twice."""


def undone(show: Show, undo: Callable[[], Awaitable[None]]) -> Show:
    """Shows a card; where that fails, `undo` is done."""

    async def shown(card: Card) -> str | None:
        try:
            return await show(card)
        except Exception:
            await undo()
            raise

    return shown


async def _unsaid(_card: Card) -> None:
    """Say nothing, because nobody waits for a word."""


class Dispatcher:
    """Carries out what people ask for on one platform. Each event is answered once, also where it comes again
    after a restart; whoever asked gets a word, whatever breaks."""

    def __init__(self, service: Service, platform: str, canvas: Canvas) -> None:
        """The service must be open; `canvas` is what a message of the platform holds."""
        self.service = service
        self.prefix = ""
        """What stands before the names of commands."""
        self.platform = platform
        self.canvas = canvas
        self.opened: frozenset[tuple[str, str]] = frozenset()
        self.stopping = False
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._deleted: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._under_way: set[asyncio.Task[Any]] = set()
        self._idle = asyncio.Event()
        self._idle.set()
        self._questions: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    async def load(self) -> None:
        """Read which threads are ours."""
        self.opened = await self.service.db_worker.run(self.service.chat_store.threads.all)

    async def know(self, tenant: str, thread: str) -> None:
        """Look whether a thread is one of ours: another process on this home may have opened it."""
        if (tenant, thread) in self.opened:
            return
        chat_store = self.service.chat_store
        try:
            if await self.service.db_worker.run(chat_store.threads.has, tenant, thread, tenant=tenant):
                self.opened |= {(tenant, thread)}
        except NewsdeskError:
            self.broke("looking whether a thread is one of ours")

    async def listen(self, venue: Venue) -> None:
        """From now on, a thread is one of ours in which people ask on: here at once, and in every process."""
        key = (venue.tenant, venue.room)
        if key in self.opened:
            return
        self.opened |= {key}
        chat_store = self.service.chat_store
        try:
            await self.service.db_worker.run(
                chat_store.threads.add, venue.tenant, venue.room, tenant=venue.tenant
            )
        except NewsdeskError:
            self.broke("remembering a thread")

    # Once, and to the end

    def is_new(self, event: str) -> bool:
        """Whether an event did not come before in this process."""
        if event in self._seen:
            return False
        self._seen[event] = None
        if len(self._seen) > SEEN:
            self._seen.popitem(last=False)
        return True

    async def claim(self, event: str, pending: Pending[Where] | None = None) -> bool:
        """Whether the event is ours to answer: no other process, and none before a restart, has it."""
        try:
            body = msgspec.json.encode(pending).decode() if pending else None
        except UnicodeEncodeError:
            body = None  # half a character: it is answered, but not after a crash
        asking = pending.asking if pending else None
        tenant = counted_for(asking.venue, asking.person) if asking else self.platform
        try:
            return await self.service.db_worker.run(
                self.service.chat_store.events.claim, self.platform, event, body, tenant=tenant
            )
        except NewsdeskError:
            self.broke("claiming an event")
            return True  # rather twice than never

    async def take(self, event: str, pending: Pending[Where] | None = None) -> bool:
        """Whether the event is to be answered now: it is new here, and ours to answer."""
        return self.is_new(event) and await self.claim(event, pending)

    async def settle(self, event: str) -> None:
        """The event was answered: nothing of it is needed any more."""
        try:
            await self.service.db_worker.run(
                self.service.chat_store.events.settle, self.platform, event, tenant=self.platform
            )
        except NewsdeskError:
            self.broke("settling an event")

    # Questions in messages, which may be edited

    @asynccontextmanager
    async def place_for(
        self, written: QuestionMessage, *, answered: bool = False
    ) -> AsyncIterator[str | None]:
        """For the time of the block, no other state of that message is answered. Gives the message whose
        place the answer takes, empty for a new one, and None where there is nothing to answer; so too, with
        `answered`, where no earlier state of it was."""
        key = (written.venue.tenant, written.message)
        async with self._questions.setdefault(key, asyncio.Lock()):
            try:
                standing = await self.service.db_worker.run(
                    self.service.chat_store.questions.answered, written.venue, written.message
                )
            except NewsdeskError:
                self.broke("looking for the answer to a question")
                # What was edited may be answered already; rather the old answer than two.
                yield None if written.edited else ""
                return
            yield None if answered and standing is None else place_for(written, standing)

    async def stood(self, written: QuestionMessage, answer: str) -> None:
        """The answer to a question stands in that message, or in none."""
        try:
            await self.service.db_worker.run(self.service.chat_store.questions.set_answered, written, answer)
        except NewsdeskError:
            self.broke("remembering where an answer stands")

    # After a crash

    async def recover(self, kind: type[Where], again: Callable[[Pending[Where]], Awaitable[None]]) -> None:
        """Do `again` what was under way when the bot crashed, where that is still worth it."""
        chat_store, platform = self.service.chat_store, self.platform
        unsettled = await self.service.db_worker.run(chat_store.events.unsettled, platform)
        for event, at, body in unsettled:
            if self.stopping:
                return
            try:
                if datetime.now(UTC) - at < RECOVERABLE:
                    await again(msgspec.json.decode(body, type=Pending[kind]))  # type: ignore[valid-type]
            except Exception:  # noqa: BLE001 - the others still want their answers
                self.broke("answering what a crash had left")
            await self.settle(event)

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """For the time of the block, the task answers something; a stop waits for it."""
        if asyncio.current_task() in self._under_way:
            yield
            return
        self.begin()
        try:
            yield
        finally:
            self.end()

    def begin(self) -> None:
        """The task at hand answers something, until `end`."""
        if task := asyncio.current_task():
            self._under_way.add(task)
            self._idle.clear()

    def end(self) -> None:
        """The task at hand is done with it."""
        if task := asyncio.current_task():
            self._under_way.discard(task)
        if not self._under_way:
            self._idle.set()

    async def drain(self, *, alone: bool = False) -> None:
        """Take nothing more, stop the reload that goes on, and wait for what is under way.

        Where this platform ends `alone`, the reload may be another's, and goes on. What is not finished in
        time is left as after a crash: the next start answers it.
        """
        self.stopping = True
        try:
            async with asyncio.timeout(DRAIN):
                if not alone:
                    await self.service.corpus_editor.stop()
                await self._idle.wait()
        except TimeoutError:
            left = list(self._under_way)
            for task in left:
                task.cancel()
            if left:
                _log.warning(
                    "%d answers were not finished in time; they come after the next start", len(left)
                )
                await asyncio.wait(left, timeout=1)

    def broke(self, what: str) -> str:
        """Put the exception at hand into the log under a new incident's id, and give the id."""
        number = incident()
        _log.exception("incident %s while %s", number, what)
        return number

    def paced(self, venue: Venue, person: Person, work: Work) -> Work:
        """Work that is counted as something looked at, and refused where such things come too fast."""

        async def counted() -> Card | DeliveredAnswer | None:
            self.service.access.admit_look(venue, person)
            return await work()

        return counted

    def excuse(self, error: NewsdeskError, messages: Messages) -> str:
        """What is said of an error; what is the operator's to mend goes into the log, under an incident."""
        number = ""
        if isinstance(error, OPERATORS):
            number = incident()
            _log.error("incident %s: %s", number, error)
        return explained(error, messages, number)

    # Words

    def say_in(self, venue: Venue, locale: str) -> Messages:
        """The words for a reader of that language, unless the venue has chosen one."""
        language = self.service.access.preferences(venue).language or locale
        return messages_for(language, self.platform, self.prefix)

    def _names(self, shown: DeliveredAnswer) -> dict[str, str]:
        """How the sources that an answer was narrowed to are written."""
        wanted = shown.record.query.sources
        held = self.service.desk.collections
        snapshots = [held[name] for name in shown.record.query.collections if wanted and name in held]
        return {key: name for key, name in browse.source_names(snapshots).items() if key in wanted}

    # Refusing at once

    def refused(self, check: Callable[[], object], messages: Messages) -> Card | None:
        """What is said, to who asked alone, where a check that takes no time refuses; None where it does not.

        An adapter asks this before it acknowledges for all to see that somebody asked.
        """
        try:
            if self.stopping:
                raise Refusal("stopping")
            check()
        except NewsdeskError as error:
            return failure(self.excuse(error, messages))
        return None

    def admit(self, asking: QuestionRequest) -> Card | None:
        """Count a question that is not acknowledged yet; what is said where it is refused, as `refused`."""
        messages = self.say_in(asking.venue, asking.person.locale)
        return self.refused(lambda: self.service.questions.admit(asking), messages)

    # Answering

    async def answer(
        self,
        show: Show,
        asking: QuestionRequest,
        frame: Frame,
        then: Callable[[DeliveredAnswer], object] | None = None,
        *,
        admitted: bool = False,
        aside: Show | None = None,
    ) -> None:
        """Answer a question where it was asked, or say why not, `aside` where that is given; `then` is told
        of the answer. What was `admitted` is not counted again.

        Where the bot was not addressed it gives a sure answer, or says nothing at all.
        """

        async def work() -> DeliveredAnswer | None:
            try:
                if self.stopping and not admitted:  # what was promised is finished
                    raise Refusal("stopping")
                shown = await self.service.questions.ask(asking, admitted=admitted)
            except NewsdeskError:
                if asking.addressed:
                    raise
                return None
            if self.is_deleted(asking):
                return None  # it is forgotten below
            question = f" {asking.text!r}" if self.service.log_questions else ""
            kind = type(shown.result).__name__
            _log.info("asked%s: %s, confidence %.2f", question, kind, shown.result.confidence)
            if then:
                then(shown)
            return shown

        messages: list[str] = []

        async def noted(card: Card) -> str | None:
            message = await show(card)
            messages.extend([message] if message else [])
            return message

        aside = aside if asking.addressed else _unsaid
        try:
            await self.attempt(noted, work, self.say_in(asking.venue, asking.person.locale), frame, aside)
        except Unshowable:
            if asking.addressed:
                raise
        if self.is_deleted(asking):
            for message in messages:
                await self._withdraw(asking.venue.room, message)
            await self._forget(asking.venue.tenant, asking.message)

    def is_deleted(self, asking: QuestionRequest) -> bool:
        """Whether the message that asks was deleted meanwhile."""
        return (asking.venue.tenant, asking.message) in self._deleted

    async def question_deleted(self, tenant: str, question: str) -> None:
        """A message was deleted: if it asked something, its answer goes with it, also one under way."""
        self._deleted[tenant, question] = None
        if len(self._deleted) > SEEN:
            self._deleted.popitem(last=False)
        await self._forget(tenant, question)

    async def _forget(self, tenant: str, question: str) -> None:
        chat_store, db_worker = self.service.chat_store, self.service.db_worker
        with self.under_way():
            try:
                answers = await db_worker.run(chat_store.answers.to_question, tenant, question, tenant=tenant)
                if not answers:
                    return
                for room, message in {
                    (record.venue.room, message): None
                    for message, record in answers
                    if message and not record.private
                }:
                    await self._withdraw(room, message)
                await db_worker.run(chat_store.retention.forget_question, tenant, question, tenant=tenant)
            except Exception:  # noqa: BLE001 - nobody waits for it
                self.broke("forgetting the answer to a message that was deleted")

    async def _withdraw(self, room: str, message: str) -> None:
        try:
            await self.delete_answer(room, message)
        except Exception:  # noqa: BLE001 - nobody waits for it
            self.broke("taking away the answer to a message that was deleted")

    async def delete_answer(self, room: str, message: str) -> None:
        """Delete a message of the bot's, if it is still there."""
        raise NotImplementedError

    async def attempt(
        self,
        show: Show,
        work: Work,
        messages: Messages,
        frame: Frame | None = None,
        aside: Show | None = None,
    ) -> None:
        """Show what the work gives; where it fails, say so in words, with an incident's id if it is a bug.

        Failures are said `aside`, where that is given, so that what `show` would replace stays. Raises
        Unshowable alone, and PlatformRefused where the platform does not let the bot in any more.
        """
        shown: DeliveredAnswer | None = None
        with self.under_way():
            try:
                made = await work()
                if isinstance(made, DeliveredAnswer):
                    shown = made
                    framed = replace(frame or Frame(), names=self._names(shown))
                    # In a thread: finding the page of a quote in a long article takes a while.
                    made = await asyncio.to_thread(answer_card, shown, messages, framed, self.canvas)
                    # Once more before it goes out: it may have waited, and is others' now.
                    if not self.service.access.sees(shown.record.venue, shown.record.query.collections):
                        shown = None
                        raise Refusal("answer-gone")
            except NewsdeskError as error:
                made, show = failure(self.excuse(error, messages)), aside or show
            except Exception:  # noqa: BLE001 - whatever it is, the person gets a word
                made, show = failure(messages("broken", incident=self.broke("answering"))), aside or show
            if made is None:
                return
            try:
                message = await show(made)
            except (Unshowable, PlatformRefused):
                raise
            except Exception as error:  # noqa: BLE001 - whatever it is, the person gets a word
                if isinstance(error, Refusal):  # by the platform's own rules, and no fault
                    words = explained(error, messages)
                else:
                    number = self.broke("sending an answer")
                    words = (
                        messages("unsure")
                        if isinstance(error, Unsure)
                        else messages("broken", incident=number)
                    )
                try:
                    await (aside or show)(failure(words))
                except Exception:  # noqa: BLE001 - there is nobody left to tell but the log
                    self.broke("saying that an answer could not be sent")
                return
            if shown and message:
                try:
                    await self.service.stored_answers.set_message(shown, message)
                except NewsdeskError:
                    self.broke("remembering where an answer stands")  # it stands there all the same
