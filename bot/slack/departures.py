"""The app was taken out of the workspace, or its tokens away."""

import logging
from contextlib import suppress

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.slack.api.client import UNREACHABLE
from bot.slack.dispatch import PLATFORM, Dispatch

_log = logging.getLogger(__name__)


class DepartureHandlers:
    """Forgets a workspace that took the app out; where a token alone was taken away, what it said stays for
    as long as is set, since it may be there again tomorrow."""

    def __init__(self, dispatch: Dispatch) -> None:
        """`dispatch` is the workspace's."""
        self._dispatch = dispatch

    def register(self, app: AsyncApp) -> None:
        """Listen for it."""
        app.event("app_uninstalled")(self._removed)
        app.event("tokens_revoked")(self._revoked)

    async def _removed(self) -> None:
        """Nothing of the workspace's talk is kept, as on Discord where a server was left."""
        await self._dispatch.service.settings.forget(PLATFORM, self._dispatch.team)
        _log.info("the app was taken out of workspace %s: its talk is forgotten", self._dispatch.team)
        await self._revoked()

    async def _revoked(self) -> None:
        """See at once whether the bot's own token is one of them; whoever watches the calls is told so."""
        with suppress(SlackApiError, *UNREACHABLE):
            await self._dispatch.client.auth_test()
