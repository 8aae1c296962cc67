"""Routes each Slack event to the app of its workspace.

Each workspace has an app with its own client, people and channels, so nothing that one of them knows can be
shown in another.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.cards.request import Request
from bot.dispatch.claims import Pending
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.event_gate import NowhereToAnswer
from bot.dispatch.incidents import log_incident
from bot.dispatch.job import Job
from bot.dispatch.reply import Reply
from bot.runtime.tasks import start_task
from bot.slack.api.client import RejectedTokenHandler, web_client
from bot.slack.api.installation import VERIFICATION, Body, named_in
from bot.slack.app import Identity, SlackApp, build_app
from bot.slack.replies import ReplyTarget
from bot.slack.workspaces.installation_store import InstallationStore
from bot.slack.workspaces.shared_channels import SharedChannels
from bot.slack.workspaces.stored_installation import StoredInstallation
from bot.slack.workspaces.token_cipher import Undecipherable
from bot.slack.workspaces.token_refresh import TokenRefresh
from bot.slack.workspaces.uninstalls import DEPARTURES, Uninstalls
from corpus.errors import NewsdeskError

LOOKUP_TIMEOUT = 1.0
"""Timeout in seconds for looking up an event's installation, of the three seconds in which Slack expects a
response; after it the cached one is used."""
RETRY_PAUSES = (1.0, 10.0, 60.0, 600.0)
"""Seconds after each failed attempt to handle an uninstallation. Slack does not resend it, because it was
acknowledged."""
MOST_SERVED = 500
"""Workspaces whose apps are kept; another one is built in some milliseconds."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WorkspaceApp:
    """The app of a workspace, and the installation that it was built from."""

    app: SlackApp
    kept: StoredInstallation


