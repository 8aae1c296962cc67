"""Builds requests from Slack's payloads."""

from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.request import Request
from bot.chat.venue import Audience, Venue
from bot.dispatch.dispatcher import Dispatcher
from bot.slack.api.audiences import Audiences
from bot.slack.api.directory import Directory
from bot.slack.api.interaction import Interaction

PLATFORM = "slack"


class Requests:
    """Builds the requests of one workspace."""

    def __init__(
        self, dispatcher: Dispatcher, client: AsyncWebClient, team: str, *, whole_enterprise: bool = False
    ) -> None:
        """`client` looks up people and channels, and `team` is the bot's workspace; `whole_enterprise` is
        whether its token is valid in other workspaces of its enterprise too."""
        self._dispatcher = dispatcher
        self._team = team
        self.directory = Directory(client, team, whole_enterprise=whole_enterprise)
        self.audiences = Audiences(client)

    def venue(self, channel: str, thread: str | None = None, audience: Audience = Audience.CHANNEL) -> Venue:
        """A venue in the bot's workspace, also in a channel shared with another workspace. `thread` is the
        timestamp of the thread's first message."""
        name = f"{channel}:{thread}" if thread else None
        place = Venue(PLATFORM, self._team, channel, name, audience=audience)
        opened = name is not None and self._dispatcher.threads.has(place.tenant, name)
        return replace(place, own=place.alone or opened)

    async def of(self, used: Interaction, *, groups: bool = False) -> Request:
        """The request of an interaction; the person's user `groups` are only looked up if requested."""
        person = await self.directory.person(used.user, groups=groups)
        audience = await self.audiences.named(used.channel, used.place, used.user)
        return self._dispatcher.request(self.venue(used.channel, used.thread or None, audience), person)

    async def in_private(self, user: str, channel: str, *, groups: bool = False) -> Request:
        """The request of a person in direct messages with the bot; `groups` as in `of`."""
        person = await self.directory.person(user, groups=groups)
        return self._dispatcher.request(self.venue(channel, audience=Audience.PERSON), person)


def message_key(channel: str, stamp: str) -> str:
    """The key of a message in the workspace; its timestamp is only unique in its channel."""
    return f"{channel}/{stamp}"
