"""The Slack app: everything it listens to, in one place."""

import logging
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.listener.async_listener_completion_handler import AsyncCustomListenerCompletionHandler
from slack_bolt.listener.async_listener_start_handler import AsyncCustomListenerStartHandler
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.service.actions import Actions
from bot.service.service import Service
from bot.slack.admin import AdminHandlers
from bot.slack.api.client import MAKE_ONE, UNREACHABLE, reason_of, refusal, web_client
from bot.slack.api.installation import Installation
from bot.slack.api.interaction import Body
from bot.slack.buttons import ButtonHandlers
from bot.slack.commands import QuestionHandlers
from bot.slack.departures import DepartureHandlers
from bot.slack.dispatch import PLATFORM, Dispatch
from bot.slack.home_tab import HomeTab
from bot.slack.messages import MessageHandlers
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


async def make_app(service: Service, token: str, api: str, prefix: str = "") -> tuple[AsyncApp, Dispatch]:
    """The app, which listens to everything, and what answers; `prefix` stands before the names of its
    commands. Whether a request is Slack's is not its concern.

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
        app = AsyncApp(
            before_authorize=_only(installation),
            # A client without a token: bolt gives one to those that it makes, as `authorize` says.
            client=web_client(None, api),
            authorize=authorize,
            signing_secret="",
            request_verification_enabled=False,
            logger=logging.getLogger("slack_bolt"),
        )
    dispatch = Dispatch(service, client, team, bot, prefix)
    await dispatch.load()
    await service.settings.meet(PLATFORM, [team])
    app.use(_acknowledge)
    actions = Actions(service, hears_everything=True)
    home, admin = HomeTab(dispatch, actions), AdminHandlers(dispatch, actions)
    for listener in (
        QuestionHandlers(dispatch),
        MessageHandlers(dispatch),
        ButtonHandlers(dispatch, actions, admin, home),
        admin,
        home,
        DepartureHandlers(dispatch),
    ):
        listener.register(app)
    _count(app, dispatch)

    @app.error
    async def broke(error: Exception, body: Body) -> None:
        """Whatever nobody caught: it is logged, and whoever waits for an answer is told."""
        if isinstance(error, PlatformRefused):
            return  # it ends the bot, which says so
        try:
            raise error
        except Exception:  # noqa: BLE001 - it is the one at hand
            number = dispatch.broke(f"handling {body.get('type') or body.get('command') or 'something'}")
        await dispatch.apologise(body, number, error)

    return app, dispatch


def _only(installation: Installation) -> Callable[..., Awaitable[BoltResponse | None]]:
    """Middleware: what Slack sends for another installation is acknowledged, so that it is not sent again,
    and nothing else is done with it."""

    async def let_in(body: Body, next_: Callable[[], Awaitable[None]]) -> BoltResponse | None:
        if reason := installation.refuses(body):
            _log.warning("something that Slack sent for another was left out: %s", reason)
            return BoltResponse(status=200)
        await next_()
        return None

    return let_in


async def _acknowledge(
    ack: AsyncAck, options: Body | None, next_: Callable[[], Awaitable[None]]
) -> BoltResponse | None:
    """Middleware: acknowledges everything before anything is done, but for what asks for a menu's choices,
    which are its acknowledgement."""
    if options is None:
        await ack()
    await next_()
    return None


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


def _count(app: AsyncApp, dispatch: Dispatch) -> None:
    """What was acknowledged is under way from its first moment on, so that a stop waits for it."""

    async def began() -> None:
        dispatch.begin()

    async def ended() -> None:
        dispatch.end()

    runner = app.listener_runner
    runner.listener_start_handler = AsyncCustomListenerStartHandler(app.logger, began)
    runner.listener_completion_handler = AsyncCustomListenerCompletionHandler(app.logger, ended)
