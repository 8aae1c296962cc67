"""Posts messages for standing questions in any workspace."""

from collections.abc import Awaitable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.cards.card import Card
from bot.chat.standing_question import StandingQuestion
from bot.chat.venue import Venue
from bot.dispatch.reply import OutcomeUnknown
from bot.slack.poster import SlackPoster
from bot.slack.workspaces.workspace_router import WorkspaceRouter
from corpus.errors import PlatformRefused

T = TypeVar("T")


class WorkspacesPoster:
    """See `bot.standing.poster.Poster`. The end of one workspace's installation does not affect the
    others."""

    repeatable = timedelta(0)
    """Slack has no idempotency key for new messages, so they can't be sent again."""

    def __init__(self, router: WorkspaceRouter) -> None:
        """`router` has the app of each workspace."""
        self._router = router

    def serves(self, venue: Venue) -> bool:
        """Whether a venue is in a workspace; whether that is installed is found out when it is used."""
        return venue.community is not None

    async def place(self, standing: StandingQuestion) -> Venue:
        """As `SlackPoster.place`, in the workspace of the venue."""
        poster = await self._poster(standing.venue)
        return await _told(poster.place(standing))

    async def post(self, place: Venue, card: Card, mark: str) -> str:
        """As `SlackPoster.post`, in the workspace of the venue."""
        poster = await self._poster(place)
        return await _told(poster.post(place, card, mark))

    async def find(self, place: Venue, mark: str, since: datetime) -> str | None:
        """As `SlackPoster.find`, in the workspace of the venue."""
        poster = await self._poster(place)
        return await _told(poster.find(place, mark, since))

    async def _poster(self, venue: Venue) -> SlackPoster:
        app = await self._router.app_of(venue.community or "")
        if app is None:
            raise OutcomeUnknown  # it may be installed again tomorrow
        return SlackPoster(app.sender, app.client, app.team)


async def _told(work: Awaitable[T]) -> T:
    try:
        return await work
    except PlatformRefused as error:
        raise OutcomeUnknown from error
