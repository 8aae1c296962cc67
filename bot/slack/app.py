"""The Slack app: everything it listens to, in one place."""

import logging

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.service.acts import Acts
from bot.service.service import Service
from bot.slack.asking import Asks
from bot.slack.front import Front
from bot.slack.home import Pages
from bot.slack.keeping import Keeping
from bot.slack.pressing import Pressing
from corpus.errors import PlatformRefused

SLACK = "https://slack.com/api/"
RATE_TRIES = 5
"""How often a call is made again that Slack was too busy for; each waits as long as Slack says."""
MAKE_ONE = "install the app to the workspace again, and copy its tokens"

_log = logging.getLogger(__name__)


def web_client(token: str, api: str) -> AsyncWebClient:
    """A client of the Web API that waits as long as Slack asks for, at `api` or at Slack itself."""
    client = AsyncWebClient(token=token, base_url=api or SLACK, timeout=30)
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=RATE_TRIES))
    return client


async def make_app(service: Service, token: str, api: str, secret: str = "") -> tuple[AsyncApp, Front]:
    """The app, listening to everything, and its front. Without a `secret` it takes no HTTP requests.

    Raises PlatformRefused where Slack does not take the token, and what aiohttp raises where Slack can't be
    reached.
    """
    client = web_client(token, api)
    try:
        who = await client.auth_test()
    except SlackApiError as error:
        reason = error.response.get("error")
        raise PlatformRefused(f"Slack refuses SLACK_BOT_TOKEN ({reason}): {MAKE_ONE}") from error
    team, bot = str(who["team_id"]), str(who["user_id"])

    async def authorize() -> AuthorizeResult:
        # Asked once: bolt would ask again before it acknowledges, and an event would wait for it.
        return AuthorizeResult(
            enterprise_id=who.get("enterprise_id"),
            team_id=team,
            bot_token=token,
            bot_id=who.get("bot_id"),
            bot_user_id=bot,
        )

    app = AsyncApp(
        token=None,
        client=client,
        authorize=authorize,
        signing_secret=secret or "none: requests come through the socket",
        request_verification_enabled=bool(secret),
        logger=logging.getLogger("slack_bolt"),
    )
    front = Front(service, client, team, bot)
    await front.load()
    acts = Acts(service, hears_everything=True)
    pages = Pages(front, acts)
    front.publish_home = pages.publish
    keeping = Keeping(front, acts)
    for listener in (Asks(front), Pressing(front, acts, keeping), keeping, pages):
        listener.register(app)

    @app.error
    async def broke(error: Exception, body: dict[str, object]) -> None:
        """Whatever nobody caught: it is logged, and the event is done with."""
        try:
            raise error
        except Exception:  # noqa: BLE001 - it is the one at hand
            front.broke(f"handling {body.get('type', 'something')}")

    return app, front


UNREACHABLE = (aiohttp.ClientError, OSError, TimeoutError)
"""What is raised where Slack can't be reached."""
