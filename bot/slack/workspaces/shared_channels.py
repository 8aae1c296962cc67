"""Slack Connect channels whose workspaces have each installed the app.

Slack sends an event of such a channel once, for one of the installations: the one that joined last, whichever
bot was mentioned (slackapi/bolt-js, issue 2008). The bot that people address is found in the message itself.
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
    """Finds the workspace whose bot is addressed."""

    def __init__(self, installations: InstallationStore, threads: OpenedThreads) -> None:
        """`installations` has all bots except that of the operator's own token; `threads` are those that
        answers opened."""
        self._installations = installations
        self._threads = threads

    async def meant(self, body: Body, single: SlackApp | None) -> str | None:
        """The workspace whose bot a message in such a channel mentions, or whose answer opened its thread.

        None for other events, and if nobody is addressed; then the installation that Slack names handles the
        event. `single` serves the workspace of the operator's own token. Raises StoreUnusable or a subclass
        if the database is away.
        """
        event = body.get("event")
        if body.get("is_ext_shared_channel") is not True or not isinstance(event, Mapping):
            return None
        if event.get("type") not in MESSAGES:
            return None
        for message in _messages(event):
            for user in mentioned(str(message.get("text") or "")):
                if single is not None and user == single.bot:
                    return single.team
                if team := await self._installations.team_of(user):
                    return team
            if thread := message.get("thread_ts"):
                name = f"{event.get('channel')}:{thread}"
                for tenant in await self._threads.tenants(name):
                    platform, _, team = tenant.partition(":")
                    if platform == PLATFORM:
                        return team
        return None


def _messages(event: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The message of an event, as it is and as it was before it was changed or deleted."""
    for message in (event, event.get("message"), event.get("previous_message")):
        if isinstance(message, Mapping):
            yield message
