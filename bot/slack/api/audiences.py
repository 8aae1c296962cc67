"""Who can read a conversation on Slack: known from messages, and from the names of conversations.

Slack says what a conversation is with a message, and not with a mention, a command or a press. No more is
asked of it: for `conversations.info` an app needs four scopes more.
"""

import asyncio
from collections.abc import Mapping

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.venue import Audience
from bot.slack.api.client import UNREACHABLE

TOLD = 1.0
"""Seconds that a mention waits for the message that it stands in, which tells where: Slack sends both at
once, in any order. Only a channel's first mention waits, and so long only where the app is told of no
messages."""
KNOWN = 10_000
"""Conversations known at a time."""
KINDS: Mapping[str, Audience] = {
    "im": Audience.PERSON,  # of people's, only those with itself are told to a bot
    "mpim": Audience.GROUP,
    "group": Audience.CHANNEL,
    "channel": Audience.CHANNEL,
}
"""Slack's `channel_type`."""
GROUP_NAME = "mpdm-"
"""What the name of a group's direct messages begins with."""
HIDDEN_NAME = "privategroup"
"""What Slack says in the place of the name of a private channel, and maybe of a group's direct messages."""


class Audiences:
    """What is not known for certain counts as a group's: it is then shown to no others."""

    def __init__(self, client: AsyncWebClient) -> None:
        """`client` is asked which direct messages are the bot's own."""
        self._client = client
        self._known: dict[str, Audience] = {}
        self._learnt = asyncio.Condition()

    async def learn(self, channel: str, kind: str) -> None:
        """A message came from there, and said what it is."""
        if kind in KINDS and self._known.get(channel) is not KINDS[kind]:
            self._keep(channel, KINDS[kind])
            async with self._learnt:
                self._learnt.notify_all()

    def _keep(self, channel: str, audience: Audience) -> None:
        if len(self._known) >= KNOWN:
            self._known.clear()
        self._known[channel] = audience

    async def mentioned(self, channel: str) -> Audience:
        """Who reads along where the bot was mentioned, or heard a message."""
        if channel.startswith("D"):
            return Audience.PERSON
        if channel not in self._known:
            try:
                async with asyncio.timeout(TOLD), self._learnt:
                    await self._learnt.wait_for(lambda: channel in self._known)
            except TimeoutError:
                self._keep(channel, Audience.GROUP)  # until a message says otherwise
        return self._known[channel]

    async def named(self, channel: str, name: str, person: str) -> Audience:
        """Who reads along where that person used a command, a button or a menu; `name` is what Slack said
        with it."""
        if channel.startswith("D"):
            return await self._direct(channel, person)
        if name.startswith(GROUP_NAME):
            return Audience.GROUP
        return self._known.get(channel, Audience.GROUP if name == HIDDEN_NAME else Audience.CHANNEL)

    async def _direct(self, channel: str, person: str) -> Audience:
        """Two people's direct messages have commands as well, and look the same."""
        if channel not in self._known:
            try:
                answer = await self._client.conversations_open(users=person)
            except (SlackApiError, *UNREACHABLE):
                return Audience.GROUP  # for this once
            own = str(answer["channel"]["id"])
            self._keep(own, Audience.PERSON)
            if channel != own:
                self._keep(channel, Audience.GROUP)
        return self._known[channel]
