"""Channels that several workspaces share which all have the app in them (Slack Connect).

Slack tells of what happens there once, as for any one of the installations: that of the workspace which came
last, whoever's bot was named (slackapi/bolt-js, issue 2008). Whose bot people speak to is seen from what they
write.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.dispatch.opened_threads import OpenedThreads
from bot.slack.api.installation import Body
from bot.slack.app import SlackApp
from bot.slack.drawing.words import mentioned
from bot.slack.requests import PLATFORM
from bot.slack.workspaces.installation_store import InstallationStore

MESSAGES = frozenset({"message", "app_mention"})


class SharedChannels:
    """Finds the workspace whose bot is spoken to."""

    def __init__(self, book: InstallationStore, threads: OpenedThreads) -> None:
        """The book knows all bots but that of the operator's own token; `threads` are those of answers."""
        self._book = book
        self._threads = threads

    async def meant(self, body: Body, single: SlackApp | None) -> str | None:
        """The workspace whose bot a message in such a channel names, or opened the thread of. None if it
        is another event, or nobody is spoken to: then it is for whomever Slack says, and is answered once.
        `single` serves the workspace of the operator's own token. Raises StoreUnusable and its like where the
        database is away."""
        event = body.get("event")
        if body.get("is_ext_shared_channel") is not True or not isinstance(event, Mapping):
            return None
        if event.get("type") not in MESSAGES:
            return None
        for message in _messages(event):
            for user in mentioned(str(message.get("text") or "")):
                if single is not None and user == single.bot:
                    return single.team
                if team := await self._book.team_of(user):
                    return team
            if thread := message.get("thread_ts"):
                name = f"{event.get('channel')}:{thread}"
                for tenant in await self._threads.tenants(name):
                    platform, _, team = tenant.partition(":")
                    if platform == PLATFORM:
                        return team
        return None


def _messages(event: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The message that an event tells of, as it is, and as it was before it was changed or deleted."""
    for message in (event, event.get("message"), event.get("previous_message")):
        if isinstance(message, Mapping):
            yield message
