"""Stored answers: opening, sharing, voting, and the context of follow-up questions."""

import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.answers.answer import Answer, NoAnswer, Quote
from bot.chat.answer_record import AnswerRecord, QuoteRef, new_id
from bot.chat.delivered_answer import DeliveredAnswer
from bot.chat.question_request import QuestionRequest
from bot.chat.refusal import Refusal
from bot.chat.venue import Caller, Venue
from bot.chat_store.chat_store import ChatStore
from bot.desk.desk import Desk
from bot.desk.follow_ups import Shown, continues_refused, previous_list, previous_question
from bot.permissions.venue_access import VenueAccess
from bot.runtime.worker import Worker
from corpus.dates import BEGINNING_OF_TIME
from corpus.errors import NewsdeskError
from retrieval.collection.passage import Passage
from retrieval.question.followups.previous_question import PreviousQuestion
from retrieval.ranking.hit import Hit

FOLLOW_UP_TIME = timedelta(hours=1)
"""For how long a direct message can follow up the one before it. In a thread and in a reply it always can."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PreviousAnswer:
    """The answer that a question may follow up, and its question."""

    record: AnswerRecord
    question: PreviousQuestion


class StoredAnswers:
    """Stores answers and opens them again, only for their tenant and with what is visible now."""

    def __init__(self, desk: Desk, access: VenueAccess, chat_store: ChatStore, db_worker: Worker) -> None:
        """`chat_store` is only used in `db_worker`."""
        self._desk = desk
        self._access = access
        self._chat_store = chat_store
        self._db_worker = db_worker

    async def keep(self, answer: DeliveredAnswer) -> DeliveredAnswer:
        """Store an answer; if that fails it is shown without buttons, since people need the answer more than
        its record."""
        record = answer.record
        try:
            await self._db_worker.run(self._chat_store.answers.add, record, tenant=record.venue.tenant)
        except NewsdeskError as error:
            _log.error("an answer has no buttons, as it could not be kept: %s", error)
            return replace(answer, kept=False)
        return answer

    async def set_message(self, answer: DeliveredAnswer, message: str) -> None:
        """Store the message of an answer, so that replies to it are recognised."""
        record = answer.record
        await self._db_worker.run(
            self._chat_store.answers.set_message, record.id, message, tenant=record.venue.tenant
        )

    async def open(self, answer_id: str, venue: Venue) -> DeliveredAnswer:
        """A stored answer, with those of its quotes that its articles still have.

        Raises Refusal if it is not stored any more, or its collections are not visible in the venue.
        """
        record = await self._record(answer_id, venue)
        if record is None:
            raise Refusal("answer-gone")
        answer = self.reopened(record)
        if not self._access.sees(venue, record.query.collections):
            raise Refusal("answer-gone")
        return answer

    async def _record(self, answer_id: str, venue: Venue) -> AnswerRecord | None:
        return await self._db_worker.run(
            self._chat_store.answers.get, answer_id, venue.tenant, tenant=venue.tenant
        )

    def reopened(self, record: AnswerRecord) -> DeliveredAnswer:
        """The answer of a record, with those of its quotes that its articles still have."""
        found = tuple(quote for kept in record.kept if (quote := self._quote_again(kept)))
        made = (record.query, found, record.confidence, record.searched, record.missing)
        result = Answer(*made, record.unanswered) if record.answered else NoAnswer(*made)
        return DeliveredAnswer(record, result, len(record.kept) - len(found))

    def _quote_again(self, kept: QuoteRef) -> Quote | None:
        article = self._desk.article(kept.collection, kept.article_id)
        if article is None or article.version() != kept.version:
            return None
        copies = (self._desk.article(*copy) for copy in kept.copies)
        hit = Hit(
            Passage(article, kept.start, kept.end),
            kept.score,
            kept.features,
            kept.highlights,
            shown=kept.shown,
            answer=kept.answer,
            # Where a copy has the words is not stored, so its citation opens it at the beginning.
            also_in=tuple(Passage(copy, 0, 0) for copy in copies if copy),
        )
        return self._desk.quoter.quote(hit)

    async def opened(self, answer_id: str, venue: Venue, number: int) -> DeliveredAnswer:
        """A stored answer with the whole passage of quote `number`, counted from 1; 0 for none."""
        answer = await self.open(answer_id, venue)
        if not answer.quotes:
            raise Refusal("quotes-gone")
        return replace(answer, opened=min(number, len(answer.quotes)))

    async def previous(self, asking: QuestionRequest, *, refused_too: bool = False) -> PreviousAnswer | None:
        """The answer that a question may follow up, if its collections are still visible in the venue. A
        refused question counts only if it was replied to or nothing was answered, or, with `refused_too`, if
        this one goes on from it (`continues_refused`)."""
        try:
            record = await self._earlier(asking, refused_too=refused_too)
        except NewsdeskError as error:
            _log.error("a question is answered by itself, as none before it can be looked up: %s", error)
            return None
        if record is None or not self._access.sees(asking.venue, record.query.collections):
            return None  # its collection may have been given to others
        question = self._question(record)
        return PreviousAnswer(record, question) if question else None

    def _question(self, record: AnswerRecord) -> PreviousQuestion | None:
        if record.subject is not None:
            first = self._quote_again(record.kept[0]) if record.kept else None
            return previous_list(record.subject, record.query.text, first)
        shown = None
        if record.answered:
            articles = (self._desk.article(kept.collection, kept.article_id) for kept in record.kept)
            texts = tuple(article.text for article in articles if article)
            shown = Shown(texts, record.told, self._quote_again(record.kept[0]) if record.kept else None)
        return previous_question(record.query, shown, record.carried)

    async def again(self, asking: QuestionRequest) -> DeliveredAnswer | None:
        """The answer that a message follows up, stored once more as the answer to it; None if there is none
        with visible quotes."""
        previous = await self.previous(asking)
        if previous is None or not previous.record.answered or previous.record.subject is not None:
            return None
        record = replace(
            previous.record,
            id=new_id(),
            venue=asking.venue,
            person=asking.person.id,
            query=replace(previous.record.query, asked_at=datetime.now(UTC)),
            private=self._access.is_private(asking) or not asking.message,  # a command gets a private answer
            question=asking.message,
        )
        answer = replace(self.reopened(record), again=True)
        return await self.keep(answer) if answer.quotes else None

    async def _earlier(self, asking: QuestionRequest, *, refused_too: bool) -> AnswerRecord | None:
        venue, answers = asking.venue, self._chat_store.answers
        if asking.replied and (
            found := await self._db_worker.run(answers.in_message, venue, asking.replied, tenant=venue.tenant)
        ):
            return found
        if not venue.own:
            return None
        since = BEGINNING_OF_TIME if venue.thread else datetime.now(UTC) - FOLLOW_UP_TIME
        # A private question must not influence a public answer.
        whose = asking.person.id if venue.alone or self._access.is_private(asking) else ""
        last = await self._db_worker.run(answers.last, venue, since, whose, tenant=venue.tenant)
        if not (refused_too and last and last.answered):
            return last
        newest = partial(answers.last, refused_too=True)
        other = await self._db_worker.run(newest, venue, since, whose, tenant=venue.tenant)
        goes_on = other and not other.answered and continues_refused(asking.text, other.query)
        return other if goes_on else last

    async def history(self, caller: Caller, limit: int) -> list[AnswerRecord]:
        """The person's last answers in the venue's community, newest first."""
        by_person, tenant = self._chat_store.answers.by_person, caller.venue.tenant
        return await self._db_worker.run(by_person, tenant, caller.person.id, limit, tenant=tenant)

    async def direct_channels(self, platform: str, since: datetime, limit: int) -> list[str]:
        """The direct message channels with answers since then, the latest first."""
        return await self._db_worker.run(
            self._chat_store.answers.direct_channels, platform, since, limit, tenant=platform
        )

    async def is_asker(self, answer_id: str, caller: Caller) -> bool:
        """Whether the person asked for the answer."""
        record = await self._record(answer_id, caller.venue)
        return record is not None and record.person == caller.person.id

    async def check_dismiss(self, answer_id: str, caller: Caller) -> None:
        """Raise Refusal unless the person may delete the answer: the asker and moderators."""
        if not (caller.person.moderates or await self.is_asker(answer_id, caller)):
            raise Refusal("not-the-asker")

    async def vote(self, answer_id: str, caller: Caller, *, helpful: bool, reason: str = "") -> None:
        """Store a person's vote on an answer, which only the operator sees."""
        await self.open(answer_id, caller.venue)
        cast = partial(self._chat_store.votes.cast, helpful=helpful, reason=reason)
        await self._db_worker.run(cast, answer_id, caller.person.id, tenant=caller.venue.tenant)

    async def check_share(self, answer_id: str, caller: Caller) -> DeliveredAnswer:
        """A private answer that is to be shared. Raises Refusal unless its asker shares it, in a venue where
        the bot answers."""
        self._access.check(caller.venue)
        answer = await self.open(answer_id, caller.venue)
        if answer.record.person != caller.person.id:
            raise Refusal("not-the-asker")
        if not answer.quotes and answer.gone:
            raise Refusal("quotes-gone")
        return answer

    async def share(self, answer_id: str, caller: Caller) -> DeliveredAnswer:
        """Store a private answer as a public one with a new id, once in each channel or thread; it counts as
        a question. Raises Refusal as `check_share` does, if it was already shared there, and if the rate
        limit is exceeded."""
        answer = await self.check_share(answer_id, caller)
        await self._access.admit(caller)
        claim = self._chat_store.events.claim
        if not await self._db_worker.run(claim, caller.venue.platform, _sharing(answer_id, caller.venue)):
            raise Refusal("shared-already")
        return await self.keep(replace(answer, record=replace(answer.record, id=new_id(), private=False)))

    async def unshare(self, answer_id: str, venue: Venue) -> None:
        """Undo `share`, as the answer could not be shown."""
        unclaim = self._chat_store.events.unclaim
        await self._db_worker.run(unclaim, venue.platform, _sharing(answer_id, venue))

    async def copy_to(self, answer: DeliveredAnswer, venue: Venue) -> None:
        """Let people follow up an answer in another venue: a thread that was opened for it."""
        copy = await self.keep(replace(answer, record=replace(answer.record, id=new_id(), venue=venue)))
        if copy.kept:
            add = self._chat_store.threads.add
            await self._db_worker.run(add, venue.tenant, venue.room, tenant=venue.tenant)


def _sharing(answer_id: str, venue: Venue) -> str:
    return f"share/{answer_id}/{venue.room}"
