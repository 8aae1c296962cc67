"""Refreshes tokens before they expire, in one process at a time."""

import asyncio
import logging
import time
from collections.abc import Callable

from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api.client import UNREACHABLE, reason_of
from bot.slack.workspaces.installation_store import InstallationStore
from bot.slack.workspaces.stored_installation import StoredInstallation
from bot.slack.workspaces.token_cipher import Undecipherable
from corpus.errors import NewsdeskError

REFRESH_BEFORE = 2 * 3600
"""Seconds before its expiry at which a token is refreshed: the value of Slack's libraries, of the twelve
hours that a token is valid."""
CHECK_INTERVAL = 600.0
"""Seconds between two checks of all tokens, so that a workspace where nobody asks for a day also keeps a
valid one."""
OTHER_PROCESS_TIMEOUT = 2.0
"""Seconds to wait for another process that is refreshing an expired token."""
POLL_INTERVAL = 0.2
"""Seconds between two checks whether it has."""

_log = logging.getLogger(__name__)


class TokenRefresh:
    """Refreshes tokens, and stores them before they are used: a refresh token can be used once."""

    def __init__(
        self, installations: InstallationStore, client: AsyncWebClient, client_id: str, client_secret: str
    ) -> None:
        """`client` has no token."""
        self._installations = installations
        self._rotator = AsyncTokenRotator(client=client, client_id=client_id, client_secret=client_secret)

    async def refreshed(self, kept: StoredInstallation) -> StoredInstallation:
        """The installation with a refreshed token if its own expires soon; unchanged if that fails."""
        if kept.expires is None or kept.expires - time.time() > REFRESH_BEFORE:
            return kept
        try:
            if await self._installations.may_refresh(kept):
                return await self._refresh(kept)
            return await self._of_another(kept)
        except (NewsdeskError, Undecipherable, *UNREACHABLE) as error:
            _log.warning("the token of %s could not be refreshed (%s)", kept.key, reason_of(error))
            return kept

    async def _refresh(self, kept: StoredInstallation) -> StoredInstallation:
        newest = await self._installations.find(kept.enterprise, kept.team)
        if newest is None or newest.token != kept.token:
            return newest or kept  # another process refreshed it, or it was uninstalled
        try:
            bot = await self._rotator.perform_bot_token_rotation(
                bot=kept.to_bot(), minutes_before_expiration=REFRESH_BEFORE // 60
            )
        except SlackTokenRotationError as error:
            _log.warning("Slack does not refresh the token of %s (%s)", kept.key, reason_of(error.api_error))
            return kept
        if bot is None:
            return kept
        made = StoredInstallation.of(bot)
        await self._installations.save(made)
        _log.info("the token of %s was refreshed", kept.key)
        return made

    async def _of_another(self, kept: StoredInstallation) -> StoredInstallation:
        if kept.expires is not None and kept.expires > time.time() + OTHER_PROCESS_TIMEOUT:
            return kept  # it is valid until the other process is done
        for _ in range(int(OTHER_PROCESS_TIMEOUT / POLL_INTERVAL)):
            newest = await self._installations.find(kept.enterprise, kept.team)
            if newest is None or newest.token != kept.token:
                return newest or kept
            await asyncio.sleep(POLL_INTERVAL)
        return kept

    async def run(self, stopping: Callable[[], bool]) -> None:
        """Refresh all tokens before they expire, until cancelled or `stopping`."""
        while not stopping():
            try:
                for kept in await self._installations.all():
                    await self.refreshed(kept)
            except NewsdeskError as error:
                _log.warning("whose tokens expire could not be looked at (%s)", error)
            await asyncio.sleep(CHECK_INTERVAL)
