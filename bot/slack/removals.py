"""Handles the uninstallation of the app and revoked tokens."""

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
    """Deletes what is stored for a workspace when it uninstalls the app. If only a token was revoked, it
    stays for the usual retention time, as the app may be back tomorrow."""

    def __init__(self, service: Service, client: AsyncWebClient, team: str) -> None:
        """`client` is the bot's in the workspace `team`."""
        self._service = service
        self._client = client
        self._team = team

    def register(self, app: AsyncApp) -> None:
        """Register the listeners."""
        app.event("app_uninstalled")(self._removed)
        app.event("tokens_revoked")(self._revoked)

    async def _removed(self) -> None:
        """Delete everything stored for the workspace except its collections, as when the bot leaves a Discord
        server."""
        await self._service.settings.forget(PLATFORM, self._team)
        _log.info("the app was taken out of workspace %s: its talk is forgotten", self._team)
        await self._revoked()

    async def _revoked(self) -> None:
        """Make a call with the bot's token, so that the watch notices at once if it was revoked."""
        with suppress(SlackApiError, *UNREACHABLE):
            await self._client.auth_test()
