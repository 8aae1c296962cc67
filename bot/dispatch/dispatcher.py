"""Runs each platform event exactly once and always sends a reply."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.cards.answers import answer_card
from bot.cards.card import Card
from bot.cards.failures import explained
from bot.cards.form import Form
from bot.cards.notices import failure
from bot.cards.request import Request
from bot.chat.delivered_answer import DeliveredAnswer
from bot.chat.refusal import Refusal
from bot.chat.venue import Person, Venue
from bot.dispatch.acknowledging import acknowledge_now, leave_to_others
from bot.dispatch.admission import Admission
from bot.dispatch.asked_messages import AskedMessages, withdraw
from bot.dispatch.claims import Pending
from bot.dispatch.event_gate import AbandonedEvent, EventGate
from bot.dispatch.fence import TakenOver, fenced
from bot.dispatch.incidents import apologise, excuse, log_incident
from bot.dispatch.job import Job, Made, PrivateAnswer, RunningJob, answer_of
from bot.dispatch.opened_threads import OpenedThreads
from bot.dispatch.outcome_tracker import track_outcome
from bot.dispatch.platform_profile import PlatformProfile
from bot.dispatch.reply import OutcomeUnknown, Placement, Reply, Unshowable
from bot.dispatch.sent_answers import was_sent
from bot.measuring.meter import Timed, timed
from bot.messages.catalogue import Messages, messages_for
from bot.service.service import Service
from corpus.errors import NewsdeskError, PlatformRefused

Target = TypeVar("Target")
Show = Callable[[Card], Awaitable[str | None]]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Result:
    """What a job made, its card, None if nothing is shown, and the method that shows it."""

    made: Made
    card: Card | None
    show: Show


class Dispatcher:
    """Runs the jobs of one platform."""

    def __init__(self, service: Service, profile: PlatformProfile) -> None:
        """The service must be open."""
        self.service = service
        self.profile = profile
        self.gate = EventGate(service, profile.name)
        self.threads = OpenedThreads(service)
        self.messages = AskedMessages(service, self.gate)
        self._admission = Admission(self.gate)

    def request(self, venue: Venue, person: Person, public_locale: str = "") -> Request:
        """A request of a person, with messages in their language or in the one that the venue has chosen;
        `public_locale` is the platform's tag of the language for messages that everybody reads."""
        return Request(
            venue,
            person,
            self._messages(venue, person.locale),
            self._messages(venue, public_locale or person.locale),
            self.profile.canvas,
        )

    def _messages(self, venue: Venue, locale: str) -> Messages:
        language = self.service.access.preferences(venue).language or locale
        return messages_for(language, self.profile.name, self.profile.prefix)

    async def run(
        self, event: str | None, request: Request, reply: Reply, job: Job, *, claimed: bool = False
    ) -> None:
        """Run the job of an event, unless the event was handled before; if anything fails, the person is
        told.

        `event` is the platform's id, None if it has none; `claimed` is an event that was taken over from an
        ended process. A question that was not addressed to the bot gets a sure answer or none. Raises only
        PlatformRefused, if the platform rejects the bot.
        """
        if event is not None and not claimed and not self.gate.is_new(event):
            return acknowledge_now()
        if self.gate.leaves and not claimed:
            return leave_to_others()
        asks, waits = job.question is not None, not job.is_unaddressed
        named = self.profile.name
        with (
            self.gate.under_way(),
            track_outcome(self.service.meter, named, question=asks, shown=waits) as tracker,
        ):
            running = RunningJob(event, request, reply, job, tracker)
            try:
                if await self._admission.admits(running, claimed=claimed):
                    await self._answer(running)
            except PlatformRefused:
                raise
            except TakenOver:
                _log.info("an answer is not shown: another process took its question over")
                tracker.outcome = None
            except Exception:  # noqa: BLE001 - whatever it is, the person gets a word
                tracker.fail()
                await apologise(lambda: request, reply)
                await self.gate.claims.settle(running.pending)

    async def _answer(self, run: RunningJob) -> None:
        """Do the job and show its result. Raises TakenOver if another process has its event by now."""
        claims = self.gate.claims
        if thread := run.reply.conversation():
            await self.threads.add(thread)
        result = await self._result(run)
        if result is None:
            return
        if not await claims.may_show(run.pending):
            raise TakenOver
        with fenced(run.pending, claims.may_show):
            message = await self._show(run, result.card, result.show) if result.card else None
        await self._conclude(run, message, answer_of(result.made))
        await claims.settle(run.pending)

    async def _result(self, run: RunningJob) -> _Result | None:
        """The result of the work, or the error that it ended with; None if another process does it."""
        job, reply, tracker = run.job, run.reply, run.tracker
        try:
            if self.gate.stopping and job.question and not job.check:
                raise Refusal("stopping")  # a promised reply is still given
            if run.event is not None and not job.question and not await self.gate.claims.confirm(run.event):
                return None
            made = await job.work()
            card, show = await self._draw(run, made)
            tracker.conclude(answer_of(made))
        except NewsdeskError as error:
            tracker.refuse(error)
            made, card, show = None, failure(excuse(error, run.messages)), reply.fail
        except Exception:  # noqa: BLE001 - whatever it is, the person gets a word
            tracker.fail()
            number = log_incident("answering")
            made, card, show = None, failure(run.messages("broken", incident=number)), reply.fail
        if made is None and job.is_unaddressed:
            card = None
        return _Result(made, card, show)

    async def _draw(self, run: RunningJob, made: Made) -> tuple[Card | None, Show]:
        """The result of a job as a card, None if nothing is shown, and the method that shows it."""
        job, reply = run.job, run.reply
        privately = isinstance(made, PrivateAnswer)
        show = reply.show_privately if privately else reply.conclude if job.long else reply.show
        answer = answer_of(made)
        if answer is None:
            if isinstance(made, Form):
                await reply.open_form(made)
            return made if isinstance(made, Card) else None, show
        if job.question:
            if self.messages.is_deleted(job.question):
                return None, show  # the answer is deleted below
            said = f" {job.question.text!r}" if self.service.options.log_questions else ""
            kind = type(answer.result).__name__
            sure = answer.result.confidence
            fields = {"platform": self.profile.name, "outcome": kind, "confidence": round(sure, 3)}
            _log.info("asked%s: %s, confidence %.2f", said, kind, sure, extra=fields)
        return await self._card(run, answer, privately=privately, replied=show == reply.show), show

    async def _card(
        self, run: RunningJob, answer: DeliveredAnswer, *, privately: bool, replied: bool
    ) -> Card:
        """The card of an answer, which is shown `privately`, to the person alone, or as the reply's own
        message (`replied`). Raises Refusal if its collections are no longer visible in its venue."""
        job, record = run.job, answer.record
        frame = run.reply.context(job.question, private=record.private)
        # A pressed button is below the message with the question, unless the answer is private.
        below = job.question is None and replied and record.question and not record.private
        question = frame.question and (not below or record.checked)
        thread = frame.thread and not privately  # nobody else could read the thread
        names = self.service.desk.chosen_source_names(record.query)
        frame = replace(frame, question=question, thread=thread, names=names, shared=job.shared)
        # In a thread, as finding the page of a quote in a long article takes a while.
        with timed(self.service.meter, Timed.RENDERING):
            card = await asyncio.to_thread(answer_card, answer, run.messages, frame, run.request.canvas)
        # Checked again right before sending, since a collection may have been given to others.
        if not self.service.access.sees(record.venue, record.query.collections):
            raise Refusal("answer-gone")
        return card

    async def _show(self, run: RunningJob, card: Card, show: Show) -> str | None:
        """Show a card, and return its message's id; if that fails, undo the job and show the error."""
        messages, reply, job, tracker = run.messages, run.reply, run.job, run.tracker
        try:
            with timed(self.service.meter, Timed.SENDING):
                return await show(card)
        except (PlatformRefused, TakenOver):
            tracker.fail()
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the person gets a word
            tracker.fail()
            if job.undo:
                await job.undo()
            if isinstance(error, Unshowable):
                if not job.is_unaddressed:
                    await reply.direct(failure(messages(error.key)))
                return None
            if isinstance(error, Refusal):  # by the platform's rules, so it is no fault
                tracker.refuse(error)
                words = explained(error, messages)
            else:
                number = log_incident("sending an answer")
                words = (
                    messages("unsure")
                    if isinstance(error, OutcomeUnknown)
                    else messages("broken", incident=number)
                )
        if job.is_unaddressed:
            return None
        try:
            return await reply.fail(failure(words))
        except Unshowable as error:
            await reply.direct(failure(messages(error.key)))
        except Exception:  # noqa: BLE001 - it can only be logged
            log_incident("saying that an answer could not be sent")
        return None

    async def _conclude(self, run: RunningJob, message: str | None, answer: DeliveredAnswer | None) -> None:
        """Store what was shown and its thread; delete it if its question was deleted meanwhile."""
        reply, job, venue = run.reply, run.job, run.request.venue
        thread = reply.conversation(message) if message else None
        if thread:
            await self.threads.add(thread)
        stored_answers = self.service.stored_answers
        if answer and message:
            try:
                await stored_answers.set_message(answer, message)
            except NewsdeskError:
                log_incident("remembering where an answer stands")  # the answer is shown all the same
        if job.question and self.messages.is_deleted(job.question):
            if message:
                await withdraw(reply.delete, venue.room, message)
            await self.messages.forget(venue.tenant, job.question.message, reply.delete)
            return
        if job.asked and (message or job.place or not job.is_unaddressed):
            # If the answer could not be replaced, the old one is still there.
            await self.messages.remember(job.asked, message or job.place)
        if answer and thread:
            await stored_answers.copy_to(answer, thread)

    async def continue_in(self, answer: DeliveredAnswer, thread: Venue) -> None:
        """Let people follow up an answer in a thread that was opened for it."""
        await self.service.stored_answers.copy_to(answer, thread)
        await self.threads.load()

    async def recover(
        self, kind: type[Target], again: Callable[[Pending[Target]], Awaitable[tuple[Request, Reply, Job]]]
    ) -> None:
        """Answer the questions that a crash left, and, until cancelled, those of other processes that end.
        `again` builds the arguments of `run` from a stored question."""

        async def answer(left: AbandonedEvent[Target]) -> None:
            request, reply, job = await again(left.pending)
            # Private answers are not searched for, since only their reader could find them.
            sent = left.shown and job.placement is Placement.PUBLIC
            if not (sent and await was_sent(self.service, reply, left.event, left.pending.asking)):
                await self.run(left.event, request, reply, job, claimed=True)

        await self.gate.recover(kind, answer, forever=True)
