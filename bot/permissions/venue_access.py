"""Access from a venue: its settings, collections, sources and rate limits."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bot.chat.preferences import AnswerPolicy, Preferences
from bot.chat.question_request import QuestionRequest
from bot.chat.refusal import Refusal
from bot.chat.venue import Caller, Venue
from bot.desk.desk import Desk
from bot.permissions.chat_settings import ChatSettings
from bot.permissions.rights import may_administer
from bot.runtime.rate_limit import RateLimits
from bot.sharing.rate_limiter import LocalRateLimiter, RateLimiter
from corpus.errors import NewsdeskError

Found = TypeVar("Found")

LOOKS = 60
"""Articles, lists and buttons per minute and person: one a second, as fast as people turn pages."""
OFFERS = 120
"""Completions per minute and person: the platforms request them when a person pauses in typing, at most twice
a second."""
COMMUNITY = 10
"""How many people at their limit a community may have at the same time. A completion takes less than 3 ms of
a core, so a community takes at most a sixteenth of one."""


class VenueAccess:
    """Checks what a venue may do, again with each question and each press."""

    def __init__(
        self, desk: Desk, settings: ChatSettings, pace: RateLimits, questions: RateLimiter | None = None
    ) -> None:
        """`pace` limits what is looked at, and `questions` what is asked: in this process, or over all that
        share a database."""
        self._desk = desk
        self._settings = settings
        self._pace = pace
        self._questions = questions or LocalRateLimiter(pace)

    def preferences(self, venue: Venue) -> Preferences:
        """The preferences of the venue."""
        return self._settings.preferences(venue)

    def administers(self, caller: Caller) -> bool:
        """Whether the person may administer the venue's community; False outside one."""
        venue = caller.venue
        return venue.community is not None and may_administer(caller.person, self.preferences(venue))

    def visible(self, venue: Venue) -> tuple[str, ...]:
        """The collections that are visible in the venue, whatever was chosen."""
        served = tuple(self._desk.collections)  # before the rights: see CurrentRights
        return self._settings.rights.visible(venue, served)

    def sees(self, venue: Venue, names: Iterable[str]) -> bool:
        """Whether all of the collections are visible in the venue now."""
        return set(names) <= set(self.visible(venue))

    def within(self, venue: Venue, names: Iterable[str], look: Callable[[tuple[str, ...]], Found]) -> Found:
        """The result of `look` for those of the collections that are visible in the venue; thread-safe.

        Visibility is checked again after `look`, since a collection may have been given to others and have
        received their articles meanwhile; then `look` is repeated without it. Raises Refusal if none is left.
        """
        while True:
            seen = self.visible(venue)
            names = tuple(name for name in names if name in seen)
            if not names:
                raise Refusal("no-collection")
            try:
                found = look(names)
            except NewsdeskError:  # its message may name what is there
                if self.sees(venue, names):
                    raise
            else:
                if self.sees(venue, names):
                    return found

    def collections(self, venue: Venue) -> tuple[str, ...]:
        """The collections that are searched for the venue. Raises Refusal if there are none."""
        chosen = self.preferences(venue).collections
        names = tuple(name for name in self.visible(venue) if not chosen or name in chosen)
        if not names:
            raise Refusal("no-collection")
        return names

    def sources(self, venue: Venue) -> Sequence[str]:
        """The sources to which the venue's searches are restricted, of those that still exist; empty if they
        are not.

        Raises Refusal if none of them exists.
        """
        chosen = self.preferences(venue).sources
        if not chosen:
            return ()

        def look(names: tuple[str, ...]) -> set[str]:
            return {key for snapshot in self._desk.held(names) for key in snapshot.names.sources}

        known = self.within(venue, self.collections(venue), look)
        served = tuple(name for name in chosen if name.casefold() in known)
        if not served:
            raise Refusal("no-source", names=", ".join(chosen[:5]))
        return served

    def is_private(self, asking: QuestionRequest) -> bool:
        """Whether the answer to a command is shown to the asker alone."""
        return self.preferences(asking.venue).private if asking.private is None else asking.private

    def check(self, venue: Venue) -> None:
        """Raise Refusal if the bot does not answer in the venue."""
        if self.preferences(venue).answers is AnswerPolicy.NOWHERE:
            raise Refusal("switched-off")

    async def admit(self, caller: Caller, *, addressed: bool = True) -> None:
        """Count a question. Raises Refusal if the bot does not answer there, or the rate limit is exceeded.

        Messages that were not `addressed` to the bot are counted separately, so that conversation does not
        use up people's questions.
        """
        self.check(caller.venue)
        preferences = self.preferences(caller.venue)
        apart = "" if addressed else "~"
        limits = {
            f"{caller.queue_key}/{caller.person.id}{apart}": preferences.person_limit,
            f"{caller.venue.tenant}#{caller.venue.room}{apart}": preferences.channel_limit,
        }
        if wait := await self._questions.take(limits):
            raise Refusal("too-fast", seconds=int(wait) + 1)

    def admit_look(self, caller: Caller, kind: str = "look") -> None:
        """Count an article, list or press; each `kind` is counted separately. Raises Refusal if the rate
        limit is exceeded."""
        if wait := self._wait(caller, kind, LOOKS):
            raise Refusal("too-fast", seconds=int(wait) + 1)

    def offers(self, caller: Caller) -> bool:
        """Count a completion; False if the rate limit is exceeded."""
        return not self._wait(caller, "offer", OFFERS)

    def _wait(self, caller: Caller, kind: str, limit: int) -> float:
        whose = f"{kind} {caller.queue_key}"
        return self._pace.take({f"{whose}/{caller.person.id}": limit, whose: COMMUNITY * limit})
