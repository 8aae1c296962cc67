"""Posts messages for standing questions on Discord."""

import json
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import discord
from discord.http import Route

from bot.cards.card import Card
from bot.chat.standing_question import StandingQuestion
from bot.chat.venue import Audience, Venue
from bot.discord.api.permissions import may_read
from bot.discord.api.send import GONE_PLACES, MESSAGE_LIFE, UNREACHABLE, post_marked
from bot.discord.requests import PLATFORM
from bot.dispatch.reply import OutcomeUnknown
from bot.standing.poster import EARLIER, Gone, LeftCommunity

REPEATABLE = timedelta(minutes=2)
"""How long Discord certainly remembers a nonce; it documents "a few minutes"."""
NOBODY = frozenset({10007, 10013})
"""Discord's error codes for somebody who is not a member of a server, and for an unknown user."""
NOWHERE = GONE_PLACES | {10004}
"""Discord's error codes for a channel or a server that is gone."""
READ_AT_ONCE = 100
"""Messages per request."""
READ_AT_MOST = 20
"""The most requests of a search: two thousand messages since a posting was interrupted."""

_log = logging.getLogger(__name__)


class DiscordPoster:
    """See `bot.standing.poster.Poster`."""

    repeatable = REPEATABLE

    def __init__(self, client: discord.Client, directly: Callable[[], bool]) -> None:
        """`client` is connected; `directly` tells whether it has the shard that receives direct messages."""
        self._client = client
        self._directly = directly

    def serves(self, venue: Venue) -> bool:
        """Whether a venue is in a server of this process's shards, or in direct messages if this process
        receives them."""
        if venue.community is None:
            return self._directly()
        return self._client.get_guild(int(venue.community)) is not None

    async def place(self, standing: StandingQuestion) -> Venue:
        """The channel, or the person's direct messages. Raises LeftCommunity if the person left the server,
        Gone if the server or channel does not exist, and OutcomeUnknown if Discord does not say."""
        venue = standing.venue
        try:
            if venue.community is not None:
                # Requested, since no members are cached.
                route = Route(
                    "GET",
                    "/guilds/{guild_id}/members/{user_id}",
                    guild_id=int(venue.community),
                    user_id=int(standing.person.id),
                )
                await self._client.http.request(route)
            if not standing.private:
                return venue
            room = await self._client.create_dm(discord.Object(int(standing.person.id)))
        except discord.HTTPException as error:
            if error.code in NOBODY:
                raise LeftCommunity from error
            if error.code in NOWHERE:
                raise Gone from error
            _log.warning("Discord does not say where a standing question is posted (%d)", error.code)
            raise OutcomeUnknown from error
        except UNREACHABLE as error:
            raise OutcomeUnknown from error
        return Venue(PLATFORM, None, str(room.id), own=True, audience=Audience.PERSON)

    async def post(self, place: Venue, card: Card, mark: str) -> str:
        """Post the card with the mark as its nonce, so that Discord recognises retries. Raises Gone,
        Unshowable and OutcomeUnknown."""
        channel = self._client.get_partial_messageable(int(place.room))
        try:
            return await post_marked(channel, card, mark, time.monotonic() + MESSAGE_LIFE)
        except discord.HTTPException as error:
            if error.code in GONE_PLACES:
                raise Gone from error
            raise

    async def find(self, place: Venue, mark: str, since: datetime) -> str | None:
        """The id of the message since then whose buttons have the mark; None if there is none. Raises Gone
        and OutcomeUnknown."""
        if not self._reads(place):
            raise OutcomeUnknown  # without the permission Discord returns an empty list
        after = discord.utils.time_snowflake(since - EARLIER)
        for _ in range(READ_AT_MOST):
            try:
                read = await self._client.http.logs_from(int(place.room), READ_AT_ONCE, after=after)
            except discord.HTTPException as error:
                if error.code in NOWHERE:
                    raise Gone from error
                raise OutcomeUnknown from error
            except UNREACHABLE as error:
                raise OutcomeUnknown from error
            if found := next((one for one in read if self._has(one, mark)), None):
                return str(found["id"])
            if len(read) < READ_AT_ONCE:
                return None
            after = max(int(one["id"]) for one in read)
        raise OutcomeUnknown

    def _has(self, message: Any, mark: str) -> bool:
        ours = self._client.user is not None and message["author"]["id"] == str(self._client.user.id)
        return ours and f":{mark}" in json.dumps(message.get("components") or [])

    def _reads(self, place: Venue) -> bool:
        """Whether the bot may read the channel's history."""
        if place.community is None:
            return True
        guild = self._client.get_guild(int(place.community))
        channel = guild.get_channel_or_thread(int(place.room)) if guild else None
        return guild is not None and may_read(channel, guild.me)
