"""Determines who can read a Slack conversation, from message events and channel names.

Slack gives the type of a conversation with a message, but not with a mention, a command or a button press. It
is not requested with `conversations.info`, which would need four more scopes.
"""

import asyncio
from collections.abc import Mapping

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.venue import Audience
from bot.slack.api.client import UNREACHABLE

MESSAGE_EVENT_TIMEOUT = 1.0
"""Seconds that a mention waits for the message event of the same message, which has the channel type: Slack
sends both at once, in any order. Only the first mention in a channel waits, and for the whole time only if
the app does not receive message events there."""
CACHED = 10_000
"""Conversations that are cached; the cache is emptied when it is full."""
KINDS: Mapping[str, Audience] = {
    "im": Audience.PERSON,  # a bot only receives the direct messages that it takes part in
    "mpim": Audience.GROUP,
    "group": Audience.CHANNEL,
    "channel": Audience.CHANNEL,
}
"""The audience of each `channel_type` of Slack."""
GROUP_NAME = "mpdm-"
"""Prefix of the channel name of group direct messages."""
HIDDEN_NAME = "privategroup"
"""The name that Slack gives instead of that of a private channel, and perhaps of group direct messages."""


class Audiences:
    """Caches who can read each conversation.

    A conversation of unknown type counts as a group's, so its answers are never shown elsewhere.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        """`client` opens direct messages, to find out which channel is the bot's own."""
        self._client = client
        self._known: dict[str, Audience] = {}
        self._learnt = asyncio.Condition()

    async def learn(self, channel: str, kind: str) -> None:
        """Store the `channel_type` (`kind`) that came with a message."""
        if kind in KINDS and self._known.get(channel) is not KINDS[kind]:
            self._keep(channel, KINDS[kind])
            async with self._learnt:
                self._learnt.notify_all()

    def _keep(self, channel: str, audience: Audience) -> None:
        if len(self._known) >= CACHED:
            self._known.clear()
        self._known[channel] = audience

    async def mentioned(self, channel: str) -> Audience:
        """The audience of a channel from which a mention or a message came."""
        if channel.startswith("D"):
            return Audience.PERSON
        if channel not in self._known:
            try:
                async with asyncio.timeout(MESSAGE_EVENT_TIMEOUT), self._learnt:
                    await self._learnt.wait_for(lambda: channel in self._known)
            except TimeoutError:
                self._keep(channel, Audience.GROUP)  # until a message event gives the type
        return self._known[channel]

    async def named(self, channel: str, name: str, person: str) -> Audience:
        """The audience of a channel in which `person` used a command, a button or a menu; `name` is the
        channel name that Slack sent with it."""
        if channel.startswith("D"):
            return await self._direct(channel, person)
        if name.startswith(GROUP_NAME):
            return Audience.GROUP
        return self._known.get(channel, Audience.GROUP if name == HIDDEN_NAME else Audience.CHANNEL)

    async def _direct(self, channel: str, person: str) -> Audience:
        """Tell direct messages with the bot from those between two people, which look the same."""
        if channel not in self._known:
            try:
                answer = await self._client.conversations_open(users=person)
            except (SlackApiError, *UNREACHABLE):
                return Audience.GROUP  # not cached: the next call may succeed
            own = str(answer["channel"]["id"])
            self._keep(own, Audience.PERSON)
            if channel != own:
                self._keep(channel, Audience.GROUP)
        return self._known[channel]
