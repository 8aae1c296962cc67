"""Posts messages for standing questions on Slack."""

import json
import logging
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.card import Card
from bot.chat.standing_question import StandingQuestion
from bot.chat.venue import Audience, Venue
from bot.dispatch.reply import OutcomeUnknown, Unshowable
from bot.slack.api.client import UNREACHABLE, reason_of
from bot.slack.api.send import CLOSED, Sender
from bot.slack.requests import PLATFORM
from bot.standing.poster import EARLIER, LeftCommunity

READ_AT_ONCE = 100
"""Messages per request; Slack gives apps outside its marketplace fifteen, and a cursor if there are more."""
READ_AT_MOST = 20
"""The most requests of a search."""
NOBODY = frozenset({"user_not_found", "user_not_visible"})
"""Slack's errors for a user who is not in the workspace."""

_log = logging.getLogger(__name__)


class SlackPoster:
    """See `bot.standing.poster.Poster`."""

    repeatable = timedelta(0)
    """Slack has no idempotency key for new messages, so they can't be sent again."""

    def __init__(self, sender: Sender, client: AsyncWebClient, team: str) -> None:
        """`client` is the bot's in the workspace `team`."""
        self._sender = sender
        self._client = client
        self._team = team

    def serves(self, venue: Venue) -> bool:
        """Whether a venue is in the workspace."""
        return venue.community == self._team

    async def place(self, standing: StandingQuestion) -> Venue:
        """The channel, or the person's direct messages. Raises LeftCommunity if the person's account is gone,
        and OutcomeUnknown if Slack does not say."""
        try:
            told = (await self._client.users_info(user=standing.person.id)).get("user") or {}
            if told.get("deleted"):
                raise LeftCommunity
            if not standing.private:
                return standing.venue
            channel = await self._sender.direct(standing.person.id)
        except SlackApiError as error:
            if error.response.get("error") in NOBODY:
                raise LeftCommunity from error
            _log.warning("Slack does not say where a standing question is posted: %s", reason_of(error))
            raise OutcomeUnknown from error
        except UNREACHABLE as error:
            raise OutcomeUnknown from error
        return Venue(PLATFORM, self._team, channel, own=True, audience=Audience.PERSON)

    async def post(self, place: Venue, card: Card, mark: str) -> str:  # noqa: ARG002 - its buttons have it
        """Post the card; returns its timestamp. Raises OutcomeUnknown if it may have been posted."""
        try:
            return await self._sender.post(place.channel, card, _thread(place))
        except UNREACHABLE as error:
            raise OutcomeUnknown from error

    async def find(self, place: Venue, mark: str, since: datetime) -> str | None:
        """The timestamp of the message since then whose buttons have the mark; None if there is none. Raises
        Unshowable if the channel is closed to the bot, and OutcomeUnknown if the messages can't all be
        read."""
        oldest, cursor = f"{(since - EARLIER).timestamp():.6f}", ""
        for _ in range(READ_AT_MOST):
            read = await self._read(place, oldest, cursor)
            for one in read.get("messages") or []:
                if f":{mark}" in json.dumps(one.get("blocks") or []):
                    return str(one["ts"])
            cursor = str((read.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return None
        raise OutcomeUnknown

    async def _read(self, place: Venue, oldest: str, cursor: str) -> Any:
        arguments: dict[str, Any] = {"channel": place.channel, "oldest": oldest, "limit": READ_AT_ONCE}
        if cursor:
            arguments["cursor"] = cursor
        try:
            if thread := _thread(place):
                return await self._client.conversations_replies(ts=thread, **arguments)
            return await self._client.conversations_history(**arguments)
        except SlackApiError as error:
            if error.response.get("error") in CLOSED - {"not_in_channel"}:
                raise Unshowable from error
            raise OutcomeUnknown from error  # a bot that is not a member may write but not read
        except UNREACHABLE as error:
            raise OutcomeUnknown from error


def _thread(place: Venue) -> str | None:
    return place.thread.partition(":")[2] if place.thread else None
