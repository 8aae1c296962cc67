"""Posting what nobody asked for at the moment, in any workspace: each by the app that serves it."""

from collections.abc import Awaitable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.cards.card import Card
from bot.chat.standing_question import StandingQuestion
from bot.chat.venue import Venue
from bot.dispatch.reply import Unsure
from bot.slack.outlet import SlackOutlet
from bot.slack.workspaces.switchboard import Switchboard
from corpus.errors import PlatformRefused

T = TypeVar("T")


class WorkspacesOutlet:
    """See `bot.standing.outlet.Outlet`. One workspace's end is none of the others'."""

    repeatable = timedelta(0)
    """Slack knows no mark of a new message."""

    def __init__(self, switchboard: Switchboard) -> None:
        """The switchboard knows who is there."""
        self._switchboard = switchboard

    def serves(self, venue: Venue) -> bool:
        """Any workspace: whether it is installed is seen when it is looked at."""
        return venue.community is not None

    async def place(self, standing: StandingQuestion) -> Venue:
        """As the workspace's own outlet says."""
        outlet = await self._outlet(standing.venue)
        return await _told(outlet.place(standing))

    async def post(self, place: Venue, card: Card, mark: str) -> str:
        """By the workspace's own outlet."""
        outlet = await self._outlet(place)
        return await _told(outlet.post(place, card, mark))

    async def find(self, place: Venue, mark: str, since: datetime) -> str | None:
        """By the workspace's own outlet."""
        outlet = await self._outlet(place)
        return await _told(outlet.find(place, mark, since))

    async def _outlet(self, venue: Venue) -> SlackOutlet:
        app = await self._switchboard.app_of(venue.community or "")
        if app is None:
            raise Unsure  # it may be installed again tomorrow
        return SlackOutlet(app.sender, app.client, app.team)


async def _told(work: Awaitable[T]) -> T:
    try:
        return await work
    except PlatformRefused as error:
        raise Unsure from error
