"""Adding, listing, pausing and removing standing questions, with permission checks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar, TypeVarTuple

from bot.chat.posting_pace import PostingPace
from bot.chat.refusal import Refusal
from bot.chat.standing_question import (
    Found,
    Pause,
    StandingKind,
    StandingQuestion,
    kept_person,
    make_standing,
)
from bot.chat.venue import Caller, Venue
from bot.service.service import Service
from retrieval.question.query import clean_question
from retrieval.question.remarks.remark import remark_of

PER_PERSON = 20
"""The most standing questions of a person on a platform: as many as one can keep track of."""
PER_COMMUNITY = 200
"""The most standing questions of a community; `python -m benchmarks.standing` measures what so many cost."""
NEAR = 5
"""How many sources are suggested if one is unknown."""

T = TypeVar("T")
Args = TypeVarTuple("Args")


class StandingQuestions:
    """The use cases of standing questions. Each belongs to its community and is managed by the person who set
    it; one that is posted in a channel also by moderators and administrators there."""

    def __init__(self, service: Service) -> None:
        """The service must be open."""
        self._service = service
        self._table = service.chat_store.standing

    async def ask(
        self,
        caller: Caller,
        question: str,
        *,
        source: str = "",
        collection: str = "",
        private: bool = False,
        pace: PostingPace | None = None,
    ) -> StandingQuestion:
        """Set a standing question, or follow a source if `question` is empty. It counts against the rate
        limit like a question.

        Raises Refusal and WrongCall if it could not be asked there, or if there are too many.
        """
        standing = make_standing(
            caller,
            StandingKind.QUESTION if question else StandingKind.SOURCE,
            clean_question(question) if question else "",
            datetime.now(UTC),
            source=source,
            collection=collection,
            private=private,
            pace=pace or PostingPace(digest=not question, zone=caller.person.zone),
        )
        return await self._add(standing, ())

    async def follow(self, answer_id: str, caller: Caller, *, private: bool) -> StandingQuestion:
        """Follow the story of an answer: its question, with its articles as already posted."""
        record = (await self._service.stored_answers.open(answer_id, caller.venue)).record
        now = datetime.now(UTC)
        standing = make_standing(
            caller,
            StandingKind.STORY,
            record.query.text,
            now,
            source=next(iter(sorted(record.sources)), "") if len(record.sources) == 1 else "",
            private=private or record.private,
            pace=PostingPace(zone=caller.person.zone),
        )
        seen = {(one.collection, one.article_id): one.version for one in record.kept}
        copies = {copy: "" for one in record.kept for copy in one.copies}
        return await self._add(
            standing, tuple(Found(*key, version, now) for key, version in {**copies, **seen}.items())
        )

    async def _add(self, standing: StandingQuestion, seen: tuple[Found, ...]) -> StandingQuestion:
        await self._check(standing)
        had = await self._run(standing.venue, self._table.of_tenant, standing.venue.tenant)
        if any(_same(one, standing) for one in had):
            raise Refusal("standing-already")
        add = partial(self._table.add, per_person=PER_PERSON, per_tenant=PER_COMMUNITY)
        if who := await self._run(standing.venue, add, standing, seen):
            most = PER_PERSON if who == "person" else PER_COMMUNITY
            raise Refusal(f"standing-too-many-{who}", most=most)
        return standing

    async def _check(self, standing: StandingQuestion) -> None:
        """Raise Refusal or WrongCall if it could not be asked there, or nothing can be posted there."""
        venue, access = standing.venue, self._service.access
        if venue.community is None and not standing.directly:
            raise Refusal("standing-not-here")  # a user-installed bot can only reply there
        if standing.text:
            if remark_of(standing.text):
                raise Refusal("standing-no-question")
            await self._service.questions.admit(standing.asking)
            return
        await access.admit(Caller(venue, standing.person))
        known = self._service.browsing.source_names(venue)
        if standing.source.casefold() not in {name.casefold() for name in known}:
            raise Refusal("unknown-source", name=standing.source, near=", ".join(known[:NEAR]) or "–")

    async def listed(self, caller: Caller) -> list[StandingQuestion]:
        """The standing questions that a person sees in a venue, oldest first: their own, and those posted
        there for everybody."""
        venue = caller.venue
        own = await self._run(venue, self._table.of_person, venue.platform, caller.person.id)
        ours = await self._run(venue, self._table.of_tenant, venue.tenant)
        here = [one for one in ours if not one.directly and one.venue.channel == venue.channel]
        found = {one.id: one for one in (*own, *here)}
        return sorted(found.values(), key=lambda one: one.created)

    async def get(self, standing_id: str, caller: Caller) -> StandingQuestion:
        """A standing question. Raises Refusal if it does not exist, or only another person may see it."""
        venue, person = caller.venue, caller.person
        found = await self._run(venue, self._table.get, standing_id)
        if found is None or found.venue.platform != venue.platform:
            raise Refusal("standing-gone")
        if found.person.id != person.id and (found.directly or found.venue.tenant != venue.tenant):
            raise Refusal("standing-gone")
        return found

    async def managed(self, standing_id: str, caller: Caller) -> StandingQuestion:
        """A standing question that the person may change. Raises Refusal otherwise."""
        found = await self.get(standing_id, caller)
        person, there = caller.person, Caller(found.venue, caller.person)
        manages = person.moderates or self._service.access.administers(there)
        if found.person.id != person.id and not manages:
            raise Refusal("standing-not-yours")
        return found

    async def pause(self, standing_id: str, caller: Caller) -> StandingQuestion:
        """Pause a standing question: nothing is searched for it, and waiting articles are not posted."""
        found = await self.managed(standing_id, caller)
        paused = replace(found, paused=Pause.ASKED)
        await self._run(caller.venue, self._table.change, paused)
        return paused

    async def resume(self, standing_id: str, caller: Caller) -> StandingQuestion:
        """Resume a standing question from now on, with its retention time starting again. One whose person
        left the community becomes that of the person who resumes it. Raises Refusal if it could not be asked
        there now."""
        found = await self.managed(standing_id, caller)
        person = kept_person(caller.person) if found.paused is Pause.LEFT else found.person
        resumed = replace(found, paused=None, person=person)
        await self._check(resumed)
        await self._run(caller.venue, self._table.put, resumed, datetime.now(UTC))
        return resumed

    async def remove(self, standing_id: str, caller: Caller) -> StandingQuestion:
        """Delete a standing question with everything stored for it."""
        found = await self.managed(standing_id, caller)
        await self._run(caller.venue, self._table.remove, found.id)
        return found

    async def _run(self, venue: Venue, function: Callable[[*Args], T], *args: *Args) -> T:
        return await self._service.db_worker.run(function, *args, tenant=venue.tenant)


def _same(one: StandingQuestion, other: StandingQuestion) -> bool:
    def told(standing: StandingQuestion) -> tuple[object, ...]:
        whose = standing.person.id if standing.directly else standing.venue.room
        return standing.kind, standing.text, standing.source.casefold(), standing.directly, whose

    return told(one) == told(other)
