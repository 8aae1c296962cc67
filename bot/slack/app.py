"""The Slack app: everything it listens to, in one place."""

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.listener.async_listener_completion_handler import AsyncCustomListenerCompletionHandler
from slack_bolt.listener.async_listener_start_handler import AsyncCustomListenerStartHandler
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.service.actions import Actions
from bot.service.service import Service
from bot.slack.admin import AdminHandlers
from bot.slack.api.client import MAKE_ONE, UNREACHABLE, reason_of, refusal, web_client
from bot.slack.api.installation import Installation
from bot.slack.buttons import ButtonHandlers
from bot.slack.commands import QuestionHandlers
from bot.slack.departures import Leaving
from bot.slack.dispatch import PLATFORM, Dispatch
from bot.slack.home_tab import HomeTab
from corpus.errors import PlatformRefused

READ_BY_BOLT = (
    "SLACK_BOT_TOKEN",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "SLACK_SIGNING_SECRET",
    "SLACK_VERIFICATION_TOKEN",
)
"""What bolt takes from the environment by itself, and then warns of, or follows."""

_log = logging.getLogger(__name__)


class App(AsyncApp):
    """An app of one installation. What comes for another is acknowledged, so that it is not sent again, and
    nothing else is done with it: no listener sees it, whatever listens."""

    def __init__(self, installation: Installation, **options: Any) -> None:
        """The options are bolt's."""
        super().__init__(**options)
        self._installation = installation

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Carry out what is for this installation."""
        if reason := self._installation.refuses(req.body):
            _log.warning("something that Slack sent for another was left out: %s", reason)
            return BoltResponse(status=200)
        return await super().async_dispatch(req)


async def make_app(service: Service, token: str, api: str, prefix: str = "") -> tuple[AsyncApp, Dispatch]:
    """The app, listening to everything, and its front; `prefix` stands before the names of its commands.
    Whether a request is Slack's is not its concern.

    Raises PlatformRefused where Slack does not take the token, SlackApiError where it may another time, and
    what UNREACHABLE in `bot.slack.api.client` lists.
    """
    client = web_client(token, api)
    try:
        who = await client.auth_test()
    except SlackApiError as error:
        if reason := refusal(error):
            raise PlatformRefused(f"Slack refuses SLACK_BOT_TOKEN ({reason}): {MAKE_ONE}") from error
        raise
    team, bot = str(who["team_id"]), str(who["user_id"])
    installation = Installation(team, str(who.get("enterprise_id") or ""), await _app_id(client, bot))

    async def authorize() -> AuthorizeResult:
        # Asked once: bolt would ask again before it acknowledges, and an event would wait for it.
        return AuthorizeResult(
            enterprise_id=who.get("enterprise_id"),
            team_id=team,
            bot_token=token,
            bot_id=who.get("bot_id"),
            bot_user_id=bot,
        )

    with _unread():
        app = App(
            installation,
            # A client without a token: bolt gives one to those that it makes, as `authorize` says.
            client=web_client(None, api),
            authorize=authorize,
            signing_secret="",
            request_verification_enabled=False,
            logger=logging.getLogger("slack_bolt"),
        )
    front = Dispatch(service, client, team, bot, prefix)
    await front.load()
    await service.settings.meet(PLATFORM, [team])
    acts = Actions(service, hears_everything=True)
    pages = HomeTab(front, acts)
    front.publish_home = pages.publish
    keeping = AdminHandlers(front, acts)
    for listener in (
        QuestionHandlers(front),
        ButtonHandlers(front, acts, keeping),
        keeping,
        pages,
        Leaving(front),
    ):
        listener.register(app)
    _count(app, front)

    @app.error
    async def broke(error: Exception, body: Mapping[str, Any]) -> None:
        """Whatever nobody caught: it is logged, and whoever waits for an answer is told."""
        if isinstance(error, PlatformRefused):
            return  # it ends the bot, which says so
        try:
            raise error
        except Exception:  # noqa: BLE001 - it is the one at hand
            number = front.broke(f"handling {body.get('type') or body.get('command') or 'something'}")
        await front.apologise(body, number, error)

    return app, front


async def _app_id(client: AsyncWebClient, bot: str) -> str:
    """The id of the app that the bot's user is of; "" where Slack does not tell."""
    try:
        answer = await client.users_info(user=bot)
    except (SlackApiError, *UNREACHABLE) as error:
        _log.warning("Slack does not tell which app the bot is of: %s", reason_of(error))
        return ""
    profile = (answer.get("user") or {}).get("profile") or {}
    return str(profile.get("api_app_id") or "")


@contextmanager
def _unread() -> Iterator[None]:
    """For the time of the block, bolt finds no settings of its own: ours are all there are."""
    hidden = {name: os.environ.pop(name) for name in READ_BY_BOLT if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(hidden)


def _count(app: AsyncApp, front: Dispatch) -> None:
    """What was acknowledged is under way from its first moment on, so that a stop waits for it."""

    async def began() -> None:
        front.begin()

    async def ended() -> None:
        front.end()

    runner = app.listener_runner
    runner.listener_start_handler = AsyncCustomListenerStartHandler(app.logger, began)
    runner.listener_completion_handler = AsyncCustomListenerCompletionHandler(app.logger, ended)
