"""The protocol with which each platform's adapter posts messages for standing questions."""

from datetime import datetime, timedelta
from typing import Protocol

from bot.cards.card import Card
from bot.chat.standing_question import StandingQuestion
from bot.chat.venue import Venue

EARLIER = timedelta(minutes=1)
"""How much earlier than a posting a search for it starts, since the clocks of two machines differ."""


class Gone(Exception):
    """The channel of a standing question, or its person, no longer exists, so it is removed."""


class LeftCommunity(Exception):
    """The person who set a standing question has left the community."""


class Poster(Protocol):
    """Posts messages on a platform. Each has a mark, the id of its posting, in one of its buttons, by which
    it can be found again."""

    @property
    def repeatable(self) -> timedelta:
        """For how long after a message was sent the platform recognises a message with the same mark as the
        same; zero if it does not."""
        ...

    def serves(self, venue: Venue) -> bool:
        """Whether this bot serves the venue; another bot on the same home may serve others."""
        ...

    async def place(self, standing: StandingQuestion) -> Venue:
        """Where a standing question is posted: its own venue, or the person's direct messages.

        Raises Gone if that no longer exists, LeftCommunity if the person left the community, and
        OutcomeUnknown if the platform does not say.
        """
        ...

    async def post(self, place: Venue, card: Card, mark: str) -> str:
        """Post a card with a mark, once even if it is retried; returns the message's id.

        Raises Gone and Unshowable if it was certainly not posted, and OutcomeUnknown if it may have been.
        """
        ...

    async def find(self, place: Venue, mark: str, since: datetime) -> str | None:
        """The id of the message with a mark that was posted since a time; None if there certainly is none.
        Raises OutcomeUnknown if that is not known."""
        ...
