"""Answers questions, and answers them again with fewer filters or for more quotes."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from bot.answers.ambiguous_name import MEANT, in_full
from bot.answers.answer import NoAnswer, quotes_of, with_quotes
from bot.chat.answer_record import AnswerRecord, key_of, make_record
from bot.chat.delivered_answer import DeliveredAnswer
from bot.chat.question_request import QuestionRequest
from bot.chat.refusal import LowConfidence
from bot.chat.venue import Caller
from bot.desk.desk import Desk
from bot.desk.follow_ups import ask_following, carried_from, unchanged
from bot.permissions.venue_access import VenueAccess
from bot.runtime.worker import Worker
from bot.service.question_query import narrowed_as, question_query, searchable_text, widened
from bot.service.stored_answers import StoredAnswers
from retrieval.question.query import Query
from retrieval.ranking.diversity import PAGE


class Questions:
    """Answers questions from what is visible in their venue. Each answer is stored before it is returned."""

    def __init__(
        self, desk: Desk, access: VenueAccess, stored_answers: StoredAnswers, search_worker: Worker
    ) -> None:
        """The desk runs in `search_worker`."""
        self._desk = desk
        self._access = access
        self._stored_answers = stored_answers
        self._search_worker = search_worker

    async def admit(self, asking: QuestionRequest) -> None:
        """Count a question, and refuse at once what can be refused without any work, before others see that
        somebody asked.

        Raises Refusal if no answer can be given now, and WrongCall if the question can't be searched.
        """
        await self._access.admit(asking.caller, addressed=asking.addressed)
        query = self._query(asking, searchable_text(asking))
        self._access.within(
            asking.venue,
            query.collections,
            lambda names: self._desk.check(replace(query, collections=names)),
        )
        self._search_worker.admit(asking.caller.queue_key)

    async def ask(self, asking: QuestionRequest, *, admitted: bool = False) -> DeliveredAnswer:
        """The answer, stored under its id. A question that was `admitted` is not counted again.

        Raises what `admit` raises, Refusal if the answer comes too late, and LowConfidence if it is not sure
        enough for people who did not ask the bot.
        """
        if admitted:
            self._access.check(asking.venue)  # answers may have been switched off since
        else:
            await self.admit(asking)
        query = self._query(asking, searchable_text(asking))
        count = self._access.preferences(asking.venue).passages
        previous = None if asking.checked else await self._stored_answers.previous(asking, refused_too=True)
        # A follow-up without filters of its own keeps those of the earlier question.
        goes_on = previous is not None and not (asking.since or asking.until or asking.sources)
        ask = partial(self._desk.ask, query, count)
        if previous:
            narrowed = partial(narrowed_as, earlier=previous.record.query) if goes_on else unchanged
            ask = partial(ask_following, self._desk, query, previous.question, count, narrowed=narrowed)
        result = await self._search_worker.run(
            self._access.within,
            asking.venue,
            query.collections,
            ask,
            tenant=asking.caller.queue_key,
        )
        if previous and goes_on and result.query.text != query.text:
            asking = replace(asking, sources=tuple(sorted(previous.record.sources)))
        if not asking.addressed and (isinstance(result, NoAnswer) or not result.sure):
            raise LowConfidence("not sure enough to be said unasked")
        carried = carried_from(previous.question if previous else None)
        record = make_record(result, asking, private=self._access.is_private(asking), carried=carried)
        return await self._stored_answers.keep(DeliveredAnswer(record, result))

    async def widen(self, answer_id: str, caller: Caller, name: str, *, private: bool) -> DeliveredAnswer:
        """The answer to the same question without one filter; `name` is as in `widened`."""
        earlier = (await self._stored_answers.open(answer_id, caller.venue)).record
        await self._access.admit(caller)
        chosen = self._access.sources(caller.venue) if name in ("sources", "filters") else ()
        query, sources = widened(earlier, name, chosen)
        asked = in_full(earlier.asked, name.removeprefix(MEANT)) if name.startswith(MEANT) else earlier.asked
        result = await self._search_worker.run(
            self._access.within,
            caller.venue,
            query.collections,
            partial(self._desk.ask, query, self._access.preferences(caller.venue).passages),
            tenant=caller.queue_key,
        )
        asking = replace(earlier.asked_again(caller), text=asked, sources=tuple(sorted(sources)))
        record = make_record(result, asking, private=private, carried=earlier.carried)
        return await self._stored_answers.keep(DeliveredAnswer(record, result))

    async def more(self, answer_id: str, caller: Caller) -> DeliveredAnswer | None:
        """The next quotes, for that person alone; None if there are no more."""
        earlier = (await self._stored_answers.open(answer_id, caller.venue)).record
        await self._access.admit(caller)
        return await self._following(earlier, earlier.asked_again(caller), private=True)

    async def go_on(self, asking: QuestionRequest, earlier: AnswerRecord) -> DeliveredAnswer | None:
        """The next quotes of the answer that a message follows up; None if there are no more. The message is
        counted already."""
        private = self._access.is_private(asking) or not asking.message  # a command gets a private answer
        now = replace(earlier, query=replace(earlier.query, asked_at=datetime.now(UTC)))
        again = replace(earlier.asked_again(asking.caller), message=asking.message)
        return await self._following(now, again, private=private)

    async def _following(
        self, earlier: AnswerRecord, asking: QuestionRequest, *, private: bool
    ) -> DeliveredAnswer | None:
        count = self._access.preferences(asking.venue).passages
        wanted = len(earlier.told) + count + PAGE  # a page may have been left short, and is filled up now
        result = await self._search_worker.run(
            self._access.within,
            asking.venue,
            earlier.query.collections,
            partial(self._desk.ask, earlier.query, wanted),
            tenant=asking.caller.queue_key,
        )
        quotes = tuple(quote for quote in quotes_of(result) if key_of(quote) not in earlier.told)[:count]
        if not quotes:
            return None
        following = with_quotes(result, quotes)
        record = make_record(following, asking, private=private, before=earlier.told, carried=earlier.carried)
        return await self._stored_answers.keep(DeliveredAnswer(record, following))

    def _query(self, asking: QuestionRequest, text: str) -> Query:
        allowed = self._access.collections(asking.venue)
        return question_query(asking, text, allowed, self._access.sources(asking.venue))
