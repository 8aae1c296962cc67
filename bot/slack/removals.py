"""Handles the removal of the app from the workspace, and revoked tokens."""

import logging
from contextlib import suppress

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.service.service import Service
from bot.slack.api.client import UNREACHABLE
from bot.slack.requests import PLATFORM

_log = logging.getLogger(__name__)


class RemovalHandlers:
    """Forgets a workspace that took the app out; where a token alone was taken away, what it said stays for
    as long as is set, since it may be there again tomorrow."""

    def __init__(self, service: Service, client: AsyncWebClient, team: str) -> None:
        """`client` is the bot's own in the workspace `team`."""
        self._service = service
        self._client = client
        self._team = team

    def register(self, app: AsyncApp) -> None:
        """Listen for it."""
        app.event("app_uninstalled")(self._removed)
        app.event("tokens_revoked")(self._revoked)

    async def _removed(self) -> None:
        """Nothing of the workspace's talk is kept, as on Discord where a server was left."""
        await self._service.settings.forget(PLATFORM, self._team)
        _log.info("the app was taken out of workspace %s: its talk is forgotten", self._team)
        await self._revoked()

    async def _revoked(self) -> None:
        """See at once whether the bot's own token is one of them; whoever watches the calls is told so."""
        with suppress(SlackApiError, *UNREACHABLE):
            await self._client.auth_test()