class WorkspaceRouter:
    """Passes each request to the app of its workspace."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        installations: InstallationStore,
        refresh: TokenRefresh,
        uninstalls: Uninstalls,
        api: str,
        single: SlackApp | None,
    ) -> None:
        """`single` serves the workspace of the operator's own token, if there is one."""
        self._dispatcher = dispatcher
        self._installations = installations
        self._refresh = refresh
        self._uninstalls = uninstalls
        self._api = api
        self._shared = SharedChannels(installations, dispatcher.threads)
        self.single = single
        self._served: OrderedDict[str, WorkspaceApp] = OrderedDict()
        self._making = asyncio.Lock()
        self.rejected: asyncio.Queue[StoredInstallation] = asyncio.Queue()
        """The installations whose token Slack rejected in some call."""
        self._tasks: set[asyncio.Task[Any]] = set()

    async def async_dispatch(self, request: AsyncBoltRequest) -> BoltResponse:
        """Handle a request of Slack; the interface of a Bolt app."""
        body: Body = request.body
        if body.get("type") == VERIFICATION:
            return BoltResponse(status=HTTPStatus.OK, body={"challenge": body.get("challenge")})
        event = body.get("event")
        kind = event.get("type") if isinstance(event, dict) else None
        if team := await self._spoken_to(body):
            request.body["authorizations"] = [{"team_id": team}]
        named = named_in(body)
        if kind in DEPARTURES and not (self.single and any(team == self.single.team for team, _ in named)):
            self._begin(body)
            return BoltResponse(status=HTTPStatus.OK)
        for team, enterprise in named:
            if app := await self.app_of(team, enterprise):
                return await app.bolt.async_dispatch(request)
        _log.warning("something that Slack sent for a workspace that is not installed was left out")
        return BoltResponse(status=HTTPStatus.OK)

    async def _spoken_to(self, body: Body) -> str | None:
        """The workspace whose bot is addressed, if Slack may have named another one; None if that is not
        found in time."""
        try:
            async with asyncio.timeout(LOOKUP_TIMEOUT):
                return await self._shared.meant(body, self.single)
        except (NewsdeskError, TimeoutError) as error:
            _log.warning("whose bot is spoken to can't be looked at (%s)", type(error).__name__)
            return None

    def _begin(self, body: Body) -> None:
        async def leave() -> None:
            for pause in RETRY_PAUSES:
                try:
                    with self._dispatcher.gate.under_way():
                        for team in await self._uninstalls.take(body):
                            self._served.pop(team, None)
                except Exception:  # noqa: BLE001 - the event is not sent again, so it is retried
                    log_incident("taking an installation out")
                    await asyncio.sleep(pause)
                else:
                    return

        start_task(leave(), self._tasks, name="slack-departure")

    async def app_of(self, team: str, enterprise: str = "") -> SlackApp | None:
        """The app of a workspace, with a valid token; None if it is not installed."""
        if self.single is not None and team == self.single.team:
            return self.single
        before = self._served.get(team)
        kept = await self._kept(team, enterprise, before)
        if kept is None:
            self._served.pop(team, None)
            return None
        async with self._making:
            served = self._served.get(team)
            if served is None or (served.kept.bot, served.kept.key) != (kept.bot, kept.key):
                served = await self._made(team, enterprise, kept)
            elif served.kept != kept:
                served.app.client.token = kept.token
                served = replace(served, kept=kept)
            self._served[team] = served
            self._served.move_to_end(team)
            if len(self._served) > MOST_SERVED:
                self._served.popitem(last=False)
        return served.app

    async def _kept(
        self, team: str, enterprise: str, before: WorkspaceApp | None
    ) -> StoredInstallation | None:
        try:
            async with asyncio.timeout(LOOKUP_TIMEOUT):
                kept = await self._installations.find(enterprise, team)
        except (NewsdeskError, TimeoutError) as error:
            _log.warning("what is kept of a workspace can't be looked at (%s)", type(error).__name__)
            return before.kept if before else None
        except Undecipherable:
            _log.error("what is kept of workspace %s can't be read with the keys that are set", team)
            return None
        return None if kept is None else await self._good(kept)

    async def _good(self, kept: StoredInstallation) -> StoredInstallation:
        """The installation with a valid token: an expired one is refreshed first, and others in the
        background."""
        if kept.expires is None or kept.expires > time.time():
            return kept
        return await self._refresh.refreshed(kept)

    async def _made(self, team: str, enterprise: str, kept: StoredInstallation) -> WorkspaceApp:
        client = web_client(kept.token, self._api)
        client.retry_handlers.append(RejectedTokenHandler(lambda: self._note_rejection(team)))
        whole = kept.whole_enterprise
        identity = Identity(team, kept.bot, kept.bot_id, kept.enterprise or enterprise, kept.app, whole)
        if whole:
            await self._installations.note_workspace(kept.enterprise, team)
        return WorkspaceApp(build_app(self._dispatcher, client, identity), kept)

    def _note_rejection(self, team: str) -> None:
        if served := self._served.get(team):
            self.rejected.put_nowait(served.kept)

    async def check_rejected_tokens(self) -> None:
        """Check the installations whose tokens were rejected, and stop serving those that ended; until
        cancelled."""
        while True:
            kept = await self.rejected.get()
            try:
                if await self._uninstalls.has_ended(kept):
                    for team in [one for one, served in self._served.items() if served.kept.key == kept.key]:
                        del self._served[team]
            except (NewsdeskError, Undecipherable) as error:
                _log.warning("a token that Slack does not take can't be looked at (%s)", type(error).__name__)

    async def resume(self, pending: Pending[ReplyTarget]) -> tuple[Request, Reply, Job]:
        """The arguments for resuming a question that a crash left unanswered, from the app of its workspace.
        Raises NowhereToAnswer if that is uninstalled."""
        app = await self.app_of(pending.asking.venue.community or "")
        if app is None:
            raise NowhereToAnswer("its workspace has the app no more")
        return await app.messages.resume(pending)

    def serves(self, team: str) -> bool:
        """Whether a workspace has a running app."""
        return team in self._served or (self.single is not None and self.single.team == team)
