"""Handles workspaces that uninstalled the app or whose tokens were revoked."""

import logging
import time
from collections.abc import Callable

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.service.service import Service
from bot.slack.api.client import TOKEN_REJECTED, UNREACHABLE, reason_of
from bot.slack.api.installation import Body, named_in
from bot.slack.requests import PLATFORM
from bot.slack.workspaces.installation_store import InstallationStore
from bot.slack.workspaces.stored_installation import StoredInstallation
from bot.slack.workspaces.token_refresh import TokenRefresh

UNINSTALLED, REVOKED, ACCESS_REVOKED = "app_uninstalled", "tokens_revoked", "team_access_revoked"
DEPARTURES = frozenset({UNINSTALLED, REVOKED, ACCESS_REVOKED})
"""Slack's events for the end of an installation."""
EXPIRED = "token_expired"

_log = logging.getLogger(__name__)


class Uninstalls:
    """Deletes installations that ended, and what is stored for their workspaces.

    Slack resends an unacknowledged event for minutes, and the app may have been installed again meanwhile; so
    an installation whose token Slack still accepts is kept.
    """

    def __init__(
        self,
        service: Service,
        installations: InstallationStore,
        refresh: TokenRefresh,
        client_of: Callable[[str], AsyncWebClient],
    ) -> None:
        """`client_of` makes a client with a token."""
        self._service = service
        self._installations = installations
        self._refresh = refresh
        self._client_of = client_of

    async def take(self, body: Body) -> list[str]:
        """Handle an event for the end of an installation; returns the workspaces that are no longer
        served."""
        kind = body["event"]["type"]
        gone: list[str] = []
        if kind == ACCESS_REVOKED:
            for team in body["event"].get("team_ids") or []:
                gone += await self._forget(str(team))
            return gone
        named = named_in(body) or [("", str(body.get("enterprise_id") or ""))]
        for team, enterprise in named:
            kept = await self._installations.find(enterprise, team)
            if kept is not None and await self._still_there(kept, body):
                if kind == UNINSTALLED and kept.whole_enterprise and team:
                    gone += await self._forget(team)  # the enterprise keeps it in other workspaces
                continue
            if kept is not None:
                await self._installations.remove(kept)
                _log.info("the app's token in %s is good for nothing: its installation is removed", kept.key)
            if kind == UNINSTALLED:
                whole = kept is not None and kept.whole_enterprise
                teams = await self._installations.noted_workspaces(enterprise) if whole or not team else []
                for one in {*teams, *([team] if team else [])}:
                    gone += await self._forget(one)
        return gone

    async def _still_there(self, kept: StoredInstallation, body: Body) -> bool:
        try:
            await self._client_of(kept.token).auth_test()
        except SlackApiError as error:
            return reason_of(error) not in TOKEN_REJECTED
        except UNREACHABLE:
            return float(body.get("event_time") or time.time()) < kept.installed
        return True

    async def _forget(self, team: str) -> list[str]:
        """Delete everything stored for the workspace except its collections, as when the bot leaves a Discord
        server."""
        await self._service.settings.forget(PLATFORM, team)
        await self._installations.forget_workspace(team)
        _log.info("the app was taken out of workspace %s: its talk is forgotten", team)
        return [team]

    async def has_ended(self, kept: StoredInstallation) -> bool:
        """Whether an installation whose token was rejected has ended; if so, it is deleted. What is stored
        for its workspace stays for the usual retention time, as the app may be back tomorrow."""
        newest = await self._installations.find(kept.enterprise, kept.team)
        if newest is None:
            return True
        if newest.token != kept.token:
            return False  # it was refreshed or installed again
        try:
            await self._client_of(kept.token).auth_test()
        except SlackApiError as error:
            reason = reason_of(error)
            if reason not in TOKEN_REJECTED:
                return False
            if reason == EXPIRED and (await self._refresh.refreshed(kept)).token != kept.token:
                return False
            await self._installations.remove(kept)
            _log.warning("Slack takes the token of %s no more (%s): it is not served", kept.key, reason)
            return True
        except UNREACHABLE:
            pass  # the next call that is rejected repeats this check
        return False
