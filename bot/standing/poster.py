"""Posting messages for standing questions: the protocol that each platform's adapter implements."""

from datetime import datetime, timedelta
from typing import Protocol

from bot.cards.card import Card
from bot.chat.standing_question import StandingQuestion
from bot.chat.venue import Venue


class Gone(Exception):
    """The place of a standing question is not there any more, or its person is not: it is removed."""


class LeftCommunity(Exception):
    """Who set a standing question is not in its community any more."""


class Poster(Protocol):
    """Posts messages on its platform. Each message carries a mark, the id of its posting, in one of its
    buttons, so that it can be found again."""

    @property
    def repeatable(self) -> timedelta:
        """For how long after a message was sent the platform takes it, sent again with its mark, for the
        same one; zero if it does not."""
        ...

    def serves(self, venue: Venue) -> bool:
        """Whether the venue is one of this bot's: another bot on the same home may have others."""
        ...

    async def place(self, standing: StandingQuestion) -> Venue:
        """Where it is posted: its own venue, or the person's direct messages.

        Raises Gone if that is not there any more, LeftCommunity if the person left the community, and Unsure
        if the platform does not say.
        """
        ...

    async def post(self, place: Venue, card: Card, mark: str) -> str:
        """Send a card with that mark, once however often it is tried; the id of its message.

        Raises Gone and Unshowable if it surely was not sent, and Unsure where it may have been.
        """
        ...

    async def find(self, place: Venue, mark: str, since: datetime) -> str | None:
        """The message with that mark that was sent since that moment, None if there surely is none. Raises
        Unsure where that can't be told."""
        ...
