"""Runs the bot for every workspace that installs the app."""

import asyncio
import logging
import os
from collections.abc import Awaitable
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.dispatch.dispatcher import Dispatcher
from bot.service.service import Service
from bot.settings import Settings
from bot.slack.api.client import web_client
from bot.slack.api.server import ConnectionLimiter, Limits, listening
from bot.slack.app import SlackApp
from bot.slack.replies import ReplyTarget
from bot.slack.requests import PLATFORM
from bot.slack.run import Served, answer, check_tokens, connected_app, opened_dispatcher, watch
from bot.slack.workspaces.install_pages import INSTALL, InstallFlow, install_app
from bot.slack.workspaces.installation_store import InstallationStore
from bot.slack.workspaces.oauth_states import OAuthStates
from bot.slack.workspaces.token_cipher import TokenCipher
from bot.slack.workspaces.token_refresh import TokenRefresh
from bot.slack.workspaces.uninstalls import Uninstalls
from bot.slack.workspaces.workspace_router import WorkspaceRouter
from bot.slack.workspaces.workspaces_poster import WorkspacesPoster
from bot.standing.standing_rounds import StandingRounds
from corpus.errors import BadSetting, PlatformRefused

_log = logging.getLogger(__name__)


async def run_workspaces(settings: Settings, service: Service, stop: asyncio.Event) -> None:
    """Answer until `stop` in every workspace that installs the app, and in that of the operator's own token,
    if there is one. Raises PlatformRefused if Slack rejects the app or that token."""
    check_tokens(settings)
    dispatcher = await opened_dispatcher(settings, service)
    single = await connected_app(settings, dispatcher, stop) if settings.slack_bot_token else None
    if settings.slack_bot_token and single is None:
        return
    many = await Workspaces.opened(settings, dispatcher, single)
    watches = {
        "slack-pages": many.serve_pages(),
        "slack-tokens": many.refresh_tokens(),
        "slack-rejected-tokens": many.router.check_rejected_tokens(),
    }
    if single is not None:
        _log.info("answering on Slack, in workspace %s and those that install the app", single.team)
        watches["slack-watch"] = many.watch_single(watch(single.client))
    client = web_client(None, settings.slack_api)
    served = Served(many.router, client, dispatcher, many.recover, many.standing, watches)
    await answer(served, settings, stop)


@dataclass(frozen=True, slots=True)
class Workspaces:
    """The parts that serve all workspaces; `opened` builds them."""

    settings: Settings
    router: WorkspaceRouter
    flow: InstallFlow
    refresh: TokenRefresh
    standing: StandingRounds
    dispatcher: Dispatcher

    @classmethod
    async def opened(
        cls, settings: Settings, dispatcher: Dispatcher, single: SlackApp | None
    ) -> "Workspaces":
        """Build the parts; `single` serves the workspace of the operator's own token. Raises PlatformRefused
        if a setting is missing or the stored installations can't be decrypted, and StoreUnusable."""
        if not settings.slack_oauth_address:
            raise PlatformRefused(
                "NEWSDESK_SLACK_CLIENT_ID is set, but not NEWSDESK_SLACK_OAUTH_ADDRESS: set it to the "
                "https:// address at which people reach the pages that install the app"
            )
        try:
            cipher = TokenCipher(settings.secret_key)
        except BadSetting as error:
            raise PlatformRefused(str(error)) from error
        service, api = dispatcher.service, settings.slack_api
        installations = InstallationStore(service, cipher)
        _log.info(
            "the app is installed by OAuth in %d workspaces or enterprises", await installations.check()
        )
        bare = web_client(None, api)
        refresh = TokenRefresh(installations, bare, settings.slack_client_id, settings.slack_client_secret)

        def client_of(token: str) -> AsyncWebClient:
            return web_client(token, api)

        uninstalls = Uninstalls(service, installations, refresh, client_of)
        router = WorkspaceRouter(dispatcher, installations, refresh, uninstalls, api, single)
        if single is None:
            # Workspaces that install the app by OAuth administer no collection that all of them see.
            await service.settings.record_communities(PLATFORM, [])
        flow = InstallFlow(settings, installations, OAuthStates(service, cipher), bare)
        standing = StandingRounds(dispatcher, WorkspacesPoster(router))
        return cls(settings, router, flow, refresh, standing, dispatcher)

    async def recover(self) -> None:
        """Answer the questions that a crash left unanswered."""
        await self.dispatcher.recover(ReplyTarget, self.router.resume)

    async def refresh_tokens(self) -> None:
        """Refresh tokens before they expire, until cancelled."""
        await self.refresh.run(lambda: self.dispatcher.gate.stopping)

    async def watch_single(self, watching: Awaitable[None]) -> None:
        """Await the watch on the operator's own token, until cancelled. If Slack rejects the token, only its
        workspace is no longer served."""
        try:
            await watching
        except PlatformRefused as error:
            _log.error("the workspace of SLACK_BOT_TOKEN is not served any more: %s", error)
            self.router.single = None
        await asyncio.get_running_loop().create_future()  # until it is cancelled

    async def serve_pages(self) -> None:
        """Serve the install pages until cancelled. Raises PlatformRefused if the port can't be opened."""
        settings, limiter = self.settings, ConnectionLimiter(Limits())
        host, port = settings.slack_oauth_host, settings.slack_oauth_port
        try:
            async with listening(install_app(self.flow, limiter), limiter, host, port) as bound:
                address = f"{settings.slack_oauth_address.rstrip('/')}{INSTALL}"
                _log.info("workspaces install the app at %s, which comes to port %d", address, bound)
                await asyncio.get_running_loop().create_future()  # until it is cancelled
        except OSError as error:
            reason = os.strerror(error.errno).lower() if error.errno else type(error).__name__
            raise PlatformRefused(
                f"port {port} can't be listened to ({reason}): name another in NEWSDESK_SLACK_OAUTH_PORT"
            ) from error
